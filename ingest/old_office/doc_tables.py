"""The tables of a Word file from before 2007: rows end with what says where their cells stand."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.office import Cell, Grid, place

_SHAPE, _VERTICAL, _HEADER = 0xD608, 0xD62B, 0x3404
_NEAR = 15  # twentieths of a point between edges that are one


@dataclass(frozen=True)
class Row:
    """A row: the text of its cells, and the properties of its end."""

    cells: list[str]
    set: dict[int, bytes]


def grid_of(rows: Sequence[Row]) -> Grid:
    """Return a table's cells in their places."""
    shapes = [_shape(row) for row in rows]
    edges: list[int] = []
    for edge in sorted({edge for places, _ in shapes for edge in places}):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    grid: list[list[Cell]] = []
    above: dict[int, tuple[int, int]] = {}  # column → the row and place of the cell that goes on
    heads = 0
    for y, (row, (places, flags)) in enumerate(zip(rows, shapes, strict=True)):
        if row.set.get(_HEADER, b"\0")[:1] == b"\1" and heads == y:
            heads += 1
        line: list[Cell] = []
        columns = [_column(edges, edge) for edge in places]
        if columns:
            line += [Cell("")] * columns[0]
        for n, text in enumerate(row.cells):
            x = columns[n] if n < len(columns) else n
            across = max(1, columns[n + 1] - x) if n + 1 < len(columns) else 1
            flag = flags[n] if n < len(flags) else 0
            if flag & 2 and line:  # merged with the one before it
                last = line[-1]
                line[-1] = Cell(last.text, last.columns + across, last.rows)
                continue
            if flag & 0x20 and not flag & 0x40 and x in above:
                origin, at = above[x]
                cell = grid[origin][at]
                grid[origin][at] = Cell(cell.text, cell.columns, y - origin + 1)
                continue
            if flag & 0x40:
                above[x] = y, len(line)
            else:
                above.pop(x, None)
            line.append(Cell(text, across))
        grid.append(line)
    return place(grid, heads if heads < len(rows) else 0)


def _column(edges: Sequence[int], edge: int) -> int:
    return max((n for n, at in enumerate(edges) if at <= edge + _NEAR), default=0)


def _shape(row: Row) -> tuple[list[int], list[int]]:
    """The edges of a row's cells, and how each is merged."""
    raw = row.set.get(_SHAPE, b"")
    count = raw[2] if len(raw) > 2 else 0
    end = 3 + 2 * (count + 1)
    if not count or len(raw) < end:
        return [], []
    places = list(struct.unpack_from(f"<{count + 1}h", raw, 3))
    flags = []
    for n in range(count):
        at = end + 20 * n
        flags.append(struct.unpack_from("<H", raw, at)[0] if at + 2 <= len(raw) else 0)
    vertical = row.set.get(_VERTICAL, b"")
    if len(vertical) >= 3 and vertical[1] < len(flags):
        flags[vertical[1]] |= {1: 0x20, 3: 0x60}.get(vertical[2], 0)
    return places, flags
