"""The characters of a page, each with its place on the page as it is shown."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from ingest.document import Box
from ingest.pdf import calls
from ingest.pdf.frame import Frame

_MOST = 400_000  # characters of a page: more is no page that anyone reads
_ASCENT, _DESCENT = 0.95, 0.3  # of the size: fonts that say more would mark the lines beside
_HYPHENS = {0x02: "-", 0xFFFE: "-"}


class Characters(NamedTuple):
    """The characters of a page in the order of the file; `boxes[n]` is the place of `text[n]`.

    `size` is that of the page as it is shown, in points.
    """

    text: str
    boxes: list[Box]
    size: tuple[float, float]


def page_characters(page: Any) -> Characters:
    """Return the characters of a page that pdfium has loaded, without spaces it only supposes."""
    rotation = page.get_rotation()
    frame = Frame(page.get_bbox(), rotation, rotation)
    turn = frame.reading()
    text_page = page.get_textpage()
    try:
        raw = calls.address(text_page.raw)
        count = min(max(0, pdfium.FPDFText_CountChars(text_page.raw)), _MOST)
        rect = (ctypes.c_float * 4)()  # left, top, right, bottom
        at = ctypes.addressof(rect)
        x, y = ctypes.c_double(), ctypes.c_double()
        x_at, y_at = ctypes.addressof(x), ctypes.addressof(y)
        letters: list[str] = []
        boxes: list[Box] = []
        for n in range(count):
            code = calls.unicode_of(raw, n)
            letter = _HYPHENS.get(code) or (chr(code) if 0x20 < code < 0x110000 else "")
            if not letter or 0xD800 <= code < 0xE000 or not calls.box_of(raw, n, at):
                continue
            left, top, right, low = rect[:]
            size = calls.font_size(raw, n)
            is_tall = not rotation and top - low > size > 1
            if is_tall and calls.origin_of(raw, n, x_at, y_at) and low < y.value < top:
                top = min(top, y.value + _ASCENT * size)
                low = max(low, y.value - _DESCENT * size)
            letters.append(letter)
            boxes.append(Box(*turn(left, low, right, top)))
        return Characters("".join(letters), boxes, frame.size)
    finally:
        text_page.close()
