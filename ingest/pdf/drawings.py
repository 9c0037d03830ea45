"""What is drawn on a page beside its text: pictures, areas, rules; and text that one cannot see."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from ingest.pdf import calls
from ingest.pdf.covers import Covers
from ingest.pdf.frame import Corners

_MOST_OBJECTS = 30_000  # of a page that are looked at: a map has more, and its text stands anyway
_DEEPEST = 6  # forms in forms
_LONGEST_PATH = 2000  # points of a path: longer ones are curves of a picture
_MOST_POINTS = 40_000
_THIN = 2.5  # points: a thicker line is an area
_SMALLEST = 8.0  # points: a smaller box is no table's
_SHORTEST_RULE = 4.0  # points
_STRAIGHT = 0.6  # points that a rule may be off
_WHITE = 250  # of 255
_STROKED_MODE, _INVISIBLE_MODE, _CLIP_MODE = 1, 3, 7
_STAYS = (ctypes.c_float * 6)(1, 0, 0, 1, 0, 0)

Matrix = tuple[float, ...]


@dataclass
class Drawings:
    """Boxes and rules in the coordinates of PDF: left, bottom, right, top.

    `rules` are (x0, y0, x1, y1) of straight lines, horizontal or vertical, also those around areas.
    `pictures` hold shades, too, `images` do not. `hidden` are text objects that nobody sees, by
    pdfium's pointer, `widened` those that had no width, most of them spaces; `is_text_hidden` tells
    that text lies unseen over a picture, as text recognition leaves it.
    """

    pictures: list[Corners] = field(default_factory=list)
    images: list[Corners] = field(default_factory=list)
    rules: list[Corners] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    widened: set[int] = field(default_factory=set)
    paths: int = 0
    is_text_hidden: bool = False


def read_drawings(page: Any) -> Drawings:
    """Return what is drawn on a page, given by pdfium's pointer.

    Letters without a shape, which pdfium's text would lack, get a width.
    """
    looker = _Looker()
    looker.look(calls.address(page), calls.count_objects, calls.object_at, None, 0)
    return looker.found


class _Looker:
    def __init__(self) -> None:
        self.found = Drawings()
        self._covers = Covers()
        self.found.hidden = self._covers.hidden
        self._objects = _MOST_OBJECTS
        self._points = _MOST_POINTS
        self._floats = (ctypes.c_float * 4)()
        self._ints = (ctypes.c_uint * 4)()
        self._modes = (ctypes.c_int * 2)()
        self._float_at, self._int_at, self._mode_at = (
            tuple(ctypes.addressof(values) + 4 * n for n in range(len(values)))
            for values in (self._floats, self._ints, self._modes)
        )
        self._matrix = (ctypes.c_float * 6)()
        self._matrix_at = ctypes.addressof(self._matrix)

    def look(
        self, of: int, count: Callable[..., int], get: Callable[..., int], matrix: Matrix | None,
        depth: int,
    ) -> None:  # fmt: skip
        """Look at the objects of a page, or of a form whose place on the page `matrix` tells."""
        kind_of = calls.kind_of
        for n in range(count(of)):
            self._objects -= 1
            if self._objects < 0:
                return
            item = get(of, n)
            kind = kind_of(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._text(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.found.paths += 1
                self._path(item, matrix)
            elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
                if (box := self._bounds(item, matrix)) is not None:
                    self.found.pictures.append(box)
                    self._covers.add_picture(box)
                    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                        self.found.images.append(box)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = _product(self._matrix_of(item), matrix)
                is_opaque = self._covers.are_opaque
                self._covers.are_opaque = is_opaque and not calls.has_transparency(item)
                self.look(item, calls.count_form_objects, calls.form_object_at, inner, depth + 1)
                self._covers.are_opaque = is_opaque

    def _text(self, item: int, matrix: Matrix | None) -> None:
        mode = calls.render_mode(item)
        if not calls.bounds_of(item, *self._float_at):
            return
        left, low, right, high = self._floats
        box = (left, low, right, high) if matrix is None else self._bounds(item, matrix)
        if left == right:
            self._widen(item, mode)
        if mode == _INVISIBLE_MODE:
            if self._is_covered(item, matrix, self.found.pictures):
                self.found.is_text_hidden = True
            else:
                self.found.hidden.add(item)
        elif mode != _CLIP_MODE:
            calls.fill_colour(item, *self._int_at)
            red, green, blue, alpha = self._ints
            if alpha == 0:
                self.found.hidden.add(item)
                return
            if box is None:
                return
            is_white = red >= _WHITE and green >= _WHITE and blue >= _WHITE
            colour = (red, green, blue)
            if (
                (is_white or colour in self._covers.colours)
                and mode in (0, 4)
                and self._covers.is_below(box, colour, is_paper=is_white)
            ):
                self.found.hidden.add(item)
            else:
                self._covers.texts.append((item, *box))

    def _widen(self, item: int, mode: int) -> None:
        """Give a text object without width one, as pdfium leaves it out of the text else.

        One letter has none if its font has no shape for it, as fonts have that are not embedded
        and not installed, and those whose letters are drawings (Type 3) without a box.
        """
        calls.set_render_mode(item, _STROKED_MODE)  # then it is as wide as its line at least
        calls.set_stroke_width(item, 1.0)
        calls.move(item, ctypes.addressof(_STAYS))
        calls.set_render_mode(item, mode)
        self.found.widened.add(item)

    def _path(self, item: int, matrix: Matrix | None) -> None:
        box = self._bounds(item, matrix)
        if box is None:
            return
        left, bottom, right, top = box
        calls.draw_mode(item, *self._mode_at)
        fill, stroke = self._modes
        if fill:
            calls.fill_colour(item, *self._int_at)
            red, green, blue, alpha = self._ints
            is_seen = alpha > 0 and (red < _WHITE or green < _WHITE or blue < _WHITE)
            if right - left <= _THIN or top - bottom <= _THIN:
                if is_seen:
                    self._rule(*_middle(box))
                return
            self._covers.add_area(item, box, (red, green, blue, alpha))
            if not is_seen and not stroke:
                return
        elif not stroke:
            return
        if right - left < _SMALLEST and top - bottom < _SMALLEST:
            return
        count = calls.count_segments(item)
        if not 2 <= count <= _LONGEST_PATH or self._points < 0:
            return
        self._points -= count
        self._segments(item, count, matrix)

    def _segments(self, item: int, count: int, matrix: Matrix | None) -> None:
        """Take the straight lines out of a path."""
        inner = _product(self._matrix_of(item), matrix)
        start = last = (0.0, 0.0)
        x, y = self._float_at[:2]
        segment_at, point_of, kind_of = calls.segment_at, calls.point_of, calls.kind_of_segment
        for n in range(count):
            segment = segment_at(item, n)
            kind = kind_of(segment)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:  # it is no table
                return
            point_of(segment, x, y)
            point = _moved(self._floats[0], self._floats[1], inner)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = point
            else:
                self._rule(*last, *point)
            last = point
            if calls.closes(segment):
                self._rule(*last, *start)
                last = start

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        width, height = abs(x1 - x0), abs(y1 - y0)
        if (width <= _STRAIGHT) != (height <= _STRAIGHT) and width + height >= _SHORTEST_RULE:
            self.found.rules.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def _matrix_of(self, item: int) -> Matrix:
        calls.matrix_of_object(item, self._matrix_at)
        return tuple(self._matrix)

    def _bounds(self, item: int, matrix: Matrix | None) -> Corners | None:
        if not calls.bounds_of(item, *self._float_at):
            return None
        left, bottom, right, top = self._floats
        if matrix is None:
            return left, bottom, right, top
        corners = [_moved(x, y, matrix) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _is_covered(self, item: int, matrix: Matrix | None, boxes: list[Corners]) -> bool:
        """Whether the middle of a text object lies over one of the boxes."""
        box = self._bounds(item, matrix)
        if box is None:
            return False
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return any(left <= x <= right and low <= y <= high for left, low, right, high in boxes)


def _middle(box: Corners) -> Corners:
    """The line along the middle of a thin box."""
    left, bottom, right, top = box
    if right - left > top - bottom:
        return left, (bottom + top) / 2, right, (bottom + top) / 2
    return (left + right) / 2, bottom, (left + right) / 2, top


def _product(one: Matrix, other: Matrix | None) -> Matrix:
    """One matrix after the other; None is none."""
    if other is None:
        return one
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
