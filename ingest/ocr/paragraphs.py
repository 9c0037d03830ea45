"""Which lines of a column are headings, and where its paragraphs end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.ocr.reading_order import Row
from ingest.ocr.recognised_line import RecognisedLine
from ingest.text import CHINESE_NUMERALS, CLOSING, END_MARKS, HAN

# Times the usual size: a heading, and one of the first level. Chinese characters are as wide as
# high, so a line's length tells their size to 2 %; the box around Latin letters tells it to 15 %.
_LARGE_HAN, _LARGE, _TITLE = 1.13, 1.3, 1.6
_EDGE = 0.2  # of its height: what a box is longer than its line
_LONGEST_HEADING = 50  # characters
_NOT_FULL = 2.0  # times its height that a line may end before the column does, and still be full
_HALF = 0.5  # of the column's width: full enough where a small letter follows
_INDENT = 1.0  # times its height that a paragraph's first line begins further in
_FAR = 1.1  # times their height between two lines: a new paragraph
_WIDER = 1.12  # times the usual step from line to line, behind the end of a sentence
_BODY = 0.8  # of the characters of a page are no larger than its text
_MOST_HAN = 0.6  # of a line's characters, where its length tells their size
_WIDE = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uff60]")
_ENDS = re.compile(rf"[{END_MARKS}：:…][{CLOSING}》】]*$")
_CHAPTER = re.compile(rf"第[\d{CHINESE_NUMERALS}]{{1,5}}([章编篇节])")
_ITEM = re.compile(
    rf"""[•·●○■□◆◇▪▶➢✓*–—-]\s?
    | [(（]?(\d{{1,3}}|[{CHINESE_NUMERALS}]{{1,4}})[)）.、．](?!\d)
    | 第[\d{CHINESE_NUMERALS}]{{1,5}}[章节条條款]
    | \d{{1,3}}(\.\d{{1,3}}){{1,4}}\s?\D""",
    re.VERBOSE,
)


class Sizes:
    """How large the characters of a page usually are, by which its headings are known."""

    def __init__(self, lines: Sequence[RecognisedLine]) -> None:
        """Measure the lines of a page; a fifth of their characters may be those of headings.

        Most may be those of notes, so what is half of all is not what is usual.
        """
        self._usual: dict[bool, float] = {}
        for is_han in (True, False):
            measured = [
                size
                for line in lines
                for kind, size in (_size(line),)
                if kind is is_han
                for _ in range(len(line.text) // 8 + 1)
            ]
            if measured:
                self._usual[is_han] = _quantile(measured, _BODY)

    def heading_level(self, row: Row, *, is_first: bool) -> int:
        """Return the level of a heading, 0 for other rows; the first of a page may be its title."""
        text = row[0].text
        if len(row) > 1 or not 2 <= len(text) <= _LONGEST_HEADING or _ENDS.search(text):
            return 0
        is_han, size = _size(row[0])
        times = size / max(self._usual[is_han], 1e-6)
        if chapter := _CHAPTER.match(text):
            return 3 if chapter[1] == "节" else 2
        if times < (_LARGE_HAN if is_han else _LARGE) or not any(map(str.isalpha, text)):
            return 0
        return 1 if is_first or times >= _TITLE else 2


class Shape:
    """The edges of a column and the step from line to line, by which its paragraphs are known."""

    def __init__(self, column: Sequence[Row]) -> None:
        """Measure the rows of a column."""
        self._left = _quantile([row[0].place.left for row in column], 0.1)
        self._right = _quantile([row[-1].place.right for row in column], 0.9)
        bottoms = [row[0].place.bottom for row in column]
        steps = [b - a for a, b in pairwise(bottoms) if b > a]
        self._step = median(steps) if steps else 0.0

    def goes_on(self, above: Row, row: Row) -> bool:
        """Whether a row continues the paragraph of the row above."""
        last, first = above[-1], row[0]
        height = max(last.height, first.height)
        if len(above) > 1 or len(row) > 1 or _ITEM.match(first.text):
            return False
        if first.place.top - last.place.bottom > _FAR * height:
            return False
        if not 2 / 3 < last.height / max(first.height, 1e-6) < 3 / 2:
            return False
        ends = bool(_ENDS.search(last.text))
        if ends and first.place.bottom - last.place.bottom > _WIDER * self._step:
            return False
        if first.text[0].islower() and not ends:
            return last.place.right >= self._left + _HALF * (self._right - self._left)
        is_indented = first.place.left > max(self._left, last.place.left) + _INDENT * height
        return last.place.right >= self._right - _NOT_FULL * height and not is_indented


def _size(line: RecognisedLine) -> tuple[bool, float]:
    """Return whether it is told by Chinese characters, and how large a line's characters are."""
    wide = len(_WIDE.findall(line.text))
    if wide < 3 or wide < _MOST_HAN * len(line.text):
        return False, line.height
    return True, (line.width - _EDGE * line.height) / (wide + 0.5 * (len(line.text) - wide))


def _quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
