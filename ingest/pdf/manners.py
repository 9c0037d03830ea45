"""How the text objects of a page are written: direction, size, weight, base line."""

from __future__ import annotations

import ctypes
import math
from collections import deque
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from ingest.pdf import calls
from ingest.pdf.fonts import Fonts
from ingest.pdf.frame import Corners, Frame

_SKEWED = 8.0  # degrees off the directions of a page, as watermarks are


class Manner(NamedTuple):
    """How text is written."""

    angle: int
    is_skewed: bool
    size: float
    bold: bool


class Manners:
    """How each text object is written, and its base line, in `of` by pdfium's pointers."""

    def __init__(self, page: int, box: Corners, fonts: Fonts) -> None:
        self.of: dict[int | None, tuple[Manner, float]] = {}
        self._frames: dict[int, tuple[Callable[..., Corners], float, float]] = {}
        self._page = page
        self._box = box
        self._fonts = fonts
        self._known: dict[tuple[Any, ...], Manner] = {}  # by font, size, and matrix

    def of_one(self, key: int | None, at: int) -> tuple[Manner, float]:
        """Return it of one text object, which has this character."""
        if key not in self.of:
            self.look([key], [at])
        return self.of[key]

    def frame(self, angle: int) -> tuple[Callable[..., Corners], float, float]:
        """Return how a box is turned for text of an angle, and the page's width and height then."""
        if angle not in self._frames:
            x0, y0, x1, y1 = self._box
            size = (y1 - y0, x1 - x0) if angle % 180 else (x1 - x0, y1 - y0)
            self._frames[angle] = (Frame(self._box, 0, angle).reading(), *size)
        return self._frames[angle]

    def look(self, objects: Sequence[int | None], firsts: Sequence[int]) -> None:
        """Look at text objects, of each of which a character is told."""
        page = self._page
        first = dict(zip(reversed(objects), reversed(firsts), strict=True))
        count = len(first)
        matrices = (ctypes.c_float * (6 * count))()
        start = ctypes.addressof(matrices)
        deque(
            map(
                calls.matrix_of, repeat(page), first.values(), range(start, start + 24 * count, 24)
            ),
            0,
        )
        flat = matrices[:]
        points = (ctypes.c_double * (2 * count))()
        start = ctypes.addressof(points)
        ends = range(start, start + 16 * count, 16), range(start + 8, start + 16 * count, 16)
        deque(map(calls.origin_of, repeat(page), first.values(), *ends), 0)
        places = points[:]
        sizes = map(calls.font_size, repeat(page), first.values())
        fonts = map(calls.font_of, first)
        known = self._known
        up = self._box[3]
        for key, x, y, *told in zip(
            first, places[::2], places[1::2], fonts, sizes,
            flat[::6], flat[1::6], flat[2::6], flat[3::6], strict=True,
        ):  # fmt: skip
            manner = known.get(kind := tuple(told))
            if manner is None:
                manner = known[kind] = self._begin(key, *told[1:])
            base = self.frame(manner.angle)[0](x, y, x, y)[1] if manner.angle else up - y
            self.of[key] = manner, base

    def _begin(
        self, key: int | None, font_size: float, a: float, b: float, c: float, d: float
    ) -> Manner:
        """Find out how a text object is written."""
        is_skewed = False
        if b == 0 and a > 0:
            nearest, scale = 0, abs(d)
        else:
            degrees = math.degrees(math.atan2(b, a)) % 360
            nearest = round(degrees / 90) % 4 * 90
            is_skewed = abs((degrees - nearest + 180) % 360 - 180) > _SKEWED
            scale = math.hypot(c, d)
        bold = key is not None and self._fonts.is_bold(key)
        return Manner(nearest, is_skewed, font_size * scale, bold)
