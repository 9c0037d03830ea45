"""The blocks of a page, written in the order in which one reads them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.document import LONGEST_HEADING, BlockKind, PartWriter
from ingest.readers.html.inline import PICTURES, PREFORMATTED, flat, is_block, lines, said_by
from ingest.readers.html.nodes import Node
from ingest.readers.html.pictures import PagePictures
from ingest.readers.html.tables import sheet_of, short_cells, table_of
from ingest.sheets import write_sheet

_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS: dict[str, BlockKind] = {"figcaption": "caption"}
_FOOTNOTES = ("doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass
class _List:
    """A list that is open: whether its items are counted, and the number of the next."""

    style: str  # "" for points
    next: int = 1


@dataclass
class _Item:
    """An item that is open: what stands before it, and its lines that are not written yet."""

    marker: str
    level: int
    lines: list[str] = field(default_factory=list)
    is_written: bool = False


class BlockWalk:
    """Goes through a page and writes its blocks; headings stand `below` levels deeper."""

    def __init__(
        self, writer: PartWriter, below: int = 0, pictures: PagePictures | None = None
    ) -> None:
        self._writer = writer
        self._below = below
        self._pictures = pictures
        self._waiting: list[Node] = []  # pictures of the block that is being read
        self._pieces: list[str] = []  # of the paragraph that is being read
        self._lists: list[_List] = []
        self._items: list[_Item] = []
        self._terms: list[str] = []
        self._kinds: list[BlockKind] = ["paragraph"]
        self.first_heading = ""

    def write(self, node: Node) -> None:
        """Write all that is in an element."""
        self._children(node)
        self._end_paragraph()
        self._write_pictures()

    def _children(self, node: Node) -> None:
        for child in node.children:
            if isinstance(child, str):
                self._pieces.append(child if child != "\n" else " ")
            else:
                self._element(child)

    def _element(self, node: Node) -> None:
        tag = node.tag
        if (said := said_by(node)) is not None:
            self._pieces.append(said)
            self._wait(node)
        elif tag in _HEADINGS or node.says("role") == "heading":
            self._heading(node)
        elif tag in _LISTS:
            self._list(node)
        elif tag == "li":
            self._item(node)
        elif tag == "dl":
            self._definitions(node)
        elif tag == "dt":
            self._term(node)
        elif tag == "dd":
            self._definition(node)
        elif tag == "table":
            self._table(node)
        elif tag in PREFORMATTED:
            self._end_item()
            self._writer.code(node.text().strip("\n").replace("\r\n", "\n"))
        elif tag == "textarea":
            self._pieces.append(" ".join(node.text().split()))
        elif is_block(node):
            self._block(node)
        else:
            self._children(node)

    def _block(self, node: Node) -> None:
        kind = _KINDS.get(node.tag)
        if node.says("role") in _FOOTNOTES or node.says("epub:type") in _FOOTNOTES:
            kind = "footnote"
        self._end_paragraph()
        if kind:
            self._kinds.append(kind)
        self._children(node)
        self._end_paragraph()
        if kind:
            self._kinds.pop()

    def _heading(self, node: Node) -> None:
        level = _HEADINGS.get(node.tag) or _number(node.says("aria-level"), 2)
        self._end_item()
        words = flat(node)
        if 0 < len(words) <= LONGEST_HEADING:
            self._writer.heading(words, min(level, 6) + self._below)
            self._wait(node)
            self.first_heading = self.first_heading or words
        else:  # it holds pictures without words, or is a paragraph marked as a heading
            self._children(node)
            self._end_paragraph()

    def _list(self, node: Node) -> None:
        self._end_item()
        style = node.says("type") or "1" if node.tag == "ol" else ""
        if node.attributes.get("type") in ("A", "I"):
            style = node.attributes["type"]
        self._lists.append(_List(style, _number(node.says("start"), 1)))
        self._children(node)
        self._end_paragraph()
        self._lists.pop()

    def _item(self, node: Node) -> None:
        self._end_item()
        marker = "-"
        if self._lists and (style := self._lists[-1].style):
            here = self._lists[-1]
            number = _number(node.says("value"), here.next)
            marker, here.next = _counted(number, style), number + 1
        self._open_item(node, _Item(marker, max(0, len(self._lists) - 1)))

    def _open_item(self, node: Node, item: _Item) -> None:
        self._items.append(item)
        self._children(node)
        self._end_item()
        self._items.pop()

    def _definitions(self, node: Node) -> None:
        self._end_item()
        terms, self._terms = self._terms, []
        self._lists.append(_List(""))
        self._children(node)
        self._end_paragraph()
        self._lists.pop()
        if self._terms:
            self._writer.paragraph(", ".join(self._terms))
        self._terms = terms

    def _term(self, node: Node) -> None:
        self._end_paragraph()
        if node.first(*_HEADINGS):
            self._children(node)
            self._end_paragraph()
        elif words := flat(node):
            self._terms.append(words)

    def _definition(self, node: Node) -> None:
        self._end_item()
        terms, self._terms = ", ".join(self._terms), []
        item = _Item("-", max(0, len(self._lists) - 1))
        if terms:
            item.lines.append(terms if terms.endswith((":", "：")) else f"{terms}:")
        self._open_item(node, item)

    def _table(self, node: Node) -> None:
        sheet = sheet_of(node)
        table = None if sheet else table_of(node)
        self._end_item()
        if sheet:
            write_sheet(sheet, self._writer)
        elif table:
            self._writer.table(table.rows, table.header_rows, table.caption)
            self._wait(node)
        else:
            self._placed(node)

    def _placed(self, node: Node) -> None:
        """Write what a table for the layout holds; short cells of a row stay together."""
        for child in node.children:
            if isinstance(child, str):
                self._pieces.append(child)
            elif child.tag in ("tbody", "thead", "tfoot"):
                self._placed(child)
            elif child.tag == "tr" and (cells := short_cells(child)):
                self._end_paragraph()
                self._writer.table([cells], header_rows=0)
                self._wait(child)
            else:
                self._element(child)

    def _end_paragraph(self) -> None:
        """Write what was read since the last block, or keep it for its item."""
        text = lines(self._pieces) if self._pieces else ""
        self._pieces = []
        if self._items and not self._items[-1].is_written:
            if text:
                self._items[-1].lines.append(text)
            return
        if text:
            self._writer.paragraph(text, self._kinds[-1])
        self._write_pictures()

    def _end_item(self) -> None:
        """Write the lines of the open item, too."""
        self._end_paragraph()
        if self._items and not self._items[-1].is_written:
            item = self._items[-1]
            if item.lines:
                said = item.lines
                if len(said) > 1 and said[0].endswith((":", "：")) and "\n" not in said[0]:
                    said = [f"{said[0]} {said[1]}", *said[2:]]
                text = "\n".join(said)
                bare = text.lstrip("•·▪■◦●○*- ") if item.marker == "-" else ""
                self._writer.item(bare or text, item.level, item.marker)
            item.is_written = True
            self._write_pictures()

    def _wait(self, node: Node) -> None:
        """Have the pictures in an element say their text behind the block it stands in."""
        if self._pictures:
            self._waiting += (one for one in node.walk() if one.tag in PICTURES)

    def _write_pictures(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting and self._pictures:
            self._pictures.write(waiting, self._writer)


def _number(said: str, otherwise: int) -> int:
    said = said[:9]
    return int(said) if said.isascii() and said.isdigit() else otherwise


def _counted(number: int, style: str) -> str:
    """Return what stands before a counted item: "3.", "c." or "iii."."""
    if style in ("a", "A") and 1 <= number <= 26:
        return chr(ord(style) + number - 1) + "."
    if style in ("i", "I") and 1 <= number <= 39:
        left, roman = number, ""
        for value, sign in _ROMAN:
            roman += sign * (left // value)
            left %= value
        return (roman.upper() if style == "I" else roman) + "."
    return f"{number}."
