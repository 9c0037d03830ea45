"""Lines of a table without rules that belong together, and tables that stand beside each other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ingest.document import Box
from ingest.pdf.header_spans import Span, is_figure
from ingest.pdf.words import Table, cell_text

CLOSE = 0.9  # of the usual distance of rows: what is nearer goes on with the row above
_SAME_STEP = 1.1
_MATHS = re.compile(r"[⇒⇔∈∉∑∏∫∀∃⊂⊆∪∩∂∇]")
_FORMULA = 0.2  # of the cells
_LEAST_ROWS = 2  # of one of two tables beside each other, with its header


def is_lone(row: Sequence[str]) -> bool:
    """Whether a row only has the label of the rows below it."""
    return bool(row[0]) and not any(row[1:])


def is_formula(grid: Sequence[Sequence[str]]) -> bool:
    """Whether cells are the pieces of formulas, whose fractions and powers stand in rows, too."""
    cells = [cell for row in grid for cell in row if cell]
    return sum(bool(_MATHS.search(cell)) for cell in cells) >= _FORMULA * len(cells)


def whole(grid: list[list[str]], boxes: list[Box]) -> tuple[list[list[str]], list[Box]]:
    """Put lines that go on with the row above them into that row.

    They stand closer to it, or say less than half of a row, without a label and without figures.
    """
    steps = sorted(b.top - a.top for a, b in itertools.pairwise(boxes))
    usual = steps[len(steps) // 2]
    rows, places = [grid[0]], [boxes[0]]
    above = boxes[0]
    for line, box in zip(grid[1:], boxes[1:], strict=True):
        step = box.top - above.top
        is_close = step < CLOSE * usual and not line[0] and sum(map(bool, line)) < 3
        if is_close or (step <= _SAME_STEP * usual and _continues(rows[-1], line)):
            rows[-1] = [cell_text([a, b]) if b else a for a, b in zip(rows[-1], line, strict=True)]
            places[-1] = around([places[-1], box])
        else:
            rows.append(line)
            places.append(box)
        above = box
    return rows, places


def _continues(row: Sequence[str], line: Sequence[str]) -> bool:
    """Whether a line only goes on with words of the row above it."""
    cells = [(one, other) for one, other in zip(row, line, strict=True) if other]
    if line[0] or is_lone(row) or 2 * len(cells) >= len(line):
        return False
    return all(one and one[-1] not in "。." and not is_figure(other) for one, other in cells)


def head_rows(grid: Sequence[Sequence[str]]) -> int:
    """Return 1 if the first row names the columns: it has words where others have numbers."""
    first = sum(is_figure(cell) for cell in grid[0] if cell)
    others = [sum(is_figure(cell) for cell in row if cell) for row in grid[1:]]
    return int(not first or first < sum(others) / len(others) - 1)


def parted(table: Table, columns: Sequence[Span]) -> list[Table]:
    """Return the two tables that stand beside each other as one, else the table.

    They are two if the gap between them is the widest, and one is longer, or both have the same
    column names.
    """
    gaps = [b[0] - a[1] for a, b in itertools.pairwise(columns)]
    if table.header_rows != 1 or len(columns) < 4:
        return [table]
    at = max(range(1, len(gaps) - 1), key=lambda n: gaps[n]) + 1
    left, right = ([row[:at] for row in table.rows], [row[at:] for row in table.rows])
    ends = [max(n for n, row in enumerate(side) if any(row)) + 1 for side in (left, right)]
    if min(ends) < _LEAST_ROWS or gaps[at - 1] < max(gaps):
        return [table]
    if ends[0] == ends[1] and left[0] != right[0]:
        return [table]
    for side, end in zip((left, right), ends, strict=True):
        if not all(row[0] and not is_figure(row[0]) for row in side[:end]):
            return [table]
    middle = (columns[at - 1][1] + columns[at][0]) / 2
    return [
        _side(left[: ends[0]], [box._replace(right=min(box.right, middle)) for box in table.boxes]),
        _side(right[: ends[1]], [box._replace(left=max(box.left, middle)) for box in table.boxes]),
    ]


def _side(rows: list[list[str]], boxes: list[Box]) -> Table:
    own = boxes[: len(rows)]
    return Table(rows, own, around(own))


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest box that has these in it."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
