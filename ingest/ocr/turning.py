"""Pages that lie on their side, stand on their head or are a little tilted are put right."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ingest.ocr.engine import Corners, Engine, Pixels
from ingest.ocr.line_pictures import found_lines, height_of, line_picture, read_line, width_of

_TALL = 1.5  # times as high as wide: then rapidocr turns a line, and it stands on its side
_SAMPLE = 8  # lines that are asked which way up they are
_TRIED = 3  # of them that are read both ways where that is not clear
_DOUBT = 0.25  # of the lines, by their lengths, that seem to stand on their head
_LEAST_LENGTH = 3.0  # times as long as high: shorter lines tell neither direction nor tilt


class Turned:
    """A page the right way up, its lines, and the way back to the page as it was shown.

    `turns` are quarters against the clock by which the page was turned. `tilt`, in radians, is
    how much its lines still fall to the right.
    """

    def __init__(self, engine: Engine, page: Pixels) -> None:
        """Find the lines of a page and the way up that it has."""
        self.turns = 0
        self.page = page
        self.lines = found_lines(engine, page)
        if _lies_on_its_side(self.lines):
            self.turns = 1
            self.page = np.ascontiguousarray(np.rot90(page))
            self.lines = found_lines(engine, self.page)
        if self.lines and _is_upside_down(engine, self.page, self.lines):
            self.turns += 2
            height, width = self.page.shape[:2]
            self.page = np.ascontiguousarray(np.rot90(self.page, 2))
            self.lines = [
                np.roll(np.array([width, height], np.float32) - corners, 2, axis=0)
                for corners in self.lines
            ]
        self.tilt = _tilt(self.lines)

    def straight(self, corners: Corners) -> Corners:
        """Return corners as they would be if the page were not tilted."""
        height, width = self.page.shape[:2]
        middle = np.array([width / 2, height / 2], np.float32)
        cos, sin = math.cos(-self.tilt), math.sin(-self.tilt)
        turn = np.array([[cos, -sin], [sin, cos]], np.float32)
        return np.asarray((corners - middle) @ turn.T + middle, np.float32)

    def shown(self, corners: Corners) -> Corners:
        """Return corners where they are on the page as it was shown."""
        height, width = self.page.shape[:2]
        for _ in range(self.turns):
            # A quarter back: the height becomes the width.
            corners = np.stack([height - corners[:, 1], corners[:, 0]], axis=1)
            height, width = width, height
        return corners


def _lies_on_its_side(lines: Sequence[Corners]) -> bool:
    lengths = {True: 0.0, False: 0.0}
    for corners in lines:
        high, wide = height_of(corners), width_of(corners)
        lengths[high >= _TALL * wide] += max(high, wide)
    return lengths[True] > lengths[False]


def _is_upside_down(engine: Engine, page: Pixels, lines: Sequence[Corners]) -> bool:
    longest = sorted(lines, key=width_of, reverse=True)[:_SAMPLE]
    pictures = [line_picture(page, corners) for corners in longest]
    if engine.upside_down(pictures) < _DOUBT:
        return False
    sure = {
        turned: sum(
            read_line(engine, np.ascontiguousarray(np.rot90(p, 2 * turned)))[1]
            for p in pictures[:_TRIED]
        )
        for turned in (0, 1)
    }
    return sure[1] > sure[0]


def _tilt(lines: Sequence[Corners]) -> float:
    """Return the usual direction of lines, each counted by its length."""
    long = [c for c in lines if width_of(c) >= _LEAST_LENGTH * height_of(c)]
    if not long:
        return 0.0
    runs = [c[1] + c[2] - c[0] - c[3] for c in long]
    angles = [(math.atan2(float(run[1]), float(run[0])), float(np.hypot(*run))) for run in runs]
    half, passed = sum(length for _, length in angles) / 2, 0.0
    for angle, length in sorted(angles):
        passed += length
        if passed >= half:
            return angle
    return 0.0
