"""Rows of cells in a plain text, as sheets are saved for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from ingest.readers.data.header_rows import begins_with_header, is_value

_EVEN = 0.95  # of the rows have as many cells as the header
_LEAST_ROWS = 3
_FILLED = 0.5  # of the cells: tabs also place words on a page
_LONGEST_ROW = 5000  # characters
_VALUES = 0.5  # of the cells of a column


def tabbed_rows(text: str) -> list[list[str]]:
    """Return the rows of a text that is nothing but a table whose cells tabs part, else none.

    Its first row must name the columns; of two columns, one must hold figures or dates: else it may
    be a list of labels with what they say.
    """
    begun = [line for line in text[:_LONGEST_ROW].split("\n") if line.strip()][:_LEAST_ROWS]
    if len(begun) < _LEAST_ROWS or not all("\t" in line.strip() for line in begun[:-1]):
        return []
    is_quoted = text.count('"') % 2 == 0
    try:
        if is_quoted:
            parsed = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
            rows = [row for row in parsed if any(map(str.strip, row))]
        else:
            rows = [line.split("\t") for line in text.split("\n") if line.strip()]
    except csv.Error:  # a cell of more than 131,072 characters
        return []
    return rows if _is_table(rows) else []


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    width = len(rows[0]) if rows else 0
    if len(rows) < _LEAST_ROWS or width < 2 or not rows[0][0].strip():
        return False
    if sum(len(row) == width for row in rows) < _EVEN * len(rows) or max(map(len, rows)) > width:
        return False
    filled = sum(bool(cell.strip()) for row in rows for cell in row)
    if filled < _FILLED * width * len(rows) or not begins_with_header(rows):
        return False
    if any(is_value(cell) or cell.strip().endswith((":", "：")) for cell in rows[0][:1]):
        return False
    return width > 2 or any(_holds_values(rows, column) for column in range(width))


def _holds_values(rows: Sequence[Sequence[str]], column: int) -> bool:
    cells = [row[column] for row in rows[1:] if column < len(row) and row[column].strip()]
    is_named = not is_value(rows[0][column])
    return is_named and bool(cells) and sum(map(is_value, cells)) > _VALUES * len(cells)
