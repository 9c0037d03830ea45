"""The body of a Word document, block by block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from ingest.document import LONGEST_HEADING, PartWriter
from ingest.office import Drawings, Element, Relation, child, is_caption, kind, number, value
from ingest.text import collapsed
from ingest.word.numbering import Numbering
from ingest.word.runs import Paragraph, is_removed, read_paragraph
from ingest.word.styles import Style, Styles
from ingest.word.tables import cells_of, grid_of, is_frame, rows_of

_DEEPEST = 40  # boxes and tables in each other
_CODE_SIGNS = re.compile(r"[{}();=<>\[\]]|^[ \t]{0,40}(?:\$|#|import |def |class )", re.MULTILINE)


class Body:
    """Writes blocks, with what hangs on each behind it."""

    def __init__(
        self,
        writer: PartWriter,
        styles: Styles,
        numbering: Numbering,
        drawings: Drawings | None = None,
        relations: Mapping[str, Relation] | None = None,
    ) -> None:
        self.writer = writer
        self.footnotes: dict[str, str] = {}
        self.endnotes: dict[str, str] = {}
        self.comments: dict[str, str] = {}
        self.insert: Callable[[str], None] | None = None  # writes a file that stands for a block
        self.left_out = False  # whether blocks were, as they lie too deep
        self.title = ""  # of the first paragraph that has the style of one
        self._styles = styles
        self._numbering = numbering
        self._drawings = drawings
        self._relations = relations or {}
        self._code: list[str] = []
        self._caption = ""  # that may be a table's which follows
        self._in_cells: list[Paragraph] = []  # whose notes and pictures come after the table
        self._inner: list[tuple[Element, str]] = []  # tables in cells, and what introduces each
        self._inserted: list[str] = []  # in cells
        self._in_table = False
        self._depth = 0

    def write(self, container: Element) -> None:
        """Write what is in a body, a box, a cell."""
        if self._depth > _DEEPEST:
            self.left_out = True
            return
        self._depth += 1
        for element in _blocks(container):
            if kind(element) == "w:p":
                self._paragraph(element)
            elif kind(element) == "w:tbl":
                self._table(element)
            elif self.insert:
                self.finish()
                self.insert(value(element, "r:id"))
        self._depth -= 1

    def finish(self) -> None:
        """Write what waits for its neighbour."""
        self._end_code()
        self._end_caption()

    def text(self, container: Element) -> str:
        """Return what stands in a cell, a note or a header as text; its blocks as lines."""
        return "\n".join(said for said, _ in self.lines(container))

    def lines(self, container: Element) -> list[tuple[str, bool]]:
        """Return the lines of a header or cell, and whether a page's number stood in each."""
        if self._depth > _DEEPEST:
            self.left_out = True
            return []
        self._depth += 1
        lines: list[tuple[str, bool]] = []
        for element in _blocks(container):
            if kind(element) == "w:p":
                style, found = self._read(element)
                self._in_cells.append(found)
                marker = self._marker(element, style)
                if said := found.text.strip():
                    lines.append((f"{marker} {said}" if marker else said, found.counts_pages))
                for inner in (*found.boxes, *found.tables):
                    lines += self.lines(inner)
            elif kind(element) == "w:tbl":
                if self._in_table and not is_frame(element):
                    self._inner.append((element, " ".join(said for said, _ in lines)))
                    continue
                for row in rows_of(element):
                    cells = (collapsed(self.text(cell)) for cell in cells_of(row))
                    lines.append((" ".join(filter(None, cells)), False))
            else:
                self._inserted.append(value(element, "r:id"))
        self._depth -= 1
        return lines

    def _read(self, element: Element) -> tuple[Style, Paragraph]:
        named = value(child(element, "w:pPr", "w:pStyle")) or self._styles.default
        style = self._styles.get(named)
        return style, read_paragraph(element, self._styles, style.is_hidden)

    def _paragraph(self, element: Element) -> None:
        style, found = self._read(element)
        marker = self._marker(element, style)
        level = self._level(element, style)
        text = found.text
        if style.is_contents or is_removed(element):
            text = ""
        is_code = not marker and (
            style.is_code
            or ((found.is_monospaced or style.is_monospaced) and _CODE_SIGNS.search(text))
        )
        if is_code and text.strip():
            self._end_caption()
            self._code.append(text)
        elif text.strip():
            self.finish()
            self._block(text, style, level, marker, element)
        elif not is_code and found.drawings:
            self._end_code()
        self._attached(found)

    def _block(
        self, text: str, style: Style, level: int, marker: str | None, element: Element
    ) -> None:
        is_short = len(text) <= LONGEST_HEADING
        if style.is_title and is_short and not level:
            self.title = self.title or collapsed(text)
            self.writer.heading(text)
        elif level and is_short:
            numbered = f"{marker} {text}" if marker and marker != "-" else text
            self.writer.heading(numbered, level)
        elif style.is_caption or (not marker and is_caption(text)):
            self._caption = collapsed(text)
        elif marker:
            self.writer.item(text, self._depth_of(element, style), marker)
        else:
            self.writer.paragraph(text)

    def _attached(self, found: Paragraph) -> None:
        """Write what a paragraph brings along."""
        for box in found.boxes:
            self.write(box)
        for table in found.tables:
            self._table(table)
        for drawing in found.drawings:
            if self._drawings:
                self._drawings.write(drawing, self._relations, self.writer)
        self._notes(found)

    def _notes(self, found: Paragraph) -> None:
        for ids, notes, prefix in (
            (found.footnotes, self.footnotes, ""),
            (found.endnotes, self.endnotes, "e"),
        ):
            for named in ids:
                if said := notes.pop(named, ""):
                    self.writer.paragraph(f"[^{prefix}{named}]: {said}", kind="footnote")
        for named in found.comments:
            if said := self.comments.pop(named, ""):
                self.writer.paragraph(said, kind="note")

    def _table(self, table: Element) -> None:
        self._end_code()
        if is_frame(table):
            self._end_caption()
            for row in rows_of(table):
                for cell in cells_of(row):
                    self.write(cell)
            return
        caption, self._caption = self._caption, ""
        self._grid(table, caption)

    def _grid(self, table: Element, caption: str) -> None:
        """Write a table, then what hangs on its cells, and the tables in them."""
        kept, self._in_cells = self._in_cells, []
        outer, self._inner = self._inner, []
        is_in, self._in_table = self._in_table, True
        grid = grid_of(table, self._cell)
        inner, self._inner = self._inner, outer
        self._in_table = is_in
        grid.write(self.writer, caption)
        waiting, self._in_cells = self._in_cells, kept
        for found in waiting:
            for drawing in found.drawings:
                if self._drawings:
                    self._drawings.write(drawing, self._relations, self.writer)
            self._notes(found)
        while self.insert and self._inserted:
            self.insert(self._inserted.pop(0))
        self._depth += 1
        for element, introduced in inner:
            if self._depth > _DEEPEST:
                self.left_out = True
                break
            self._grid(element, introduced)
        self._depth -= 1

    def _cell(self, cell: Element) -> str:
        """Return what stands in a cell but for the tables in it, which are told what row it is."""
        before = len(self._inner)
        said = self.text(cell)
        if new := self._inner[before:]:
            row = cell.getparent()
            first = next(cells_of(row), None) if row is not None else None
            label = "" if first is None or first is cell else collapsed(self.text(first))
            self._inner[before:] = [
                (table, " ".join(part for part in (label, intro) if part)) for table, intro in new
            ]
        return said

    def _marker(self, element: Element, style: Style) -> str | None:
        listed = child(element, "w:pPr", "w:numPr")
        named = value(child(listed, "w:numId")) or style.list_id
        if not named or named == "0":
            return None
        return self._numbering.marker(named, self._depth_of(element, style))

    def _depth_of(self, element: Element, style: Style) -> int:
        depth = child(element, "w:pPr", "w:numPr", "w:ilvl")
        return max(0, number(value(depth), style.list_level or 0, 8))

    def _level(self, element: Element, style: Style) -> int:
        outline = child(element, "w:pPr", "w:outlineLvl")
        if outline is None:
            return style.level
        return number(value(outline)) + 1 if 0 <= number(value(outline), 9) < 9 else 0

    def _end_code(self) -> None:
        if self._code:
            self.writer.code("\n".join(self._code))
            self._code = []

    def _end_caption(self) -> None:
        if self._caption:
            self.writer.paragraph(self._caption, kind="caption")
            self._caption = ""


def _blocks(container: Element) -> Iterator[Element]:
    """The paragraphs, tables and inserted files of a container, also those in controls."""
    queue: list[Iterable[Element]] = [container]
    while queue:
        iterator = iter(queue.pop())
        for element in iterator:
            name = kind(element)
            if name in ("w:p", "w:tbl", "w:altChunk"):
                yield element
            elif name == "w:sdt" and _is_placeholder(element):
                continue
            elif name in (
                "w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag",
                "w:txbxContent",
            ):  # fmt: skip
                queue += [iterator, element]
                break


def _is_placeholder(control: Element) -> bool:
    properties = child(control, "w:sdtPr")
    if child(properties, "w:showingPlcHdr") is not None:
        return True
    gallery = child(properties, "w:docPartObj", "w:docPartGallery")
    return value(gallery) == "Table of Contents"
