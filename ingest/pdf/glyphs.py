"""The words of a page with their places, as pdfium finds them."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_right
from collections import deque
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from ingest.pdf import calls, vertical
from ingest.pdf.drawings import Drawings
from ingest.pdf.fonts import Fonts
from ingest.pdf.frame import Corners
from ingest.pdf.manners import Manner, Manners
from ingest.pdf.words import Word, is_raised
from ingest.text import HALF

_TOUCHES = 0.12  # of the size: characters that are farther from each other are of two words
_SPACE = 0.05  # of the size, at least, if it is a piece of text of its own
_BACK = 0.3  # of the size: a character so far before the last one is drawn anew
_TINY = 1.0  # points: what is smaller nobody reads
_ONE_LINE = 0.5  # of the size, that a character may be raised
_LOWER = 0.85  # of the height of a word's first character, that the last has: an index
_WIDEST = 1.1  # of the size, a character on average
_SPACES = {" ": 1, "\xa0": 1, "\u2002": 1, "\u2003": 2, "\u3000": 2, "\t": 3}
_HYPHENS = {"\x02": "-", "\ufffe": "-"}  # as pdfium marks those at the end of a line
# Behind a hyphen at the end of a line, pdfium goes on with the next one.
_WORD = re.compile(
    "[^ \\t\\r\\n\\xa0\\u2002\\u2003\\u3000\\x02\\ufffe]++[\\x02\\ufffe]?|[\\x02\\ufffe]"
)
_TRAILING = re.compile(r" (?=\r|\n|\Z)")
_LOOKED_AT = frozenset("\x02\ufffeil")  # what a word ends with that is no word as it is
_PIECE = 256  # characters that are asked for at once
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
    words = reader.words
    if 0 in words.by_angle:
        down = words.by_angle.pop(vertical.DOWN, [])
        words.by_angle[0], down = vertical.turned(words.by_angle[0], down, box[2] - box[0])
        if down:
            words.by_angle[vertical.DOWN] = down
    return words


class _Reader:
    def __init__(self, text_page: Any, box: Corners, drawings: Drawings, fonts: Fonts) -> None:
        self.words = Words()
        self._page = calls.address(text_page)
        self._box = box
        self._hidden = drawings.hidden
        self._widened = drawings.widened
        # Rules between columns, by their places: a word that goes across one is looked at.
        self._down = sorted((x0, y0, y1) for x0, y0, x1, y1 in drawings.rules if x1 - x0 < y1 - y0)
        self._count = max(0, pdfium.FPDFText_CountChars(text_page))
        self._has_surrogates = False
        self._string = self._text(text_page)
        self._trailing = {found.start() for found in _TRAILING.finditer(self._string)}
        self._manners = Manners(self._page, box, fonts)
        self._rect = (ctypes.c_float * 4)()  # left, top, right, bottom
        self._rect_at = ctypes.addressof(self._rect)

    def read(self) -> None:
        """Read the words: this is where reading a PDF spends its time."""
        page = self._page
        spans = [found.span() for found in _WORD.finditer(self._string)]
        firsts, lasts = [begin for begin, _ in spans], [end - 1 for _, end in spans]
        objects = list(map(calls.object_of, repeat(page), firsts))
        unknown = list(map(calls.has_no_letter, repeat(page), firsts))
        boxes = (ctypes.c_float * (8 * len(spans)))()  # of the first and the last character
        start = ctypes.addressof(boxes)
        end = start + 32 * len(spans)
        deque(map(calls.box_of, repeat(page), firsts, range(start, end, 32)), 0)
        deque(map(calls.box_of, repeat(page), lasts, range(start + 16, end, 32)), 0)
        flat = boxes[:]
        sides = [flat[n::8] for n in range(8)]
        self._manners.look(objects, firsts)
        manners, hidden, text = self._manners.of, self._hidden, self._string
        done = 0
        for (begin, end), key, is_unknown, left, top, right, low, x0, y1, x1, y0 in zip(
            spans, objects, unknown, *sides, strict=True
        ):
            manner, base = manners[key]
            if end - begin > 1:
                if hidden or (
                    manner.angle == 0
                    and not manner.is_skewed
                    and (
                        self._is_odd(manner.size, end - begin, left, low, top, y0, x1, y1)
                        or (y1 - y0 < _LOWER * (top - low) and y0 > low and text[end - 1].isdigit())
                    )
                ):
                    self._by_characters(begin, end, done)
                    done = end
                    continue
                low = low if low < y0 else y0
                left = left if left < x0 else x0
                right = right if right > x1 else x1
                top = top if top > y1 else y1
            elif key in hidden:
                continue
            if is_unknown == 1 or text[end - 1] in _LOOKED_AT or self._has_surrogates:
                self._add(begin, end, (left, low, right, top), base, done, manner)
            else:
                self._keep(text[begin:end], begin, end, (left, low, right, top), base, done, manner)
            done = end

    def _is_odd(
        self, size: float, length: int, left: float, low: float, top: float,
        last_low: float, right: float, last_top: float,
    ) -> bool:  # fmt: skip
        """Whether the characters of a word may belong to several, or to two lines."""
        off = low - last_low
        if (off if off > 0 else -off) > _ONE_LINE * size and top != last_top:
            return True
        if not 0 < right - left <= (_WIDEST * length + 0.5) * size:
            return True
        if self._down:
            at = bisect_right(self._down, (left + 1, math.inf))
            for x, under, over in self._down[at:]:
                if x >= right - 1:
                    return False
                if under <= low + size / 2 <= over:
                    return True
        return False

    def _by_characters(self, begin: int, end: int, done: int) -> None:
        """Read a word that may be several, character by character."""
        page, rect = self._page, self._rect
        start = -1
        left = bottom = right = top = base = 0.0
        main: Manner | None = None  # of the word: that of its largest character
        for at in range(begin, end):
            key = calls.object_of(page, at)
            if key in self._hidden:
                if start >= 0 and main:
                    self._add(start, at, (left, bottom, right, top), base, done, main)
                    start, done = -1, at
                continue
            calls.box_of(page, at, self._rect_at)
            from_left, high, to_right, low = rect[:]
            manner, own = self._manners.of_one(key, at)
            size = manner.size
            if start >= 0 and main:
                is_other = manner.angle != main.angle or abs(own - base) > _ONE_LINE * main.size
                if self._string[at].isdigit():
                    is_other = is_other or is_raised(size, own, main.size, base)
                is_apart = from_left - right > _TOUCHES * size or from_left < left - _BACK * size
                if is_other or (manner.angle == 0 and is_apart):
                    self._add(start, at, (left, bottom, right, top), base, done, main)
                    start, done = -1, at
            if start < 0 or not main:
                start, left, bottom, right, top = at, from_left, low, to_right, high
                main, base = manner, own
                continue
            if size > main.size:
                main, base = manner, own
            left, bottom = min(left, from_left), min(bottom, low)
            right, top = max(right, to_right), max(top, high)
        if start >= 0 and main:
            self._add(start, end, (left, bottom, right, top), base, done, main)

    def _text(self, text_page: Any) -> str:
        """The characters of the page, by their numbers."""
        text = "".join(
            [
                self._piece(text_page, start, min(_PIECE, self._count - start))
                for start in range(0, self._count, _PIECE)
            ]
        )
        self._has_surrogates = not text.isascii() and bool(HALF.search(text))
        if "\ufffe" in text:  # a hyphen at the end of a line, or a character that is NUL
            letters = list(text)
            for at, letter in enumerate(letters):
                if letter == "\ufffe":
                    letters[at] = chr(calls.unicode_of(self._page, at))
            text = "".join(letters)
        return text

    def _piece(self, text_page: Any, start: int, count: int) -> str:
        """So many characters, each of one unit."""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(text_page, start, count, buffer)
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
        if written == count + 1 and len(text) == count:
            return text
        # Some are left out there, or take two units.
        codes = map(calls.unicode_of, repeat(self._page), range(start, start + count))
        return "".join([chr(code) if code < 0x110000 else "\ufffd" for code in codes])

    def _add(
        self, begin: int, end: int, box: Corners, base: float, done: int, manner: Manner
    ) -> None:
        """Keep the word that has these characters, with what they are."""
        said = self._string[begin:end]
        if said[-1] in _HYPHENS:
            said = f"{said[:-1]}-"
        elif said[-2:] in _LIGATURES and self._is_one(end - 2, end - 1):
            said = said[:-2] + _LIGATURES[said[-2:]]
        if calls.has_no_letter(self._page, begin) == 1:
            said = self._decoded(said, begin)
        if self._has_surrogates:
            said = said.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        self._keep(said, begin, end, box, base, done, manner)

    def _keep(
        self, said: str, begin: int, end: int, box: Corners, base: float, done: int, manner: Manner
    ) -> None:
        """Keep a word, if it stands on the page."""
        angle, is_skewed, size, bold = manner
        if angle == 0 and end - begin > 1:
            wide, high = box[2] - box[0], box[3] - box[1]
            if high > size and vertical.goes_down(said, wide, high, size):
                angle = vertical.DOWN
                base = vertical.base_line(self._manners.frame(angle)[0](*box)[3], size)
        turn, width, height = self._manners.frame(angle)
        if angle:
            left, _, right, _ = turn(*box)
        else:
            left, right = box[0] - self._box[0], box[2] - self._box[0]
        if size < _TINY or right <= 0 or left >= width or base <= 0 or base - size >= height:
            return
        if is_skewed:
            self.words.skewed.append((said, (left, base - size, right, base)))
            return
        spaces = begin - done if done else 0
        if spaces and self._widened and self._are_widened(done, begin):
            before = self.words.by_angle.get(angle)
            spaces = int(before is not None and left - before[-1].right > _SPACE * size)
        elif spaces > 1:
            spaces = sum(map(_SPACES.get, self._string[done:begin], repeat(0)))
        word = Word(said, left, right, base, size, bold, spaces)
        if end in self._trailing:
            calls.box_of(self._page, end, self._rect_at)
            is_drawn = self._rect[1] != self._rect[3]
            word.trails = is_drawn and calls.object_of(self._page, end) not in self._widened
        self.words.by_angle.setdefault(angle, []).append(word)

    def _are_widened(self, begin: int, end: int) -> bool:
        """Whether spaces are pieces of text of their own, of whatever width."""
        return all(calls.object_of(self._page, at) in self._widened for at in range(begin, end))

    def _is_one(self, *places: int) -> bool:
        """Whether characters have one box, as those of a ligature."""
        boxes = set()
        for at in places:
            calls.box_of(self._page, at, self._rect_at)
            boxes.add((self._rect[0], self._rect[2]))
        return len(boxes) == 1

    def _decoded(self, said: str, begin: int) -> str:
        """The word with U+FFFD for what pdfium only knows the code of."""
        return "".join(
            "\ufffd" if calls.has_no_letter(self._page, at) == 1 else char
            for at, char in enumerate(said, start=begin)
        )
