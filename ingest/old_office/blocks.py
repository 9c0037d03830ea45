"""Paragraphs and rows of an old text document become blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.document import LONGEST_HEADING, BlockKind, Part, PartWriter
from ingest.office import is_caption
from ingest.old_office.edge_tables import Row, grid_of
from ingest.pictures import Pictures
from ingest.text import collapsed

_Write = Callable[[PartWriter], None]


@dataclass(frozen=True)
class Look:
    """What a paragraph is: the level of a heading, from 1 (0: none); its place in a list."""

    level: int = 0
    is_title: bool = False
    is_caption: bool = False
    marker: str | None = None
    depth: int = 0


class Blocks:
    """Writes paragraphs, and tables row by row; notes stand behind what they belong to."""

    def __init__(self) -> None:
        self.title = ""  # of the first paragraph that has the style of one
        self.writer = PartWriter()
        self._rows: list[Row] = []
        self._waiting: list[_Write] = []  # notes and pictures of what is written next
        self._of_table: list[_Write] = []  # those of the rows
        self._caption = ""

    def paragraph(self, text: str, look: Look) -> None:
        """Write a paragraph, and what waits behind it."""
        self.end_table()
        if text.strip():
            self._end_caption()
            self._block(text.strip(), look)
        self._write_notes(self._waiting)

    def row(self, row: Row) -> None:
        """Add a row to the table that stands here; what waits belongs to the table."""
        self._rows.append(row)
        self._of_table += self._waiting
        self._waiting = []

    def beside(self, text: str, kind: BlockKind) -> None:
        """Keep a note that belongs to what is written next."""
        if text:
            self._waiting.append(lambda writer: writer.paragraph(text, kind=kind))

    def picture(self, data: bytes | None, pictures: Pictures) -> None:
        """Keep a picture that belongs to what is written next."""
        self._waiting.append(lambda writer: pictures.write(data, writer))

    def end_table(self) -> None:
        """Write the table whose rows were added."""
        if self._rows:
            caption, self._caption = self._caption, ""
            rows, self._rows = self._rows, []
            grid_of(rows).write(self.writer, caption)
            self._write_notes(self._of_table)

    def part(self) -> Part:
        """Return all as a part."""
        self.end_table()
        self._end_caption()
        self._write_notes(self._waiting)
        return self.writer.part()

    def _block(self, text: str, look: Look) -> None:
        is_short = len(text) <= LONGEST_HEADING
        if look.is_title and is_short:
            self.title = self.title or collapsed(text)
            self.writer.heading(text)
        elif look.level and is_short:
            numbered = f"{look.marker} {text}" if look.marker not in (None, "-") else text
            self.writer.heading(numbered, look.level)
        elif look.is_caption or (not look.marker and is_caption(text)):
            self._caption = collapsed(text)
        elif look.marker:
            self.writer.item(text, look.depth, look.marker)
        else:
            self.writer.paragraph(text)

    def _end_caption(self) -> None:
        self.writer.paragraph(self._caption, kind="caption")
        self._caption = ""

    def _write_notes(self, notes: list[_Write]) -> None:
        for write in notes:
            write(self.writer)
        notes.clear()
