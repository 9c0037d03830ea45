"""The lines and tables of a page become its text, with each line's place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Block, Box, Line, Part, PartWriter
from ingest.pdf.hyphens import Hyphens
from ingest.pdf.lines import (
    Widths,
    goes_on,
    is_blank_between,
    is_row,
    join,
    shrunk,
    starts_item,
)
from ingest.pdf.shown_pictures import Shown
from ingest.pdf.words import Item, Table, TextLine


class PagePart:
    """Writes a page line by line, so that the places of lines in its text are known.

    `heads` tell of each paragraph that may be a heading: its span and its first line.
    """

    def __init__(self, number: int, size: tuple[float, float], hyphens: Hyphens) -> None:
        self.number = number
        self.paragraphs: list[tuple[int, int, TextLine, int]] = []  # span, first line, lines
        self._size = size
        self._hyphens = hyphens
        self._pieces: list[str] = []
        self._length = 0
        self._lines: list[Line] = []
        self._blocks: list[Block] = []
        self._before: Item | None = None

    def write(self, items: Sequence[Item | Shown]) -> None:
        """Write what a page holds, in order."""
        widths = Widths([item for item in items if isinstance(item, TextLine)])
        for item in items:
            if isinstance(item, Shown):
                self._picture(item)
                self._before = None
                continue
            if isinstance(item, Table):
                self._table(item)
            elif item.text.strip():
                self._line(item, widths)
            else:
                continue
            self._before = item

    def text(self) -> str:
        """Return what was written."""
        return "".join(self._pieces)

    def part(self, headings: Sequence[Block], confidence: float | None = None) -> Part:
        """Return the page; `headings` take the place of the paragraphs that they are."""
        taken = {
            at
            for block in headings
            if block.end > block.start
            for at in _starts(self._blocks, block)
        }
        blocks = [b for b in self._blocks if b.kind == "table" or b.start not in taken]
        blocks = sorted([*blocks, *headings], key=lambda block: (block.start, block.end))
        return Part(
            text=self.text(),
            blocks=tuple(blocks),
            number=self.number,
            size=self._size,
            lines=tuple(self._lines),
            confidence=confidence,
        )

    def _line(self, line: TextLine, widths: Widths) -> None:
        above = self._before
        text = shrunk(line.text)
        if isinstance(above, TextLine) and above.note == line.note:
            if not line.note and goes_on(above, line, widths):
                self._continue(text, line)
                return
            gap = "\n\n" if is_blank_between(above, line, widths) else "\n"
        else:
            gap = "\n\n"
        start, end = self._add(text, gap)
        self._lines.append(Line(start, end, line.box))
        kind = "note" if line.note else "item" if starts_item(text) else "paragraph"
        self._blocks.append(Block(kind, start, end))  # type: ignore[arg-type]
        if not line.note and not is_row(line):
            self.paragraphs.append((start, end, line, 1))

    def _continue(self, text: str, line: TextLine) -> None:
        """Write a line that goes on with the paragraph above."""
        cut, gap = join(self._tail(), text, self._hyphens)
        if cut:
            self._pieces[-1] = self._pieces[-1][:-cut]
            self._length -= cut
            last = self._lines[-1]
            self._lines[-1] = Line(last.start, min(last.end, self._length), last.box)
        start, end = self._add(text, gap)
        self._lines.append(Line(start, end, line.box))
        block = self._blocks[-1]
        self._blocks[-1] = Block(block.kind, block.start, end, block.level)
        if self.paragraphs and self.paragraphs[-1][0] == block.start:
            start, _, first, count = self.paragraphs[-1]
            self.paragraphs[-1] = (start, end, first, count + 1)

    def _table(self, table: Table) -> None:
        writer = PartWriter()
        writer.table(table.rows, table.header_rows, table.caption)
        part = writer.part()
        if not part.text:
            return
        start, end = self._add(part.text, "\n\n")
        earlier = _header(table)
        for b in part.blocks:
            header = b.header or (earlier if b.kind == "table" else "")
            moved = Block(
                b.kind, b.start + start, b.end + start, b.level, b.words, header, b.body + start
            )
            self._blocks.append(moved)
        self._lines += _row_lines(part, table, start, end)

    def _picture(self, shown: Shown) -> None:
        """Write what a picture says, with the places of its lines."""
        writer = PartWriter()
        writer.picture(shown.part)
        part = writer.part()
        start, _ = self._add(part.text, "\n\n")
        left, top = shown.box.left, shown.box.top
        for old, new in zip(shown.part.blocks, part.blocks, strict=True):
            body = new.body + start if new.kind == "table" else 0
            self._blocks.append(
                replace(new, start=new.start + start, end=new.end + start, body=body)
            )
            by = new.end + start - old.end
            for line in shown.part.lines:
                if old.start <= line.start and line.end <= old.end:
                    b = line.box
                    box = Box(b.left + left, b.top + top, b.right + left, b.bottom + top)
                    self._lines.append(Line(line.start + by, line.end + by, box))

    def _tail(self) -> str:
        return self._pieces[-1]

    def _add(self, text: str, gap: str) -> tuple[int, int]:
        if self._pieces and gap:
            self._pieces.append(gap)
            self._length += len(gap)
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start, self._length


def _starts(blocks: Sequence[Block], heading: Block) -> list[int]:
    """Where the paragraphs begin that a heading is made of."""
    first = bisect_left(blocks, heading.start, key=lambda block: block.start)
    last = bisect_left(blocks, heading.end, key=lambda block: block.start)
    return [block.start for block in blocks[first:last]]


def _header(table: Table) -> str:
    """The header of a table that stands on an earlier page, as a row."""
    if not table.header:
        return ""
    writer = PartWriter()
    writer.table([*table.header, table.rows[0]], len(table.header))
    return next((b.header for b in writer.part().blocks if b.kind == "table"), "")


def _row_lines(part: Part, table: Table, start: int, end: int) -> list[Line]:
    """Return where the rows of a table stand; the caption and rules have the table's place."""
    boxes = [box for row, box in zip(table.rows, table.boxes, strict=False) if any(row)]
    head = min(table.header_rows, len(boxes) - 1)
    body = boxes[head:]
    of_tables = [b for b in part.blocks if b.kind == "table"]
    if len(of_tables) == 1:
        at = of_tables[0].body
        rows = part.text[at : of_tables[0].end].split("\n")
        if len(rows) == len(body):
            lines = [Line(start, start + max(at - 1, 0), _around(boxes[:head]) or table.box)]
            for row, box in zip(rows, body, strict=True):
                lines.append(Line(start + at, start + at + len(row), box))
                at += len(row) + 1
            return [line for line in lines if line.end > line.start]
    elif len(of_tables) == len(body):  # each row a record of its own
        return [
            Line(start + block.start, start + block.end, box)
            for block, box in zip(of_tables, body, strict=True)
        ]
    return [Line(start, end, table.box)]


def _around(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
