"""Tables whose rows say where the edges of their cells stand, as those of DOC and RTF do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.office import Cell, Grid, place

ACROSS, DOWN, FIRST_DOWN = 0x02, 0x20, 0x40  # merged with the cell before it; with that above it
_NEAR = 15  # twentieths of a point between edges that are one


@dataclass(frozen=True)
class Row:
    """A row: the text of its cells, their edges from the left, and how each is merged."""

    cells: Sequence[str]
    edges: Sequence[int] = ()
    merged: Sequence[int] = ()
    is_head: bool = False


def grid_of(rows: Sequence[Row]) -> Grid:
    """Return a table's cells in their places."""
    edges: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    grid: list[list[Cell]] = []
    above: dict[int, tuple[int, int]] = {}  # column → the row and place of the cell that goes on
    heads = 0
    for y, row in enumerate(rows):
        heads += row.is_head and heads == y
        columns = [_column(edges, edge) for edge in row.edges]
        line = [Cell("")] * (columns[0] if columns else 0)
        for n, text in enumerate(row.cells):
            x = columns[n] if n < len(columns) else n
            across = max(1, columns[n + 1] - x) if n + 1 < len(columns) else 1
            merged = row.merged[n] if n < len(row.merged) else 0
            if merged & ACROSS and line:
                last = line[-1]
                line[-1] = Cell(last.text, last.columns + across, last.rows)
            elif merged & DOWN and not merged & FIRST_DOWN and x in above:
                origin, at = above[x]
                cell = grid[origin][at]
                grid[origin][at] = Cell(cell.text, cell.columns, y - origin + 1)
            else:
                above.pop(x, None)
                if merged & FIRST_DOWN:
                    above[x] = y, len(line)
                line.append(Cell(text, across))
        grid.append(line)
    return place(grid, heads if heads < len(rows) else 0)


def _column(edges: Sequence[int], edge: int) -> int:
    return max((n for n, at in enumerate(edges) if at <= edge + _NEAR), default=0)
