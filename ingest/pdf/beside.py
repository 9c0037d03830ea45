"""Tables that stand beside each other, each with rules of its own, are read one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.pdf.columns import runs_of
from ingest.pdf.frame import Corners
from ingest.pdf.header_spans import is_figure
from ingest.pdf.rows import rows_of
from ingest.pdf.rules import Rule, merged_rules
from ingest.pdf.words import Run, Word, line_of

_LEAST = 3  # rules on each side that end or begin at the gap
_SHORTEST, _WIDEST_GAP = 40.0, 40.0  # points: a rule, and what is between two tables
_SAME = 3.0  # points
_MOST_RULES = 400
_LABELS = 0.6  # of the rows of the right table, that begin with words as a table's do
_FAR = 3.0  # of the size: lines that are farther off are no more of the tables
_DEEPEST = 3

Piece = tuple[list[Word], list[Corners]]


def pieces(words: Sequence[Word], rules: Sequence[Corners], depth: int = 0) -> list[Piece]:
    """Return the words and rules of a page above, left, right, and below of a gap between tables.

    A page without such has one piece.
    """
    whole = [(list(words), list(rules))]
    if depth >= _DEEPEST or len(rules) < 2 * _LEAST:
        return whole
    across = [rule for rule in merged_rules(rules)[0] if rule.end - rule.start >= _SHORTEST]
    if not 2 * _LEAST <= len(across) <= _MOST_RULES:
        return whole
    gaps = _gaps(across)
    rows = rows_of(runs_of(words)) if gaps else []
    for left, right in gaps:
        zone = _zone(across, rows, left, right)
        if zone:
            parts = _parts(words, rules, (left + right) / 2, *zone)
            return [piece for part in parts if part[0] for piece in pieces(*part, depth + 1)]
    return whole


def _gaps(across: Sequence[Rule]) -> list[tuple[float, float]]:
    """Places at which several rules end and, a little farther, several others begin."""
    ends = _places([rule.end for rule in across])
    starts = _places([rule.start for rule in across])
    return [(a, b) for a in ends for b in starts if 0 < b - a <= _WIDEST_GAP]


def _places(values: Sequence[float]) -> list[float]:
    """Values that occur often enough, those close to each other as one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= _SAME:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups if len(group) >= _LEAST]


def _zone(
    across: Sequence[Rule], rows: Sequence[list[Run]], left: float, right: float
) -> tuple[float, float] | None:
    """Return from where to where two tables stand beside a gap, None if there are no such."""
    middle = (left + right) / 2
    sides = (
        [rule.at for rule in across if abs(rule.end - left) <= _SAME],
        [rule.at for rule in across if abs(rule.start - right) <= _SAME],
    )
    low, high = max(map(min, sides)), min(map(max, sides))  # both tables are there
    crossing = [rule.at for rule in across if rule.start < middle < rule.end]
    if low >= high or any(low < at < high for at in crossing):
        return None
    top, bottom = min(map(min, sides)), max(map(max, sides))
    inner = [n for n, row in enumerate(rows) if low - 1 <= _y(row) <= high]
    if len(inner) < _LEAST or any(_crosses(rows[n], middle) for n in inner):
        return None
    first, last = inner[0], inner[-1]
    while last + 1 < len(rows) and _follows(rows[last], rows[last + 1], middle, crossing, bottom):
        last += 1
    while first and _follows(rows[first - 1], rows[first], middle, crossing, top, up=True):
        first -= 1
    taken = rows[first : last + 1]
    beyond = [[run for run in row if run.left >= middle] for row in taken]
    starts = [line_of(row).cells[0][0] for row in beyond if row]
    before = sum(row[0].left < middle for row in taken)
    labels = sum(not is_figure(text) for text in starts)
    if min(before, len(starts)) < _LEAST or labels < _LABELS * len(starts):
        return None
    words = [run for row in taken for run in row if run.right <= middle]
    reach = min(rule.start for rule in across if abs(rule.end - left) <= _SAME)
    if not words or min(run.left for run in words) < reach - 4 * _SAME:
        return None  # its labels stand beside the rules: these only part columns
    return (
        min(run.top for run in taken[0]) - 1,
        max(run.bottom for run in taken[-1]) + 1,
    )


def _follows(
    above: list[Run],
    row: list[Run],
    middle: float,
    crossing: Sequence[float],
    edge: float,
    *,
    up: bool = False,
) -> bool:
    """Whether the gap goes on from one row to the next, or to the one above it."""
    new = above if up else row
    y, other = _y(above), _y(row)
    if _crosses(new, middle) or any(y < at < other for at in crossing):
        return False
    is_within = _y(new) > edge if up else _y(new) < edge
    if up and not is_within and not new[0].left < middle < new[-1].left:
        return False  # a head of the page, no caption beside a caption
    size = max(run.size for run in (*above, *row))
    return is_within or other - y <= _FAR * size


def _y(row: Sequence[Run]) -> float:
    return row[0].base - 0.3 * row[0].size


def _crosses(row: Sequence[Run], middle: float) -> bool:
    return any(run.left < middle < run.right for run in row)


def _parts(
    words: Sequence[Word], rules: Sequence[Corners], middle: float, top: float, bottom: float
) -> list[Piece]:
    parts: list[Piece] = [([], []) for _ in range(4)]
    for word in words:
        side = int(word.left >= middle)
        parts[_part(word.base - 0.3 * word.size, side, top, bottom)][0].append(word)
    for rule in rules:
        side = int(rule[0] + rule[2] >= 2 * middle)
        parts[_part((rule[1] + rule[3]) / 2, side, top - 10, bottom + 4)][1].append(rule)
    return parts


def _part(y: float, side: int, top: float, bottom: float) -> int:
    """0 above, 1 left, 2 right, 3 below."""
    return 0 if y < top else 3 if y > bottom else 1 + side
