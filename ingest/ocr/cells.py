"""Rows whose cells stand below each other are a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.ocr.joining import joined
from ingest.ocr.reading_order import Row
from ingest.ocr.recognised_line import Cell, RecognisedLine

_LEAST_ROWS, _MANY = 3, 4  # with so many columns two rows are enough
_FAR = 2.5  # times a row's height between two rows: no longer one table
_MOST_COLUMNS = 30
_MOST_HEADS = 3  # rows; a cell that is higher stands beside the rows, not above them


@dataclass(frozen=True)
class FoundTable:
    """A table's cells, row by row, and how many rows of the column they were."""

    cells: list[list[str]]
    rows: int


def table_at(column: Sequence[Row], start: int) -> FoundTable | None:
    """Return the table that begins with a row of a column, None if none does."""
    if len(column[start]) < 2:
        return None
    taken: list[Row] = []
    for row in column[start:]:
        if any(line.cell for line in row) or (taken and not _follows(taken, row)):
            break
        taken.append(row)
    while taken and len(taken[-1]) < 2:
        taken.pop()
    edges = _edges([line for row in taken for line in row])
    several = sum(len(row) > 1 for row in taken)
    if not 1 < len(edges) <= _MOST_COLUMNS or several < (_LEAST_ROWS if len(edges) < _MANY else 2):
        return None
    cells: list[list[str]] = []
    for row in taken:
        texts = [""] * len(edges)
        for line in row:
            at = _column_of(line, edges)
            texts[at] = f"{texts[at]} {line.text}".strip()
        if cells and len(row) == 1 and not texts[0]:  # the second line of a cell
            for at, text in enumerate(texts):
                cells[-1][at] = f"{cells[-1][at]} {text}".strip()
        else:
            cells.append(texts)
    return FoundTable(cells, len(taken))


def ruled_cells(lines: Sequence[RecognisedLine]) -> tuple[list[list[str]], int]:
    """Return the rows of a table with rules, and how many of them are its head.

    What a cell says stands in each of its places. The head goes as far down as its highest cell.
    """
    cells = [line.cell for line in lines if line.cell]
    height, width = max(cell.bottom for cell in cells), max(cell.right for cell in cells)
    texts = [[""] * width for _ in range(height)]
    said: dict[Cell, str] = {}
    for line, cell in zip(lines, cells, strict=True):
        said[cell] = joined(said.get(cell, ""), line.text)
    for cell, text in said.items():
        for row in range(cell.top, cell.bottom):
            for column in range(cell.left, cell.right):
                texts[row][column] = text
    head = max((cell.bottom for cell in cells if cell.top == 0), default=1)
    return texts, head if head <= _MOST_HEADS and head < height else 1


def _follows(taken: Sequence[Row], row: Row) -> bool:
    """Whether a row belongs to the table of the rows above."""
    above = taken[-1]
    height = max(line.height for line in (*above, *row))
    if min(ln.place.top for ln in row) - max(ln.place.bottom for ln in above) > _FAR * height:
        return False
    before = _edges([line for r in taken for line in r])
    after = _edges([line for r in (*taken, row) for line in r])
    if len(after) < max(2, len(before)):  # it runs over columns
        return False
    return len(row) > 1 or len(above) > 1


def _edges(lines: Sequence[RecognisedLine]) -> list[tuple[float, float]]:
    """Return from where to where each column goes: what overlaps is one."""
    found: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda line: line.place.left):
        left, right = line.place.left, line.place.right
        if found and left < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _column_of(line: RecognisedLine, edges: Sequence[tuple[float, float]]) -> int:
    return next(n for n, (left, right) in enumerate(edges) if left <= line.place.left <= right)
