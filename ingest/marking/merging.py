"""The boxes of characters become one for each line."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.document import Box

_SAME = 0.5  # of the smaller one's height, that two boxes of a line have in common
_GAP = 2.5  # heights between two boxes of a line: cells stand farther apart
_SLIM = 1.7  # times as wide as high, or as the others: a character at most
_BELOW = 0.6  # of its width, from a character to the one below it


def merged(boxes: Iterable[Box]) -> list[Box]:
    """Return boxes in the order of reading with neighbours of one line, or column, as one."""
    found: list[Box] = []
    for box in boxes:
        if box.right <= box.left or box.bottom <= box.top:
            continue
        if found and _are_neighbours(found[-1], box):
            last = found[-1]
            box = Box(
                min(last.left, box.left),
                min(last.top, box.top),
                max(last.right, box.right),
                max(last.bottom, box.bottom),
            )
            found[-1] = box
        else:
            found.append(box)
    return found


def _are_neighbours(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    height = min(one.bottom - one.top, other.bottom - other.top)
    width = min(one.right - one.left, other.right - other.left)
    if down >= _SAME * height and -across <= _GAP * height:
        return True
    # Characters below each other, as on a page that was turned.
    own, high = other.right - other.left, other.bottom - other.top
    is_column = own <= _SLIM * high and one.right - one.left <= _SLIM * own
    return is_column and across >= _SAME * width and -down <= _BELOW * own
