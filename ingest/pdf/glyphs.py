"""The words of a page with their places, as pdfium finds them."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Container
from typing import Any

import pypdfium2.raw as pdfium

from ingest.pdf.frame import Corners, Frame
from ingest.pdf.words import Word

_TOUCHES = 0.12  # of the size: characters that are farther from each other are of two words
_BACK = 0.3  # of the size: a character so far before the last one is drawn anew
_TINY = 1.0  # points: what is smaller nobody reads
_SAME_BASE = 0.1  # points
_SKEWED = 8.0  # degrees off the directions of a page, as watermarks are
_SPACES = {" ": 1, "\xa0": 1, "\u2002": 1, "\u2003": 2, "\u3000": 2, "\t": 3}
_HYPHENS = {"\x02": "-", "\ufffe": "-"}  # as pdfium marks those at the end of a line
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LIGATURES = {"fi": "\ufb01", "fl": "\ufb02"}
_BOLD = re.compile(r"bold|black|heavy|semib|demi|simhei|heiti", re.IGNORECASE)
_BOLD_WEIGHT = 600


class Words:
    """The words of a page by the angle in which they are written, in the order of the file.

    `skewed` are texts across the page, each with its box in the coordinates of PDF.
    """

    def __init__(self) -> None:
        self.by_angle: dict[int, list[Word]] = {}
        self.skewed: list[tuple[str, Corners]] = []


def read_words(text_page: Any, box: Corners, hidden: Container[bytes], fonts: Fonts) -> Words:
    """Return the words of a page that one can see; `hidden` are text objects that one cannot."""
    reader = _Reader(text_page, box, fonts)
    reader.read(hidden)
    return reader.words


class Fonts:
    """Which fonts of a document are bold, by pdfium's pointer to them."""

    def __init__(self) -> None:
        self._bold: dict[bytes, bool] = {}
        self._name = ctypes.create_string_buffer(256)

    def is_bold(self, text_object: Any) -> bool:
        """Whether a text object is in a bold font, by the name of it."""
        font = pdfium.FPDFTextObj_GetFont(text_object)
        key = bytes(font)
        if key not in self._bold:
            pdfium.FPDFFont_GetBaseFontName(font, self._name, len(self._name))
            self._bold[key] = bool(_BOLD.search(self._name.value.decode("latin-1")))
        return self._bold[key]


