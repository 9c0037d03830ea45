"""The words of a page with their places, as pdfium finds them."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from ingest.pdf.drawings import Drawings
from ingest.pdf.fonts import Fonts
from ingest.pdf.frame import Corners, Frame
from ingest.pdf.words import Word

_TOUCHES = 0.12  # of the size: characters that are farther from each other are of two words
_BACK = 0.3  # of the size: a character so far before the last one is drawn anew
_TINY = 1.0  # points: what is smaller nobody reads
_ONE_LINE = 0.5  # of the size, that a character may be raised
_WIDEST = 1.1  # of the size, a character on average
_SKEWED = 8.0  # degrees off the directions of a page, as watermarks are
_SPACES = {" ": 1, "\xa0": 1, "\u2002": 1, "\u2003": 2, "\u3000": 2, "\t": 3}
_HYPHENS = {"\x02": "-", "\ufffe": "-"}  # as pdfium marks those at the end of a line
# Behind a hyphen at the end of a line, pdfium goes on with the next one.
_WORD = re.compile(
    "[^ \\t\\r\\n\\xa0\\u2002\\u2003\\u3000\\x02\\ufffe]++[\\x02\\ufffe]?|[\\x02\\ufffe]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LIGATURES = {"fi": "\ufb01", "fl": "\ufb02"}


class Words:
    """The words of a page by the angle in which they are written, in the order of the file.

    `skewed` are texts across the page, each with its box in the coordinates of PDF.
    """

    def __init__(self) -> None:
        self.by_angle: dict[int, list[Word]] = {}
        self.skewed: list[tuple[str, Corners]] = []


def read_words(text_page: Any, box: Corners, drawings: Drawings, fonts: Fonts) -> Words:
    """Return the words of a page that one can see.

    What stands between two spaces is a word, pdfium's own spaces included, which it puts where
    characters stand apart. Only where that may be wrong each character is looked at.
    """
    reader = _Reader(text_page, box, drawings, fonts)
    reader.read()
    return reader.words


class _Reader:
    def __init__(self, text_page: Any, box: Corners, drawings: Drawings, fonts: Fonts) -> None:
        self.words = Words()
        self._page = text_page
        self._box = box
        self._fonts = fonts
        self._hidden = drawings.hidden
        # Rules between columns, by their places: a word that goes across one is looked at.
        self._down = sorted((x0, y0, y1) for x0, y0, x1, y1 in drawings.rules if x1 - x0 < y1 - y0)
        self._count = max(0, pdfium.FPDFText_CountChars(text_page))
        self._has_surrogates = False
        self._string = self._text()
        self._frames: dict[int, tuple[Callable[..., Corners], float, float]] = {}
        self._rect = pdfium.FS_RECTF()
        self._pointer = ctypes.byref(self._rect)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._origin = ctypes.byref(self._x), ctypes.byref(self._y)
        self._matrix = pdfium.FS_MATRIX()
        # of the characters that are read now
        self._object = b""
        self._angle = 0
        self._is_skewed = False
        self._size = self._base = 0.0
        self._bold = False

    def read(self) -> None:
        """Read the words: this is where reading a PDF spends its time."""
        text, page, rect = self._string, self._page, self._rect
        get_box, get_object = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetTextObject
        pointer = self._pointer
        done = 0
        for found in _WORD.finditer(text):
            begin, end = found.span()
            item = get_object(page, begin)
            key = bytes(item)
            get_box(page, begin, pointer)
            box = (rect.left, rect.bottom, rect.right, rect.top)
            if key != self._object:
                self._object = key
                self._begin(begin, item)
            if end - begin > 1:
                get_box(page, end - 1, pointer)
                last = (rect.left, rect.bottom, rect.right, rect.top)
                if self._hidden or self._is_odd(box, last, end - begin):
                    self._by_characters(begin, end, done)
                    done = end
                    continue
                box = (
                    box[0] if box[0] < last[0] else last[0],
                    box[1] if box[1] < last[1] else last[1],
                    box[2] if box[2] > last[2] else last[2],
                    box[3] if box[3] > last[3] else last[3],
                )
            elif key in self._hidden:
                continue
            self._add(begin, end, box, done)
            done = end

    def _is_odd(self, first: Corners, last: Corners, length: int) -> bool:
        """Whether the characters of a word may belong to several, or to two lines."""
        if self._angle == 0 and not self._is_skewed:
            size = self._size
            if abs(first[1] - last[1]) > _ONE_LINE * size and first[3] != last[3]:
                return True
            width = last[2] - first[0]
            if not 0 < width <= (_WIDEST * length + 0.5) * size:
                return True
            if self._down:
                at = bisect_right(self._down, (first[0] + 1, math.inf))
                y = first[1]
                for x, low, high in self._down[at:]:
                    if x >= last[2] - 1:
                        return False
                    if low <= y + size / 2 <= high:
                        return True
        return False

    def _by_characters(self, begin: int, end: int, done: int) -> None:
        """Read a word that may be several, character by character."""
        page, rect = self._page, self._rect
        start = -1
        left = bottom = right = top = 0.0
        for at in range(begin, end):
            item = pdfium.FPDFText_GetTextObject(page, at)
            key = bytes(item)
            if key in self._hidden:
                if start >= 0:
                    self._add(start, at, (left, bottom, right, top), done)
                    start, done = -1, at
                continue
            pdfium.FPDFText_GetLooseCharBox(page, at, self._pointer)
            from_left, low, to_right, high = rect.left, rect.bottom, rect.right, rect.top
            base, size = self._base, self._size
            if key != self._object:
                self._object = key
                angle, _bold = self._angle, self._bold
                now = (self._angle, self._is_skewed, self._size, self._base, self._bold)
                self._begin(at, item)
                if start >= 0 and (
                    angle != self._angle or abs(base - self._base) > _ONE_LINE * size
                ):
                    after = (self._angle, self._is_skewed, self._size, self._base, self._bold)
                    self._angle, self._is_skewed, self._size, self._base, self._bold = now
                    self._add(start, at, (left, bottom, right, top), done)
                    self._angle, self._is_skewed, self._size, self._base, self._bold = after
                    start, done = -1, at
            is_apart = (
                from_left - right > _TOUCHES * self._size or from_left < left - _BACK * self._size
            )
            if start >= 0 and self._angle == 0 and is_apart:
                self._add(start, at, (left, bottom, right, top), done)
                start, done = -1, at
            if start < 0:
                start, left, bottom, right, top = at, from_left, low, to_right, high
            else:
                left, bottom = min(left, from_left), min(bottom, low)
                right, top = max(right, to_right), max(top, high)
        if start >= 0:
            self._add(start, end, (left, bottom, right, top), done)

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
        elif "\ufffe" in text:  # a hyphen at the end of a line, or a character that is NUL
            letters = list(text)
            for at, letter in enumerate(letters):
                if letter == "\ufffe":
                    letters[at] = chr(pdfium.FPDFText_GetUnicode(self._page, at))
            text = "".join(letters)
        return text

    def _begin(self, at: int, item: Any) -> None:
        """Look at how a text object is written, of which a character is the first that is read."""
        page, matrix = self._page, self._matrix
        pdfium.FPDFText_GetMatrix(page, at, ctypes.byref(matrix))
        if matrix.b == 0 and matrix.a > 0:
            nearest, self._is_skewed, scale = 0, False, abs(matrix.d)
        else:
            degrees = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
            nearest = round(degrees / 90) % 4 * 90
            self._is_skewed = abs((degrees - nearest + 180) % 360 - 180) > _SKEWED
            scale = math.hypot(matrix.c, matrix.d)
        self._angle = nearest
        if nearest not in self._frames:
            frame = Frame(self._box, 0, nearest)
            x0, y0, x1, y1 = self._box
            size = (y1 - y0, x1 - x0) if nearest % 180 else (x1 - x0, y1 - y0)
            self._frames[nearest] = (frame.reading(), *size)
            self.words.by_angle.setdefault(nearest, [])
        self._size = pdfium.FPDFText_GetFontSize(page, at) * scale
        pdfium.FPDFText_GetCharOrigin(page, at, *self._origin)
        x, y = self._x.value, self._y.value
        self._base = self._frames[nearest][0](x, y, x, y)[1]
        self._bold = self._fonts.is_bold(item)

    def _add(self, begin: int, end: int, box: Corners, done: int) -> None:
        """Keep the word that has these characters, if it stands on the page."""
        turn, width, height = self._frames[self._angle]
        if self._angle:
            left, _, right, _ = turn(*box)
        else:
            left, right = box[0] - self._box[0], box[2] - self._box[0]
        base, size = self._base, self._size
        if size < _TINY or right <= 0 or left >= width or base <= 0 or base - size >= height:
            return
        text = self._string
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
            return
        spaces = begin - done if done else 0
        if spaces > 1:
            spaces = sum(map(_SPACES.get, text[done:begin], repeat(0)))
        word = Word(said, left, right, base, size, self._bold, spaces)
        after = text[end : end + 2]
        if after[:1] == " " and after[1:] in ("", "\r", "\n"):
            pdfium.FPDFText_GetLooseCharBox(self._page, end, self._pointer)
            word.trails = self._rect.top != self._rect.bottom
        self.words.by_angle[self._angle].append(word)

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
