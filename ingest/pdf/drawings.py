"""What is drawn on a page beside its text: pictures, areas, rules; and text that one cannot see."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

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
_INVISIBLE_MODE, _CLIP_MODE = 3, 7


@dataclass
class Drawings:
    """Boxes and rules in the coordinates of PDF: left, bottom, right, top.

    `rules` are (x0, y0, x1, y1) of straight lines, horizontal or vertical, also those around areas.
    `pictures` hold shades, too, `images` do not. `hidden` are text objects that nobody sees, by
    pdfium's pointer; `is_text_hidden` tells that text lies unseen over a picture, as text
    recognition leaves it.
    """

    pictures: list[Corners] = field(default_factory=list)
    images: list[Corners] = field(default_factory=list)
    areas: list[Corners] = field(default_factory=list)
    rules: list[Corners] = field(default_factory=list)
    hidden: set[bytes] = field(default_factory=set)
    paths: int = 0
    is_text_hidden: bool = False


def read_drawings(page: Any) -> Drawings:
    """Return what is drawn on a page, given by pdfium's pointer."""
    looker = _Looker()
    looker.look(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, None, 0)
    return looker.found


class _Looker:
    def __init__(self) -> None:
        self.found = Drawings()
        self._objects = _MOST_OBJECTS
        self._points = _MOST_POINTS
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._ints = [ctypes.c_uint() for _ in range(4)]
        self._pointers = [ctypes.byref(value) for value in self._floats]
        self._colours = [ctypes.byref(value) for value in self._ints]

    def look(self, of: Any, count: Any, get: Any, matrix: Any, depth: int) -> None:
        """Look at the objects of a page, or of a form whose place on the page `matrix` tells."""
        kind_of = pdfium.FPDFPageObj_GetType
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
                    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                        self.found.images.append(box)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = _product(_matrix(item), matrix)
                counted, got = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
                self.look(item, counted, got, inner, depth + 1)

    def _text(self, item: Any, matrix: Any) -> None:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        if mode == _INVISIBLE_MODE:
            if self._is_covered(item, matrix, self.found.pictures):
                self.found.is_text_hidden = True
            else:
                self.found.hidden.add(bytes(item))
        elif mode != _CLIP_MODE:
            pdfium.FPDFPageObj_GetFillColor(item, *self._colours)
            red, green, blue, alpha = self._ints
            if alpha.value == 0:
                self.found.hidden.add(bytes(item))
            elif (
                red.value >= _WHITE
                and green.value >= _WHITE
                and blue.value >= _WHITE
                and mode in (0, 4)
            ):
                found = self.found
                if not self._is_covered(item, matrix, [*found.pictures, *found.areas]):
                    found.hidden.add(bytes(item))

    def _path(self, item: Any, matrix: Any) -> None:
        box = self._bounds(item, matrix)
        if box is None:
            return
        left, bottom, right, top = box
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        if fill.value:
            pdfium.FPDFPageObj_GetFillColor(item, *self._colours)
            *colour, alpha = (value.value for value in self._ints)
            is_seen = alpha > 0 and min(colour) < _WHITE
            if right - left <= _THIN or top - bottom <= _THIN:
                if is_seen:
                    self._rule(*_middle(box))
                return
            if is_seen:
                self.found.areas.append(box)
            if not stroke.value and not is_seen:
                return
        elif not stroke.value:
            return
        if max(right - left, top - bottom) < _SMALLEST:
            return
        count = pdfium.FPDFPath_CountSegments(item)
        if not 2 <= count <= _LONGEST_PATH or self._points < 0:
            return
        self._points -= count
        self._segments(item, count, matrix)

    def _segments(self, item: Any, count: int, matrix: Any) -> None:
        """Take the straight lines out of a path."""
        inner = _product(_matrix(item), matrix)
        start = last = (0.0, 0.0)
        x, y = self._pointers[:2]
        for n in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(item, n)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = _moved(self._floats[0].value, self._floats[1].value, inner)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                self._rule(*last, *point)
            else:  # a curve: it is no table
                return
            last = point
            if pdfium.FPDFPathSegment_GetClose(segment):
                self._rule(*last, *start)
                last = start

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        width, height = abs(x1 - x0), abs(y1 - y0)
        if (width <= _STRAIGHT) != (height <= _STRAIGHT) and width + height >= _SHORTEST_RULE:
            self.found.rules.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def _bounds(self, item: Any, matrix: Any) -> Corners | None:
        if not pdfium.FPDFPageObj_GetBounds(item, *self._pointers):
            return None
        left, bottom, right, top = (value.value for value in self._floats)
        if matrix is None:
            return left, bottom, right, top
        corners = [_moved(x, y, matrix) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _is_covered(self, item: Any, matrix: Any, boxes: list[Corners]) -> bool:
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


def _matrix(item: Any) -> Any:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(one: Any, other: Any) -> Any:
    """One matrix after the other; None is none."""
    if other is None:
        return one
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _moved(x: float, y: float, matrix: Any) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
