"""The cells of a table in their places: merged ones in each of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import PartWriter
from ingest.office.headers import Span, header_rows

_MOST_CELLS = 2_000_000
_WIDEST = 4096  # columns of a table; Word allows 63


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and over how many columns and rows it reaches."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Grid:
    """A table with its merged cells filled in. `title` is that of a row above its header."""

    rows: list[list[str]]
    header_rows: int
    title: str = ""

    def write(self, writer: PartWriter, caption: str = "") -> None:
        """Write the table; what stands in a row above it belongs to its caption."""
        whole = "; ".join(part for part in (caption, self.title) if part)
        writer.table(self.rows, self.header_rows, whole)


def place(rows: Sequence[Sequence[Cell]], heads: int = 0) -> Grid:
    """Return the cells in their places. `heads` is how many header rows the file names, if any."""
    taken: dict[tuple[int, int], str] = {}
    spans: list[Span] = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            columns = max(1, min(cell.columns, _WIDEST - x))
            down = max(1, min(cell.rows, len(rows) - y))
            if x >= _WIDEST or len(taken) > _MOST_CELLS:
                break
            if columns * down > _MOST_CELLS:
                columns, down = 1, 1
            for i in range(down):
                for j in range(columns):
                    taken.setdefault((y + i, x + j), cell.text)
            if columns > 1 or down > 1:
                spans.append(Span(y, y + down - 1, x, x + columns - 1))
            x += columns
    width = 1 + max((x for _, x in taken), default=-1)
    placed = [[taken.get((y, x), "") for x in range(width)] for y in range(len(rows))]
    first = _titles(placed, rows) if heads < 2 else 0
    title = "; ".join(next(filter(None, row), "") for row in placed[:first])
    below = [s._replace(top=s.top - first, bottom=s.bottom - first) for s in spans]
    found = header_rows(placed[first:], [s for s in below if s.top >= 0])
    return Grid(placed[first:], max(heads - first, found, 1), title)


def _titles(placed: Sequence[Sequence[str]], rows: Sequence[Sequence[Cell]]) -> int:
    """How many rows at the top are one cell over the whole width, with at least two rows below."""
    width = len(placed[0]) if placed else 0
    n = 0
    while (
        n < len(rows) - 2
        and width > 1
        and len(rows[n]) == 1
        and rows[n][0].columns >= width
        and rows[n][0].rows == 1
    ):
        n += 1
    return n
