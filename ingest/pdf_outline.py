"""The bookmarks of a PDF are found again as heading lines in the text of its pages."""

import re
from dataclasses import dataclass

from ingest.sections import Heading

# "1.2 ", "第三章 ", "一、", "A. ": bookmarks often leave out the number that the page prints.
_NUMBERING = re.compile(r"[\d.]*|第.{1,4}[章节節篇部条條]|[一二三四五六七八九十]+、|[a-z]\.?")
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
    for bookmark in sorted(bookmarks, key=lambda bookmark: bookmark.page):
        words = " ".join(bookmark.words.split())
        if not words or _JUNK.fullmatch(words) or bookmark.page >= len(texts):
            continue
        text, headings = texts[bookmark.page], placed[bookmark.page]
        start = headings[-1].end if headings else 0
        headings.append(Heading(bookmark.level, words, *_find(text, words, start)))
    return placed


def _find(text: str, words: str, start: int) -> tuple[int, int]:
    """The span of the line, or of two lines in a row, that say the words."""
    wanted = _squeeze(words)
    before, before_start = "", start
    place = start
    for line in text[start:].splitlines(keepends=True):
        end = place + len(line)
        this = _squeeze(line)
        for said, said_start in ((this, place), (before + this, before_start)):
            if said.endswith(wanted) and _NUMBERING.fullmatch(said.removesuffix(wanted)):
                return said_start, end
        before, before_start, place = this, place, end
    return start, start


def _squeeze(text: str) -> str:
    return "".join(text.split()).casefold()
