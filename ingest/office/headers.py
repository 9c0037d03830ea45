"""How many rows of a table are its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.office.figures import is_figure

_MOST = 4  # rows of a header
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/.]\d{1,2}){0,2}")


class Span(NamedTuple):
    """A merged cell: its first and last row, its first and last column, from 0."""

    top: int
    bottom: int
    left: int
    right: int


def header_rows(rows: Sequence[Sequence[str]], spans: Sequence[Span]) -> int:
    """Return how many rows are the header of a table: none where it begins with figures.

    A header goes on where a cell of it is merged downwards; where names stand below its cells that
    are merged across, and nothing beside them; and where names with gaps have names below them.
    Merged cells stand in each of their places.
    """
    if len(rows) < 2:
        return 0
    if all(is_figure(text) for text in rows[0] if text):
        return int(any(_YEAR.fullmatch(text) for text in rows[0]))
    heads = 1
    while heads < min(_MOST, len(rows) - 1):
        names = [text for text in rows[heads] if text]
        if not names or any(is_figure(t) and not _YEAR.fullmatch(t) for t in names):
            break
        if not (
            _is_merged_into(heads, rows, spans)
            or _is_below_merged(heads, rows, spans)
            or (heads == 1 and _has_gaps(rows))
        ):
            break
        heads += 1
    return heads


def _is_merged_into(row: int, rows: Sequence[Sequence[str]], spans: Sequence[Span]) -> bool:
    """Whether a cell of the header reaches down into a row, and others do not."""
    columns = {
        x
        for s in spans
        if s.top < row <= s.bottom < len(rows) - 1
        for x in range(s.left, s.right + 1)
    }
    return 0 < len(columns) < len(rows[row])


def _is_below_merged(row: int, rows: Sequence[Sequence[str]], spans: Sequence[Span]) -> bool:
    """Whether a row names the columns below cells that are merged across, and nothing else."""
    below = {
        x
        for s in spans
        if s.top <= row - 1 == s.bottom and s.right > s.left
        for x in range(s.left, s.right + 1)
    }
    beside = [text for x, text in enumerate(rows[row]) if x not in below]
    return bool(below) and not any(beside)


def _has_gaps(rows: Sequence[Sequence[str]]) -> bool:
    """Whether names with gaps stand above a full row of names, which stands above figures."""
    if len(rows) < 3:
        return False
    first, second, third = rows[0], rows[1], rows[2]
    return (
        any(not text for text in first[1:])
        and sum(map(bool, first)) > 1
        and sum(map(bool, second)) > sum(map(bool, first))
        and all(second[1:])
        and any(map(is_figure, filter(None, third)))
    )
