"""Header rows above a table without rules, whose cells go over several columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ingest.pdf.table_rows import NUMBER

_CENTRED = 1.5  # of the size, that the middle of a cell is off from that of its columns
_AT_COLUMN = 0.6  # of the size, that a side of a cell is off from that of its column
_LONGEST = 60  # characters
_YEAR = re.compile(r"(?:FY\s?)?(?:19|20)\d\d(?:/\d\d(?:\d\d)?)?\s?年?(?:度)?[EAF]?")

Span = tuple[float, float]
Cell = tuple[float, float, str]  # left, right, text


def is_figure(cell: str) -> bool:
    """Tell whether a cell has a number which is no year: years name columns."""
    return bool(NUMBER.fullmatch(cell)) and not _YEAR.fullmatch(cell)


def spread(
    cells: Sequence[Cell], columns: Sequence[Span], names: Sequence[str], size: float
) -> list[str] | None:
    """Return what a row above a table says of each column; None if it is no header of it.

    `names` is the row below. A cell stands over the columns whose middle it has, or over those
    from its left side on, if the names below repeat themselves.
    """
    if any(len(text) > _LONGEST or is_figure(text) for *_, text in cells):
        return None
    if not any(map(str.isalnum, "".join(text for *_, text in cells))):
        return None
    repeats = len(set(filter(None, names))) < sum(map(bool, names))
    said = [""] * len(columns)
    if first := _period(cells, columns, names):
        each = (len(columns) - first) // len(cells)
        for n, (*_, text) in enumerate(cells):
            said[first + n * each : first + (n + 1) * each] = [text] * each
        left, right, text = cells[0]

        def off(start: int) -> float:
            return abs(columns[start][0] + columns[first + each - 1][1] - left - right)

        # Below the first one may be names more: "train" of "train, test, test".
        for column in range(min(range(first, 0, -1), key=off), first):
            said[column] = text
        return said
    done = 0
    for n, (left, right, text) in enumerate(cells):
        until = cells[n + 1][0] if n + 1 < len(cells) else columns[-1][1] + size
        over = _over(left, right, columns, done, until, size, repeats=repeats)
        if over is None:
            return None
        for column in range(*over):
            said[column] = text
        done = over[1]
    return said


def _period(cells: Sequence[Cell], columns: Sequence[Span], names: Sequence[str]) -> int:
    """Return from which column on the names repeat below each of the cells, 0 if they do not."""
    for first in range(1, len(columns)):
        each, rest = divmod(len(columns) - first, len(cells))
        if len(cells) < 2 or rest or each < 2:
            continue
        if list(names[first:]) != list(names[first : first + each]) * len(cells):
            continue
        spans = [
            (columns[n][0], columns[n + each - 1][1]) for n in range(first, len(columns), each)
        ]
        if all(
            left < span[1] and right > span[0]
            for (left, right, _), span in zip(cells, spans, strict=True)
        ):
            return first
    return 0


def _over(
    left: float,
    right: float,
    columns: Sequence[Span],
    done: int,
    until: float,
    size: float,
    *,
    repeats: bool,
) -> tuple[int, int] | None:
    """Return the first column that a cell goes over, and the one behind its last."""
    free = [n for n in range(done, len(columns)) if columns[n][0] < until]
    hit = [n for n in free if left < columns[n][1] and right > columns[n][0]]
    at = next((n for n in free if abs(columns[n][0] - left) < _AT_COLUMN * size), None)
    if at is not None and repeats and len(hit) < 2:  # it begins where its columns do
        return at, free[-1] + 1
    middle = (left + right) / 2
    best: tuple[float, tuple[int, int]] | None = None  # how far its middle is off, and from where
    for first, last in itertools.combinations_with_replacement(free[:40], 2):
        if hit and not (first <= hit[0] and hit[-1] <= last):
            continue
        off = abs((columns[first][0] + columns[last][1]) / 2 - middle)
        if best is None or off < best[0]:
            best = off, (first, last + 1)
    if len(hit) == 1:
        own = columns[hit[0]]
        sides = min(abs(own[0] - left), abs(own[1] - right), abs((own[0] + own[1]) / 2 - middle))
        if sides < _AT_COLUMN * size or best is None or best[0] > _CENTRED * size:
            return hit[0], hit[0] + 1
    if best is None or best[0] > _CENTRED * size:
        return (hit[0], hit[-1] + 1) if hit else None
    return best[1]
