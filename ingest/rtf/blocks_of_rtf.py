"""The paragraphs and rows of a rich text, and what stands beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.document import Part
from ingest.office import counts_pages_only
from ingest.old_office import ACROSS, DOWN, FIRST_DOWN, Blocks, Look, Row
from ingest.pictures import Pictures
from ingest.text import collapsed

_HEADING = re.compile(r"(?:heading|标题|標題|überschrift|titre)\s?(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|contents|目录|目錄)\s?\d", re.IGNORECASE)
_TITLES = frozenset(("title", "标题", "標題", "titel"))
_CAPTIONS = frozenset(("caption", "题注", "題注"))
_BULLETS = frozenset("·•●○■□◆▪–-o§Øüv")
_BESIDE = frozenset(("footnote", "annotation", "shptxt"))
_HEADS = frozenset(("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
                    "footerf"))  # fmt: skip
_MOST_EDGES = 1000  # of a row


@dataclass
class _Row:
    """What the definition of a row says."""

    edges: list[int] = field(default_factory=list)
    merged: list[int] = field(default_factory=list)
    next: int = 0  # how the cell is merged whose edge comes next
    across: int = 0
    is_head: bool = False
    left: int = 0


class RtfBlocks:
    """Gathers text into paragraphs, cells and rows."""

    destinations = _BESIDE | _HEADS | {""}

    def __init__(self) -> None:
        self.marker = ""  # of the list item that is read
        self.author = ""  # of the comment that comes next
        self.counts_pages = False  # whether a page number stood in this paragraph
        self._blocks = Blocks()
        self._pieces: list[str] = []
        self._kept: list[tuple[list[str], str, bool]] = []  # of paragraphs around notes
        self._lines: list[str] = []  # of the note that is read
        self._heads: set[str] = set()  # lines that were written
        self._cell: list[str] = []
        self._cells: list[str] = []
        self._row = _Row()
        self._in_table = False
        self._style = 0
        self._outline: int | None = None
        self._depth = 0
        self._names: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._naming = 0  # the style that is described
        self._notes = 0
        self._beside: list[str] = []  # open notes and headers

    @property
    def title(self) -> str:
        """The text of the first paragraph that has the style of a title."""
        return self._blocks.title

    def text(self, text: str) -> None:
        """Add text to the paragraph."""
        self._pieces.append(text)

    def word(self, word: str, number: int | None) -> None:
        """Take a control word of paragraphs and tables."""
        match word:
            case "par" | "sect" | "page" if self._beside:
                self._end_line()
            case "par" | "sect":
                self._end_paragraph()
            case "pard":
                self._in_table, self._outline, self._style, self._depth = False, None, 0, 0
            case "intbl":
                self._in_table = True
            case "s":
                self._style = number or 0
            case "outlinelevel":
                self._outline = number
            case "ilvl":
                self._depth = max(0, min(number or 0, 8))
            case "cell" if not self._beside:
                self._end_cell()
            case "nestcell" | "nestrow":
                self._end_inner()
            case "row" if not self._beside:
                self._end_row()
            case "trowd" if not self._beside:
                self._row = _Row()
            case _ if not self._beside:
                self._edge(word, number)

    def style_word(self, word: str, number: int | None) -> None:
        """Take a control word of the list of styles."""
        if word == "s":
            self._naming = number or 0
            self._names[self._naming] = ""
        elif word in ("cs", "ds", "ts"):
            self._naming = -1
        elif word == "outlinelevel" and number is not None:
            self._levels[self._naming] = number + 1

    def style_text(self, text: str) -> None:
        """Take the name of a style; it ends with a semicolon."""
        if self._naming >= 0:
            self._names[self._naming] = (self._names.get(self._naming, "") + text)[:200]
            if text.rstrip().endswith(";"):
                self._naming = -1 if len(self._names) > 10_000 else 0

    def picture(self, data: bytes, pictures: Pictures) -> None:
        """Keep a picture, which stands behind its paragraph or table."""
        self._blocks.picture(data, pictures)

    def enter(self, destination: str) -> None:
        """Begin a note, a box or a header."""
        self._kept.append((self._pieces, self.marker, self.counts_pages))
        self._pieces, self.marker, self.counts_pages = [], "", False
        self._beside.append(destination)
        if destination == "footnote":
            self._notes += 1

    def leave(self, destination: str) -> None:
        """End what was begun last."""
        if not self._beside:
            return
        self._end_line()
        lines, self._lines = self._lines, []
        self._beside.pop()
        self._pieces, self.marker, self.counts_pages = self._kept.pop()
        if destination in _HEADS:
            for line in dict.fromkeys(lines):
                if line not in self._heads:
                    self._blocks.writer.paragraph(line, kind="note")
                    self._heads.add(line)
            return
        said = collapsed(" ".join(lines))
        if destination == "footnote":
            self._pieces.append(f"[^{self._notes}]")
            self._blocks.beside(f"[^{self._notes}]: {said}" if said else "", "footnote")
        elif destination == "annotation":
            author, self.author = collapsed(self.author), ""
            self._blocks.beside(f"{author}: {said}" if author and said else said, "note")
        else:
            for line in lines:
                self._blocks.beside(line, "paragraph")

    def finish(self) -> Part:
        """Return all as a part."""
        while self._beside:
            self.leave(self._beside[-1])
        if self._cells or self._cell:
            self._end_row()
        self._end_paragraph()
        return self._blocks.part()

    def _take(self) -> str:
        text, self._pieces = "".join(self._pieces).strip(), []
        return text

    def _end_line(self) -> None:
        """End a line of a note or header."""
        said = collapsed(self._take())
        if said and not (self.counts_pages and counts_pages_only(said)):
            self._lines.append(said)
        self.counts_pages = False

    def _end_paragraph(self) -> None:
        text = self._take()
        marker, self.marker = self.marker.strip(), ""
        if marker in _BULLETS or (marker and "\uf000" <= marker[0] <= "\uf8ff"):
            marker = "-"
        if self._in_table:
            self._cell.append(f"{marker} {text}" if marker and text else text)
            return
        name = self._names.get(self._style, "").rstrip("; ").casefold()
        found = _HEADING.fullmatch(name)
        level = int(found[1]) if found else self._levels.get(self._style, 0)
        if self._outline is not None:
            level = self._outline + 1 if 0 <= self._outline < 9 else 0
        look = Look(level, name in _TITLES, name in _CAPTIONS, marker or None, self._depth)
        self._blocks.paragraph("" if _CONTENTS.fullmatch(name) else text, look)

    def _end_cell(self) -> None:
        self._in_table = True
        self._end_paragraph()
        self._cells.append("\n".join(filter(None, self._cell)))
        self._cell = []

    def _end_inner(self) -> None:
        """End a cell of a table in a cell."""
        self._in_table = True
        self._end_paragraph()

    def _end_row(self) -> None:
        if self._cell or self._pieces:
            self._end_cell()
        row = self._row
        edges = [row.left, *row.edges] if row.edges else []
        self._blocks.row(Row(self._cells, edges, row.merged, row.is_head))
        self._cells = []

    def _edge(self, word: str, number: int | None) -> None:
        row = self._row
        match word:
            case "trleft":
                row.left = number or 0
            case "trhdr":
                row.is_head = True
            case "clvmgf":
                row.next |= DOWN | FIRST_DOWN
            case "clvmrg":
                row.next |= DOWN
            case "clmrg":
                row.next |= ACROSS
            case "cellx" if len(row.edges) < _MOST_EDGES:
                row.edges.append(number or 0)
                row.merged.append(row.next)
                row.next = 0
