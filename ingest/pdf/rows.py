"""Runs that stand on one line of a page become a row."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.pdf.words import Run

_OVERLAP = 0.5  # of the lower one's height
_RAISED = 0.55  # of the size, that the base line of an index may be off
_LARGE = 1.8  # times the other's size: a letter over several lines stands in none of them by this
_INDEX = 0.85  # of the size, that an index may have
_FAR_RAISED, _FAR_LOWERED = 0.8, 0.45
_TOUCH = 0.3  # of the size, from the word that it belongs to
_SAME_LINE = 0.25
_LOOKED_AT = 200  # runs of a row


def rows_of(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs by rows, from the top, each from left to right; a table is a row."""
    rows: list[list[Run]] = []
    mains: list[Run] = []  # of each row, what is largest
    for run in sorted(runs, key=lambda run: run.top if run.table else run.base - 0.3 * run.size):
        for n in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            if _belongs(run, rows[n][-_LOOKED_AT:], mains[n]):
                rows[n].append(run)
                if run.size > mains[n].size:
                    mains[n] = run
                break
        else:
            rows.append([run])
            mains.append(run)
    rows = _with_indices(rows, mains)
    for row in rows:
        if len(row) > 1:
            row.sort(key=lambda run: run.left)
    return rows


def _with_indices(rows: list[list[Run]], mains: Sequence[Run]) -> list[list[Run]]:
    """Put indices that stand alone, as their words came later, into the row of these."""
    kept: list[list[Run]] = []
    for n, row in enumerate(rows):
        index = row[0]
        follows = rows[n + 1] if n + 1 < len(rows) else []
        if (
            len(row) == 1
            and follows
            and index.size < _INDEX * mains[n + 1].size
            and _belongs(index, follows[:_LOOKED_AT], mains[n + 1])
        ):
            follows.append(index)
        else:
            kept.append(row)
    return kept


def _belongs(run: Run, row: Sequence[Run], main: Run) -> bool:
    if run.table or main.table:
        return False
    off = abs(run.base - main.base)
    large, small = max(run.size, main.size), min(run.size, main.size)
    if off <= _SAME_LINE * small:
        return True
    if run.size < _INDEX * main.size or main.size < _INDEX * run.size:
        raised = run.base - main.base
        raised = raised if run.size > main.size else -raised
        return -_FAR_LOWERED * large <= raised <= _FAR_RAISED * large and any(
            _touch(run, other, _TOUCH * large) for other in row
        )
    if large > _LARGE * small or off > _RAISED * large:
        return False
    overlap = min(run.bottom, main.bottom) - max(run.top, main.top)
    if overlap < _OVERLAP * min(run.bottom - run.top, main.bottom - main.top):
        return False
    return not any(
        min(run.right, other.right) - max(run.left, other.left) > 0.5 * small for other in row
    )


def _touch(one: Run, other: Run, most: float) -> bool:
    """Whether a word of one run begins where a word of the other ends."""
    small, large = sorted((one, other), key=lambda run: run.size)
    return any(
        abs(small.left - word.right) < most or abs(word.left - small.right) < most
        for word in large.words[:_LOOKED_AT]
    )
