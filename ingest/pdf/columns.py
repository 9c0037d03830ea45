"""The columns of a page, in reading order.

The page is cut at the tallest white strip between two columns of running text, and what is above,
left, right and below of the strip is cut again: a recursive X-Y cut (Nagy and Seth 1984) whose cuts
are tall empty rectangles (Breuel 2002, "Two geometric algorithms for layout analysis"), so that a
head or a table that goes across two columns ends a strip and does not hide it. Tables and forms
have white strips too; they are read by rows, as their columns are no running text.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from operator import attrgetter
from statistics import median

from ingest.pdf.indices import with_indices
from ingest.pdf.words import Run, Word

_SAME_LINE = 0.25  # of the size, that base lines may differ
_WORD_GAP = 0.8  # of the size: wider gaps may be those between columns
_GUTTER = 0.8  # of the size: the narrowest
_DRAWN_OVER = 0.3  # of the size, that the second is off
_LEAST_LINES = 3  # of both columns beside each other
_COLUMN = 9.0  # of the size: the narrowest column of running text
_FULL = 0.6  # of a column's width, that most of its text has in lines at least as long
_APART = 1.6  # of the distance between lines: what stands farther off is no part of the column
_MOST_STRIPS = 40  # that are followed at once
_MOST_RUNS = 6000  # of a page that is cut: more are a drawing
_TRIED = 6
_DEEPEST = 12

_BASE, _LEFT = attrgetter("base"), attrgetter("left")

Span = tuple[float, float]


def runs_of(words: Sequence[Word]) -> list[Run]:
    """Put words into runs, each a line or a piece of one; what is drawn twice is taken once."""
    runs: list[Run] = []
    ordered = sorted(words, key=_BASE)
    at, count = 0, len(ordered)
    while at < count:
        first = ordered[at]
        end, size, base = at + 1, first.size, first.base
        while end < count:
            word = ordered[end]
            small = size if size < word.size else word.size
            if word.base - base > _SAME_LINE * small:
                break
            end += 1
        line = ordered[at:end]
        line.sort(key=_LEFT)
        last = line[0]
        run = [last]
        for word in line[1:]:
            gap = word.left - last.right
            if gap < 0 and _is_twice(last, word):
                if len(word.text) > len(last.text):
                    run[-1] = last = word
                continue
            if word.spaces > 2 or gap > _WORD_GAP * (
                word.size if word.size > last.size else last.size
            ):
                runs.append(Run(run))
                run = []
            run.append(word)
            last = word
        runs.append(Run(run))
        at = end
    return with_indices(runs)


def _is_twice(last: Word, word: Word) -> bool:
    """Whether one of two words is drawn over the other, as bold is by some programs."""
    slack = _DRAWN_OVER * word.size
    if word.left >= last.right - slack:
        return False
    if word.right <= last.right + slack:
        return word.text in last.text
    return abs(word.left - last.left) < slack and last.text in word.text


def regions(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs of a page by columns, and what stands between these, in reading order."""
    texts = [run for run in runs if not run.table]
    if not texts or len(runs) > _MOST_RUNS:
        return [list(runs)] if runs else []
    return _cut(list(runs), median(run.size for run in texts), 0)


def _cut(runs: list[Run], size: float, depth: int) -> list[list[Run]]:
    if depth < _DEEPEST and len(runs) > 2 * _LEAST_LINES:
        for strip in _strips(runs, size)[:_TRIED]:
            parts = _parts(runs, strip, size)
            if parts is not None:
                return [cut for part in parts if part for cut in _cut(part, size, depth + 1)]
    return [runs]


class _Strip:
    """A white strip: where it is, and how many of the lines it passes have text on both sides."""

    __slots__ = ("both", "bottom", "left", "right", "top")

    def __init__(self, left: float, right: float, top: float) -> None:
        self.left, self.right = left, right
        self.top = self.bottom = top
        self.both = 1


def _strips(runs: Sequence[Run], size: float) -> list[_Strip]:
    """Return the white strips with text on both sides, the longest first."""
    found: list[_Strip] = []
    active: dict[Span, _Strip] = {}
    narrowest = _GUTTER * size
    for y, taken in _lines(runs):
        gaps = _gaps(taken)
        kept: dict[Span, _Strip] = {}
        for strip in active.values():
            goes_on = False
            for n, (left, right) in enumerate(gaps):
                new_left, new_right = max(left, strip.left), min(right, strip.right)
                if new_right - new_left < narrowest:
                    continue
                inner = 0 < n < len(gaps) - 1
                if (new_left, new_right) == (strip.left, strip.right):
                    goes_on = True
                    strip.bottom = y
                    strip.both += inner
                    _keep(kept, strip)
                else:
                    narrowed = _Strip(new_left, new_right, strip.top)
                    narrowed.bottom, narrowed.both = y, strip.both + inner
                    _keep(kept, narrowed)
            if not goes_on:
                found.append(strip)
        for left, right in gaps[1:-1]:
            if right - left >= narrowest:
                _keep(kept, _Strip(left, right, y))
        if len(kept) > _MOST_STRIPS:
            best = sorted(kept.items(), key=lambda item: -item[1].both)[:_MOST_STRIPS]
            kept = dict(best)
        active = kept
    found += active.values()
    enough = [strip for strip in found if strip.both >= _LEAST_LINES]
    return sorted(enough, key=lambda strip: (-strip.both, strip.left - strip.right))


