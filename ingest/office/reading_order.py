"""In which order boxes on a slide are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_OVERLAP = 0.1  # of the smaller of two boxes, by which neighbours may reach into each other
_DEEPEST = 30


@dataclass(frozen=True)
class Place:
    """Where something stands, in any unit."""

    left: float
    top: float
    right: float
    bottom: float


def reading_order(places: Sequence[Place]) -> list[int]:
    """Return the indices of boxes in reading order: bands from above, columns within a band.

    The page is cut where a line crosses no box, first across, then down (recursive XY cut). Boxes
    that no line parts keep their order from above, then from the left.
    """
    return _cut(places, list(range(len(places))), 0, across=True)


def _cut(places: Sequence[Place], some: list[int], depth: int, across: bool) -> list[int]:
    if len(some) < 2:
        return some
    if depth > _DEEPEST:
        return _by_place(places, some)
    groups = _bands(places, some, across)
    if len(groups) == 1:
        across = not across
        groups = _bands(places, some, across)
    if len(groups) == 1:
        return _by_place(places, some)
    return [at for group in groups for at in _cut(places, group, depth + 1, not across)]


def _by_place(places: Sequence[Place], some: list[int]) -> list[int]:
    return sorted(some, key=lambda at: (places[at].top, places[at].left, at))


def _bands(places: Sequence[Place], some: list[int], across: bool) -> list[list[int]]:
    """Groups of boxes that overlap each other along one direction, in order."""

    def span(at: int) -> tuple[float, float]:
        place = places[at]
        return (place.top, place.bottom) if across else (place.left, place.right)

    groups: list[list[int]] = []
    end = smallest = 0.0
    for at in sorted(some, key=lambda at: (span(at)[0], at)):
        begin, stop = span(at)
        slack = min(smallest, stop - begin) * _OVERLAP if groups else 0.0
        if not groups or begin >= end - slack:
            groups.append([at])
            end, smallest = stop, stop - begin
        else:
            groups[-1].append(at)
            end, smallest = max(end, stop), min(smallest, stop - begin)
    return groups
