"""What is written on a picture of a page: a mark begins and ends between two words of it."""

from __future__ import annotations

import itertools
import re

import numpy as np
from PIL import Image

from ingest.document import Box
from ingest.marking import Piece, clipped

_SPACE = re.compile(r"\s+")
_DARK = 0.35  # of the way from the line's lightest to its darkest: ink
_STRAY = 0.06  # of the line's height, in dark pixels, that a gap may have: specks, lines beside
_CLEAR = 1.25  # times as wide as the gaps within words: those between words
_NEAR = 0.9  # of the line's height, that a gap may be from where the widths say it is
_LEAST = 4  # pixels, a line's height and length: in smaller ones there are no gaps to see


class Ink:
    """A page as dark and light; `size` is that of the page in points."""

    def __init__(self, picture: Image.Image, size: tuple[float, float]) -> None:
        self._picture = picture
        self._across, self._down = picture.width / size[0], picture.height / size[1]

    def fitted(self, piece: Piece) -> Box:
        """Return the piece of a line that is quoted.

        Its ends are where the widths of the characters say, moved to a gap that one sees there.
        """
        assert piece.box  # noqa: S101  # for mypy: one without is searched
        text, line = piece.text, piece.box
        box = clipped(line, text, piece.start, piece.end)
        if box == line:
            return box
        gaps = self._gaps(line)
        if not gaps:
            return box
        between = _between_words(text, gaps)
        left, right = box.left, box.right
        if text[: piece.start].strip():
            left = self._moved(left, piece.start, text, line, gaps, between)
        if text[piece.end :].strip():
            right = self._moved(right, piece.end, text, line, gaps, between)
        return box if right <= left else Box(left, box.top, right, box.bottom)

    def _moved(
        self, side: float, at: int, text: str, line: Box,
        gaps: list[tuple[float, float]], between: dict[int, float],
    ) -> float:  # fmt: skip
        space = next((s for s in _SPACE.finditer(text) if s.start() <= at <= s.end()), None)
        if space and space.start() in between:
            return between[space.start()]
        near = min(gaps, key=lambda gap: abs(sum(gap) / 2 - side))
        middle = sum(near) / 2
        return middle if abs(middle - side) <= _NEAR * (line.bottom - line.top) else side

    def _gaps(self, line: Box) -> list[tuple[float, float]]:
        """Where nothing is written within a line, from left to right, in points."""
        corners = (
            round(line.left * self._across), round(line.top * self._down),
            round(line.right * self._across), round(line.bottom * self._down),
        )  # fmt: skip
        if corners[2] - corners[0] < _LEAST or corners[3] - corners[1] < _LEAST:
            return []
        grey = np.asarray(self._picture.crop(corners).convert("L"), np.int16)
        low, high = int(grey.min()), int(grey.max())
        dark = (grey < high - _DARK * (high - low)).sum(axis=0)
        if dark.mean() > len(grey) / 2:  # light writing on dark ground
            dark = len(grey) - dark
        is_free = dark <= _STRAY * len(grey)
        gaps, at = [], 0
        for free, run in itertools.groupby(is_free.tolist()):
            length = len(list(run))
            if free and at > 0 and at + length < len(is_free):
                left, right = corners[0] + at, corners[0] + at + length
                gaps.append((left / self._across, right / self._across))
            at += length
        return gaps


def _between_words(text: str, gaps: list[tuple[float, float]]) -> dict[int, float]:
    """Return the middle of the gap of each space, if as many gaps are clearly the widest."""
    spaces = [s.start() for s in _SPACE.finditer(text.strip())]
    count = len(spaces)
    if not 0 < count <= len(gaps):
        return {}
    widest = sorted(gaps, key=lambda gap: gap[0] - gap[1])
    least = widest[count - 1][1] - widest[count - 1][0]
    next_ = widest[count][1] - widest[count][0] if count < len(widest) else 0.0
    if least < _CLEAR * next_:
        return {}
    lead = len(text) - len(text.lstrip())
    middles = sorted(sum(gap) / 2 for gap in widest[:count])
    return {lead + at: middle for at, middle in zip(spaces, middles, strict=True)}