class _Reader:
    def __init__(self, text_page: Any, box: Corners, fonts: Fonts) -> None:
        self.words = Words()
        self._page = text_page
        self._box = box
        self._fonts = fonts
        self._count = max(0, pdfium.FPDFText_CountChars(text_page))
        self._frames: dict[int, tuple[Callable[..., Corners], float, float]] = {}
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._origin = ctypes.byref(self._x), ctypes.byref(self._y)
        self._matrix = pdfium.FS_MATRIX()
        self._has_surrogates = False
        # of the characters that are read now
        self._angle = 0
        self._is_skewed = False
        self._size = self._font_size = self._base = 0.0
        self._bold = False

    def read(self, hidden: Container[bytes]) -> None:
        """Read the characters one by one: this is where reading a PDF spends its time."""
        page, text = self._page, self._text()
        get_box, get_object = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetTextObject
        rect = pdfium.FS_RECTF()
        pointer = ctypes.byref(rect)
        begin, spaces = -1, 0  # of the word that is read, and before it
        left = right = 0.0
        top = bottom = -1.0
        turn: Callable[..., Corners] | None = None
        for at, char in enumerate(text):
            get_box(page, at, pointer)
            l, b, r, t = rect.left, rect.bottom, rect.right, rect.top
            if t == b or char in _SPACES or (hidden and bytes(get_object(page, at)) in hidden):
                if begin >= 0:
                    word = self._end(text, begin, at, left, right, spaces)
                    begin, spaces = -1, 0
                    if word and t != b:
                        word.trails = True
                if char in _SPACES:
                    spaces += _SPACES[char]
                continue
            if turn is not None:
                l, b, r, t = turn(l, b, r, t)
            if (t != top or b != bottom) and not (begin >= 0 and self._goes_on(at)):
                if begin >= 0:
                    self._end(text, begin, at, left, right, spaces)
                    spaces = 0
                self._begin_line(at)
                turn = self._frames[self._angle][0] if self._angle else None
                l, b, r, t = rect.left, rect.bottom, rect.right, rect.top
                if turn is not None:
                    l, b, r, t = turn(l, b, r, t)
                top, bottom, begin = t, b, at
                left, right = l, r
            elif begin < 0:
                begin, left, right = at, l, r
            elif l - right > _TOUCHES * self._size or l < left - _BACK * self._size:
                self._end(text, begin, at, left, right, spaces)
                begin, spaces, left, right = at, 0, l, r
            elif r > right:
                right = r
        if begin >= 0:
            self._end(text, begin, self._count, left, right, spaces)

    def _text(self) -> str:
        """The characters of the page, by their numbers."""
        buffer = (ctypes.c_ushort * (self._count + 1))()
        written = pdfium.FPDFText_GetText(self._page, 0, self._count, buffer)
        text = bytes(buffer)[: 2 * self._count].decode("utf-16-le", "surrogatepass")
        if written != self._count + 1 or len(text) != self._count:
            # Some are left out there, or take two units.
            codes = (pdfium.FPDFText_GetUnicode(self._page, n) for n in range(self._count))
            text = "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)
            self._has_surrogates = bool(_SURROGATE.search(text))
        return text

    def _goes_on(self, at: int) -> bool:
        """Whether a character of another height is written as the one before it."""
        page = self._page
        if self._angle or pdfium.FPDFText_GetFontSize(page, at) != self._font_size:
            return False
        pdfium.FPDFText_GetCharOrigin(page, at, *self._origin)
        return abs(self._box[3] - self._y.value - self._base) < _SAME_BASE

    def _begin_line(self, at: int) -> None:
        """Look at how a character is written, and those that follow it on the same line."""
        page, matrix = self._page, self._matrix
        pdfium.FPDFText_GetMatrix(page, at, ctypes.byref(matrix))
        degrees = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
        nearest = round(degrees / 90) % 4 * 90
        self._is_skewed = abs((degrees - nearest + 180) % 360 - 180) > _SKEWED
        self._angle = nearest
        if nearest not in self._frames:
            frame = Frame(self._box, 0, nearest)
            x0, y0, x1, y1 = self._box
            size = (y1 - y0, x1 - x0) if nearest % 180 else (x1 - x0, y1 - y0)
            self._frames[nearest] = (frame.reading(), *size)
            self.words.by_angle.setdefault(nearest, [])
        scale = math.hypot(matrix.c, matrix.d)
        self._font_size = pdfium.FPDFText_GetFontSize(page, at)
        self._size = self._font_size * scale
        pdfium.FPDFText_GetCharOrigin(page, at, *self._origin)
        x, y = self._x.value, self._y.value
        self._base = self._frames[nearest][0](x, y, x, y)[1]
        weight = pdfium.FPDFText_GetFontWeight(page, at)
        self._bold = weight >= _BOLD_WEIGHT or self._fonts.is_bold(
            pdfium.FPDFText_GetTextObject(page, at)
        )

    def _end(
        self, text: str, begin: int, end: int, left: float, right: float, spaces: int
    ) -> Word | None:
        """Keep the word that has these characters, if it stands on the page."""
        _, width, height = self._frames[self._angle]
        base, size = self._base, self._size
        if size < _TINY or right <= 0 or left >= width or base <= 0 or base - size >= height:
            return None
        said = text[begin:end]
        if said[-1] in _HYPHENS:
            said = f"{said[:-1]}-"
        elif said[-2:] in _LIGATURES and self._is_one(end - 2, end - 1):
            said = said[:-2] + _LIGATURES[said[-2:]]
        if pdfium.FPDFText_HasUnicodeMapError(self._page, begin) == 1:
            said = self._decoded(said, begin)
        if self._has_surrogates:
            said = said.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        if self._is_skewed:
            self.words.skewed.append((said, (left, base - size, right, base)))
            return None
        word = Word(said, left, right, base, size, self._bold, spaces)
        self.words.by_angle[self._angle].append(word)
        return word

    def _is_one(self, *places: int) -> bool:
        """Whether characters have one box: pdfium gives those of a ligature one by one."""
        boxes = []
        for at in places:
            rect = pdfium.FS_RECTF()
            pdfium.FPDFText_GetLooseCharBox(self._page, at, ctypes.byref(rect))
            boxes.append((rect.left, rect.right))
        return len(set(boxes)) == 1

    def _decoded(self, said: str, begin: int) -> str:
        """The word with U+FFFD for what pdfium only knows the code of."""
        unknown = pdfium.FPDFText_HasUnicodeMapError
        return "".join(
            "\ufffd" if unknown(self._page, at) == 1 else char
            for at, char in enumerate(said, start=begin)
        )
