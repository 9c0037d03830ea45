"""Lines of a page in the order in which people read them: columns, then rows."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ingest.ocr.recognised_line import RecognisedLine

Row = list[RecognisedLine]
"""What stands at one height of a column, from left to right."""

_SPANNING = 0.62  # of the width of all: a line that runs over more than one column
_GUTTER = 0.6  # of a line's height: the least between two columns
_PROSE = 7.0  # times as long as high: lines of a column; those of a table's cells are shorter
_LEAST_LINES = 3  # in each of two columns
_BESIDE = 0.5  # of the shorter column stands beside the other
_SAME_ROW = 0.5  # of the lower of two lines is at the height of the other
_DEEPEST = 8  # columns within columns


def in_order(lines: Sequence[RecognisedLine]) -> list[RecognisedLine]:
    """Return lines as they are read."""
    return [line for column in columns(lines) for row in rows(column) for line in row]


def columns(lines: Sequence[RecognisedLine], depth: int = 0) -> list[list[RecognisedLine]]:
    """Return the lines of each column, from that which is read first."""
    if len(lines) < 2 * _LEAST_LINES or depth >= _DEEPEST:
        return [list(lines)] if lines else []
    width = max(line.place.right for line in lines) - min(line.place.left for line in lines)
    groups: list[tuple[bool, list[RecognisedLine]]] = []
    for line in sorted(lines, key=_middle):
        is_wide = line.width > _SPANNING * width
        if groups and groups[-1][0] == is_wide:
            groups[-1][1].append(line)
        else:
            groups.append((is_wide, [line]))
    found: list[list[RecognisedLine]] = []
    goes_on = False  # whether the last column may take more lines
    for is_wide, group in groups:
        at = None if is_wide else _gutter(group)
        if at is None:
            if goes_on:
                found[-1] += group
            else:
                found.append(group)
            goes_on = True
            continue
        for side in (True, False):
            found += columns([line for line in group if (_centre(line) < at) == side], depth + 1)
        goes_on = False
    return found


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
    if len(lines) < _LEAST_LINES:
        return False
    return median(line.width / max(line.height, 1e-6) for line in lines) >= _PROSE


def _stand_beside(left: Sequence[RecognisedLine], right: Sequence[RecognisedLine]) -> bool:
    tops = [min(line.place.top for line in side) for side in (left, right)]
    ends = [max(line.place.bottom for line in side) for side in (left, right)]
    common = min(ends) - max(tops)
    return common >= _BESIDE * min(ends[0] - tops[0], ends[1] - tops[1])


def _middle(line: RecognisedLine) -> float:
    return (line.place.top + line.place.bottom) / 2


def _centre(line: RecognisedLine) -> float:
    return (line.place.left + line.place.right) / 2
