"""The bookmarks of a PDF are found again as heading lines in the text of its pages."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ingest.document import Heading
from ingest.text import CHINESE_NUMERALS, collapsed

# A book of 5,000 pages has 10,000; pypdf takes 0.2 ms for each.
MAX_BOOKMARKS = 20_000

# "1.2 ", "第三章 ", "一、", "A. ": bookmarks often leave out the number that the page prints.
_NUMBERING = re.compile(rf"[\d.]*|第.{{1,4}}[章节節篇部条條]|[{CHINESE_NUMERALS}]+、|[a-z]\.?")
_LONGEST_NUMBER = 16  # characters of it
_LONGEST_LINE = 400  # characters, without spaces; longer ones are no heading
# Marks that programs set for themselves.
_JUNK = re.compile(r"OLE_LINK\d*|_\w+|bookmark\d*|书签\d*", re.IGNORECASE)


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline: its level from 1, its words, its page from 0."""

    level: int
    words: str
    page: int


def place_bookmarks(bookmarks: list[Bookmark], texts: list[str]) -> list[list[Heading]]:
    """The headings of each page, in order.

    A bookmark whose words are not a line of its page holds from the place of the one before.
    """
    placed: list[list[Heading]] = [[] for _ in texts]
    of_pages = sorted(bookmarks, key=lambda bookmark: bookmark.page)
    for page, group in groupby(of_pages, key=lambda bookmark: bookmark.page):
        if page >= len(texts):
            break
        lines, start = _Lines(texts[page]), 0
        for bookmark in group:
            words = collapsed(bookmark.words)
            if words and not _JUNK.fullmatch(words):
                span = lines.find(words, start)
                placed[page].append(Heading(bookmark.level, words, *span))
                start = span[1]
    return placed


class _Lines:
    """The lines of a page by what they say: looked through once, however many bookmarks it has."""

    def __init__(self, text: str) -> None:
        self._spans: defaultdict[str, deque[tuple[int, int]]] = defaultdict(deque)
        before, before_start, place = "", 0, 0
        for line in text.splitlines(keepends=True):
            end = place + len(line)
            this = _squeeze(line)
            for said, start in ((this, place), (before + this, before_start)):
                for words in _unnumbered(said):
                    self._spans[words].append((start, end))
            before, before_start, place = this, place, end

    def find(self, words: str, start: int) -> tuple[int, int]:
        """The span of the first line, or of two lines in a row, that say the words from `start` on.

        `start` never goes back. Where there is none the span is empty.
        """
        spans = self._spans.get(_squeeze(words), deque())
        while spans and spans[0][0] < start:
            spans.popleft()
        return spans[0] if spans else (start, start)


def _unnumbered(said: str) -> Iterator[str]:
    """The line without each of the beginnings of it that may be a number, the empty one first."""
    if len(said) <= _LONGEST_LINE:
        for end in range(min(len(said), _LONGEST_NUMBER + 1)):
            if _NUMBERING.fullmatch(said, 0, end):
                yield said[end:]


def _squeeze(text: str) -> str:
    return "".join(text.split()).casefold()