def _keep(kept: dict[Span, _Strip], strip: _Strip) -> None:
    span = (strip.left, strip.right)
    if span not in kept or kept[span].both < strip.both:
        kept[span] = strip


def _lines(runs: Sequence[Run]) -> list[tuple[float, list[Span]]]:
    """Return heights at which runs stand, and what these take of the width there."""
    ordered = sorted(runs, key=lambda run: run.top)
    heights: list[float] = []
    for run in sorted(runs, key=lambda run: run.base):
        y = run.base - 0.3 * run.size if not run.table else (run.top + run.bottom) / 2
        if not heights or y - heights[-1] > 1.0:
            heights.append(y)
    heights.sort()
    lines: list[tuple[float, list[Span]]] = []
    open_runs: list[Run] = []
    at = 0
    for y in heights:
        while at < len(ordered) and ordered[at].top <= y:
            open_runs.append(ordered[at])
            at += 1
        open_runs = [run for run in open_runs if run.bottom > y]
        lines.append((y, sorted((run.left, run.right) for run in open_runs)))
    return lines


def _gaps(taken: list[Span]) -> list[Span]:
    gaps: list[Span] = []
    end = float("-inf")
    for left, right in taken:
        if left > end:
            gaps.append((end, left))
        end = max(end, right)
    gaps.append((end, float("inf")))
    return gaps


def _parts(runs: Sequence[Run], strip: _Strip, size: float) -> list[list[Run]] | None:
    """Return what is above, left, right and below of a strip; None if it parts no columns."""
    above: list[Run] = []
    below: list[Run] = []
    left: list[Run] = []
    right: list[Run] = []
    middle = (strip.left + strip.right) / 2
    for run in runs:
        y = (run.top + run.bottom) / 2 if run.table else run.base - 0.3 * run.size
        if y < strip.top - 0.5:
            above.append(run)
        elif y > strip.bottom + 0.5:
            below.append(run)
        elif run.right <= middle:
            left.append(run)
        elif run.left >= middle:
            right.append(run)
        else:  # it reaches into the strip from a line that the strip passes by
            (left if run.left + run.right < 2 * middle else right).append(run)
    texts = [_is_text(side, size) for side in (left, right)]
    if not any(texts) or not all(
        is_text or all(run.table for run in side)
        for is_text, side in zip(texts, (left, right), strict=True)
    ):
        return None
    _trim(left, right, above, below)
    return [above, left, right, below]


def _trim(left: list[Run], right: list[Run], above: list[Run], below: list[Run]) -> None:
    """Take heads and feet of the page, which stand apart, out of two columns."""
    columns = [sorted(column, key=lambda run: run.base) for column in (left, right)]
    pitch = _pitch(columns[0] + columns[1])
    top, bottom = (
        max(column[0].top for column in columns),
        min(column[-1].bottom for column in columns),
    )
    rows = sorted((*columns[0], *columns[1]), key=lambda run: run.base)
    for order, edge, taken in ((rows, top, above), (rows[::-1], bottom, below)):
        cut = _apart(order, pitch, up=taken is above)
        first = order[:cut]
        both = any(run in left for run in first) and any(run in right for run in first)
        if cut and (both or all(_beyond(run, edge, up=taken is above) for run in first)):
            for run in first:
                (left if run in left else right).remove(run)
            taken.extend(first)


def _beyond(run: Run, edge: float, *, up: bool) -> bool:
    return run.bottom <= edge + run.size if up else run.top >= edge - run.size


def _apart(order: Sequence[Run], pitch: float, *, up: bool) -> int:
    """Return how many runs at the edge, of at most two lines, stand apart from the others."""
    lines = 1
    for n, (run, following) in enumerate(itertools.pairwise(order), start=1):
        step = abs(following.base - run.base)
        gap = following.top - run.bottom if up else run.top - following.bottom
        if step > _APART * pitch and gap > 0.5 * pitch:
            return n
        if step > 0.3 * pitch:
            lines += 1
        if lines > 2:
            break
    return 0


def _pitch(runs: Sequence[Run]) -> float:
    """The usual distance between lines."""
    bases = sorted(run.base for run in runs)
    steps = [b - a for a, b in itertools.pairwise(bases) if b - a > 3]
    return median(steps) if steps else 12.0


def _is_text(runs: Sequence[Run], size: float) -> bool:
    """Whether a column is running text: most of it stands in long lines of about one length."""
    widths = sorted((run.width for run in runs if not run.table), reverse=True)
    if len(widths) < _LEAST_LINES:
        return False
    ink, half = sum(widths), 0.0
    for width in widths:
        half += width
        if half >= ink / 2:
            break
    typical = width
    full = sum(width for width in widths if width >= _FULL * typical)
    return typical >= _COLUMN * size and full >= _FULL * ink
