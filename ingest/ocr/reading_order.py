"""Lines of a page in the order in which people read them: columns, then rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from ingest.document import Box
from ingest.ocr.recognised_line import Cell, RecognisedLine

Row = list[RecognisedLine]
"""What stands at one height of a column, from left to right."""

_GUTTER = 0.6  # of a line's height: the least between two columns
_EDGE = 0.15  # of the width of all: what is free so near to an edge is where lines end
# Of a line's height: what stands so far below a column, or above it, and beside nothing does not
# belong to it; for one or two lines, as a heading over the whole page, less is enough.
_STEP, _STEP_OF_FEW, _FEW = 1.2, 0.6, 2
_PROSE = 7.0  # times as long as high: lines of a column; those of a table's cells are shorter
_MOST = 0.5  # of the length of all lines are in those
_LEAST_LINES = 3  # in each of two columns
_BESIDE = 0.5  # of the shorter column stands beside the other
_SAME_ROW = 0.5  # of the lower of two lines is at the height of the other
_DEEPEST = 8  # columns within columns


def in_order(lines: Sequence[RecognisedLine]) -> list[RecognisedLine]:
    """Return lines as they are read; those of a table with rules cell by cell."""
    inside = of_tables(lines)
    return [
        line
        for column in columns(around_tables(lines))
        for row in rows(column)
        for one in row
        for line in (inside[one.cell.table] if one.cell else [one])
    ]


def of_tables(lines: Sequence[RecognisedLine]) -> dict[int, list[RecognisedLine]]:
    """Return the lines of each table with rules, cell by cell, row by row."""
    cells: defaultdict[Cell, list[RecognisedLine]] = defaultdict(list)
    for line in lines:
        if line.cell:
            cells[line.cell].append(line)
    found: defaultdict[int, list[RecognisedLine]] = defaultdict(list)
    for cell in sorted(cells):
        found[cell.table] += [line for row in rows(cells[cell]) for line in row]
    return dict(found)


def around_tables(lines: Sequence[RecognisedLine]) -> list[RecognisedLine]:
    """Return lines with each table with rules as one line without words."""
    kept = [line for line in lines if not line.cell]
    for table, inside in of_tables(lines).items():
        box = Box(
            min(line.place.left for line in inside),
            min(line.place.top for line in inside),
            max(line.place.right for line in inside),
            max(line.place.bottom for line in inside),
        )
        kept.append(RecognisedLine("", box, box, 1.0, Cell(table, 0, 0, 0, 0)))
    return kept


def columns(lines: Sequence[RecognisedLine], depth: int = 0) -> list[list[RecognisedLine]]:
    """Return the lines of each column, from that which is read first."""
    if len(lines) < 2 * _LEAST_LINES or depth >= _DEEPEST:
        return [list(lines)] if lines else []
    found: list[list[RecognisedLine]] = []
    goes_on = False  # whether the last column may take more lines
    for group in _groups(lines):
        at = _gutter(group)
        if at is None:
            if goes_on:
                found[-1] += group
            else:
                found.append(group)
            goes_on = True
            continue
        before, *sides, after = _sides(group, at)
        if before:
            found.append(before)
        for side in sides:
            found += columns(side, depth + 1)
        if after:
            found.append(after)
        goes_on = bool(after)
    return found


def _groups(lines: Sequence[RecognisedLine]) -> list[list[RecognisedLine]]:
    """Cut a page into bands within which some place is free from top to bottom."""
    left = min(line.place.left for line in lines)
    right = max(line.place.right for line in lines)
    near = _EDGE * (right - left)
    least = _GUTTER * median(line.height for line in lines)

    def is_free(places: Sequence[tuple[float, float]]) -> bool:
        return any(a < right - near and b > left + near for a, b in places)

    groups: list[list[RecognisedLine]] = []
    free: list[tuple[float, float]] = []
    for line in sorted(lines, key=_middle):
        free = _without(free, line, least)
        if is_free(free):
            groups[-1].append(line)
            continue
        # The lines above it that leave a place free together with it begin the band.
        band, free = [line], _without([(left, right)], line, least)
        while groups and groups[-1] and is_free(more := _without(free, groups[-1][-1], least)):
            band.insert(0, groups[-1].pop())
            free = more
        groups = [*filter(None, groups), band]
    return groups


def _without(
    free: Sequence[tuple[float, float]], line: RecognisedLine, least: float
) -> list[tuple[float, float]]:
    """Return what a line leaves free, from where to where."""
    found = []
    for start, end in free:
        for a, b in ((start, min(end, line.place.left)), (max(start, line.place.right), end)):
            if b - a >= least:
                found.append((a, b))
    return found


def _sides(group: Sequence[RecognisedLine], at: float) -> tuple[list[RecognisedLine], ...]:
    """Return what stands above two columns, the left one, the right one, and what is below."""
    ordered = sorted(group, key=_middle)
    left = [line for line in ordered if _centre(line) < at]
    right = [line for line in ordered if _centre(line) >= at]
    before: list[RecognisedLine] = []
    after: list[RecognisedLine] = []
    for side, other in ((left, right), (right, left)):
        top = min(line.place.top for line in other)
        bottom = max(line.place.bottom for line in other)
        for n in range(len(side) - 1, 0, -1):
            gap = side[n].place.top - side[n - 1].place.bottom
            few = min(n, len(side) - n) <= _FEW
            if gap <= (_STEP_OF_FEW if few else _STEP) * side[n].height:
                continue
            if side[n].place.top >= bottom:
                after += side[n:]
                del side[n:]
            elif side[n - 1].place.bottom <= top:
                before += side[:n]
                del side[:n]
                break
    return before, left, right, after


def rows(lines: Sequence[RecognisedLine]) -> list[Row]:
    """Return the lines of a column by the height at which they stand, from the top."""
    found: list[Row] = []
    for line in sorted(lines, key=_middle):
        if found and _is_beside(found[-1], line):
            found[-1].append(line)
        else:
            found.append([line])
    for row in found:
        row.sort(key=lambda line: line.place.left)
    return found


def _is_beside(row: Row, line: RecognisedLine) -> bool:
    """Whether a line stands at the height of the others and on none of them."""
    for other in row:
        common = min(other.place.bottom, line.place.bottom) - max(other.place.top, line.place.top)
        over = min(other.place.right, line.place.right) - max(other.place.left, line.place.left)
        low = min(other.height, line.height)
        if common < _SAME_ROW * low or over > 0.5 * min(other.width, line.width):
            return False
    return True


def _gutter(lines: Sequence[RecognisedLine]) -> float | None:
    """Return where two columns of prose part, None if there are none."""
    height = median(line.height for line in lines)
    edge, gaps = None, []
    for line in sorted(lines, key=lambda line: line.place.left):
        if edge is not None and line.place.left - edge >= _GUTTER * height:
            gaps.append((line.place.left - edge, (line.place.left + edge) / 2))
        edge = max(edge if edge is not None else line.place.right, line.place.right)
    for _, at in sorted(gaps, reverse=True):
        sides = [[ln for ln in lines if (_centre(ln) < at) == left] for left in (True, False)]
        if all(map(_is_prose, sides)) and _stand_beside(*sides):
            return at
    return None


def _is_prose(lines: Sequence[RecognisedLine]) -> bool:
    """Whether most of what is written, by its length, is in lines as long as those of a column."""
    written = [line for line in lines if not line.cell]
    long = [line for line in written if line.width >= _PROSE * line.height]
    if len(long) < _LEAST_LINES:
        return False
    return sum(line.width for line in long) >= _MOST * sum(line.width for line in written)


def _stand_beside(left: Sequence[RecognisedLine], right: Sequence[RecognisedLine]) -> bool:
    tops = [min(line.place.top for line in side) for side in (left, right)]
    ends = [max(line.place.bottom for line in side) for side in (left, right)]
    common = min(ends) - max(tops)
    return common >= _BESIDE * min(ends[0] - tops[0], ends[1] - tops[1])


def _middle(line: RecognisedLine) -> float:
    return (line.place.top + line.place.bottom) / 2


def _centre(line: RecognisedLine) -> float:
    return (line.place.left + line.place.right) / 2
