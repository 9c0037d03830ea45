"""Whether the first row of a table names its columns, where nothing says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

_VALUE = re.compile(
    r"[+\-−(]?\s?[$€£¥￥]?\s?\d[\d.,' ]{0,30}\s?[%€$元)]?"
    r"|\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?.{0,12}"
    r"|[\w.+-]{1,64}@[\w.-]{1,64}|https?://\S{1,500}"
)
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_LONGEST_NAME = 100  # characters of a column's name
_LOOK = 50  # rows


def begins_with_header(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first of some rows names the columns of the others.

    Names are filled in, short, different, and no values; years in a row are names.
    """
    if len(rows) < 2:
        return False
    first = [cell.strip() for cell in rows[0]]
    names = [cell for cell in first if cell]
    if len(names) * 2 <= len(first) or len(set(names)) < len(names):
        return False
    if any(len(name) > _LONGEST_NAME for name in names):
        return False
    valued = [name for name in names if _VALUE.fullmatch(name)]
    years = [name for name in valued if _YEAR.fullmatch(name)]
    if len(years) == len(valued) and (len(years) != 1 or len(names) > 1):
        return True
    if len(valued) < len(names):
        return False
    # All are figures, as 1, 2, 3: names only if no row below looks so.
    below = rows[1:_LOOK]
    return not any(_VALUE.fullmatch(cell.strip()) for row in below for cell in row)


def is_value(cell: str) -> bool:
    """Tell whether a cell is a figure, a date or an address, which name no column."""
    return bool(_VALUE.fullmatch(cell.strip()))
