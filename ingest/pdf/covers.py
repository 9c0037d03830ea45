"""Filled rectangles of a page: what they hide, and what has their colour."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import NamedTuple

from ingest.pdf import calls
from ingest.pdf.frame import Corners

_MOST_COMPARED = 1_000_000  # texts and rectangles of a page
_SLACK = 1.0  # points that a letter may stick out of what covers it
_RECTANGLE = 6  # points of its path at most
_MOST_POINTS = 200  # of a clip
_OPAQUE = 255

Colour = tuple[int, int, int]
_Text = tuple[int, float, float, float, float]  # and its box


class _Cover(NamedTuple):
    """What is drawn below text; `colour` is None if it is no plain rectangle."""

    item: int
    box: Corners
    colour: Colour | None


class Covers:
    """What is drawn on a page, in this order, as far as it hides text.

    `texts` are those that one can see so far, `colours` those of plain areas. `are_opaque` is
    whether what is told of hides what is below it, as far as it does so itself.
    """

    def __init__(self) -> None:
        self.are_opaque = True
        self.hidden: set[int] = set()
        self.texts: list[_Text] = []
        self._covers: list[_Cover] = []
        self.colours: set[Colour] = set()
        self._compared = 0
        self._floats = (ctypes.c_float * 2)()
        self._x = ctypes.addressof(self._floats)

    def add_picture(self, box: Corners) -> None:
        """Tell of a picture: text over it is seen."""
        self._covers.append(_Cover(0, box, None))

    def add_area(self, item: int, box: Corners, rgba: tuple[int, int, int, int]) -> None:
        """Tell of a filled area; text below it is hidden."""
        is_plain = (
            self.are_opaque and rgba[3] == _OPAQUE and calls.count_segments(item) <= _RECTANGLE
        )
        colour = rgba[:3] if is_plain else None
        self._covers.append(_Cover(item, box, colour))
        if colour is None:
            return
        self.colours.add(colour)
        if self._compared > _MOST_COMPARED:
            return
        self._compared += len(self.texts)
        below = _within(self.texts, box)
        if below and (seen := self._seen(self._covers[-1])):
            self.hidden.update(text[0] for text in _within(below, seen))

    def is_below(self, box: Corners, colour: Colour, *, is_paper: bool) -> bool:
        """Whether what is below a text has its colour; `is_paper`, whether that is white."""
        if self._compared > _MOST_COMPARED:
            return False
        self._compared += len(self._covers)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for cover in reversed(self._covers):
            left, low, right, high = cover.box
            if left <= x <= right and low <= y <= high:
                if cover.colour is None:
                    return False
                seen = self._seen(cover)
                if seen and seen[0] <= x <= seen[2] and seen[1] <= y <= seen[3]:
                    return colour == cover.colour
        return is_paper

    def _seen(self, cover: _Cover) -> Corners | None:
        """What is seen of a rectangle, within its clip; None if one sees through it."""
        if calls.has_transparency(cover.item):
            return None
        left, low, right, high = cover.box
        clip = calls.clip_of(cover.item)
        for path in range(max(0, calls.count_clips(clip)) if clip else 0):
            xs, ys = self._points(clip, path)
            if not xs:
                return None
            left, right = max(left, min(xs)), min(right, max(xs))
            low, high = max(low, min(ys)), min(high, max(ys))
        return (left, low, right, high) if left < right and low < high else None

    def _points(self, clip: int, path: int) -> tuple[list[float], list[float]]:
        count = calls.count_clip_segments(clip, path)
        xs, ys = [], []
        for n in range(count if count <= _MOST_POINTS else 0):
            calls.point_of(calls.clip_segment_at(clip, path, n), self._x, self._x + 4)
            xs.append(self._floats[0])
            ys.append(self._floats[1])
        return xs, ys


def _within(texts: Sequence[_Text], box: Corners) -> list[_Text]:
    """The texts that lie in a box."""
    left, low, right, high = box[0] - _SLACK, box[1] - _SLACK, box[2] + _SLACK, box[3] + _SLACK
    return [
        text
        for text in texts
        if left <= text[1] and text[3] <= right and low <= text[2] and text[4] <= high
    ]
