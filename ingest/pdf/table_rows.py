"""A row between two rules may hold several rows of a table, each on its own line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from ingest.pdf.columns import runs_of
from ingest.pdf.rows import rows_of
from ingest.pdf.words import Word, line_of

_LEAST = 3  # rows: two lines are a cell that was broken, unless they are numbers
_MOST_COLUMNS = 40  # that are compared with each other
_SHARED = 0.8  # of the lines of the column that has fewer, that stand beside those of another
_SAME_LINE = 2.0  # points
_WRAPPED = 0.75  # of a cell's width, that lines of a broken text have
NUMBER = re.compile(r"[-+(]?[$€£¥￥]?\s?\d[\d.,:/%\s-]*+[%％)]?|[-–—/]|n/?a", re.IGNORECASE)


def split_row(
    cells: Mapping[int, Sequence[Word]], widths: Mapping[int, float]
) -> list[tuple[float, float]]:
    """Return from where to where each row goes that one row of cells holds: one, or three and more.

    `cells` are the words of each column, `widths` how wide these are. Rows begin where two columns
    have lines beside each other, if these are numbers or end before the cell does.
    """
    lines = {column: _lines(words) for column, words in cells.items() if words}
    single = [column for column, own in lines.items() if len(own) > 1]
    single = single[:_MOST_COLUMNS]
    best: list[float] = []
    for n, one in enumerate(single):
        for other in single[n + 1 :]:
            shared = _shared(lines[one], lines[other])
            fewer = min(len(lines[one]), len(lines[other]))
            are_numbers = _are_numbers(lines[one]) or _are_numbers(lines[other])
            least = 2 if are_numbers else _LEAST
            if len(shared) < max(least, _SHARED * fewer, len(best) + 1):
                continue
            if are_numbers or not any(_is_wrapped(lines[c], widths[c]) for c in (one, other)):
                best = shared
    if not best:
        return [(float("-inf"), float("inf"))]
    starts = [float("-inf"), *(base - 0.0 for base in best[1:])]
    # A row begins above its first line: half the height of a letter above the base line is enough.
    edges = [start - _height(lines) for start in starts] + [float("inf")]
    return list(itertools.pairwise(edges))


Line = tuple[float, str, float]  # base line, text, width


def _lines(words: Sequence[Word]) -> list[Line]:
    found = [line_of(row) for row in rows_of(runs_of(words))]
    return [(line.base, line.text, line.box.right - line.box.left) for line in found]


def _height(lines: Mapping[int, Sequence[Line]]) -> float:
    bases = sorted({round(base, 1) for own in lines.values() for base, *_ in own})
    steps = [b - a for a, b in itertools.pairwise(bases) if b - a > _SAME_LINE]
    return 0.5 * min(steps, default=4.0)


def _shared(one: Sequence[Line], other: Sequence[Line]) -> list[float]:
    bases = [base for base, *_ in other]
    return [base for base, *_ in one if any(abs(base - b) <= _SAME_LINE for b in bases)]


def _are_numbers(lines: Sequence[Line]) -> bool:
    numbers = sum(bool(NUMBER.fullmatch(text)) for _, text, _ in lines)
    return numbers >= _SHARED * len(lines)


def _is_wrapped(lines: Sequence[Line], width: float) -> bool:
    full = sum(own >= _WRAPPED * width for *_, own in lines[:-1])
    return full >= 0.5 * (len(lines) - 1)
