"""A text and its headings become sections."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.documents import Document

SEPARATOR = " > "
LONGEST_HEADING = 200
"""Characters of a heading or title that are kept: a longer one is a paragraph marked as one, and
would stand with every chunk below it. The longest of 3,100 headings in the benchmarks has 153."""
PAGE_LEVEL = 12
"""From this level on a heading names a page of a file in a file. It lies below all others in the
text, but stays open over them until the next page begins or the file ends."""
_DEEPEST = PAGE_LEVEL  # levels of headings that are told apart; Markdown has 6
_END, _TEXT = 0, _DEEPEST + 1  # what follows a heading, beside the levels of other headings
# Stars, ticks, arrows and emoji say something by themselves; lines, bars and bullets do not.
_SYMBOL = re.compile(r"[\u2190-\u24ff\u25a0-\u2bff\U0001f000-\U0001faff]")


@dataclass(frozen=True)
class Heading:
    """A heading: its level (1 is the highest), its words, and the span of its line in the text."""

    level: int
    words: str
    start: int
    end: int


def shortened(words: str) -> str:
    """A heading or title of at most `LONGEST_HEADING` characters; "…" stands for the rest."""
    return words if len(words) <= LONGEST_HEADING else words[: LONGEST_HEADING - 1] + "…"


class Outline:
    """The headings that are open at a place of the document, from the highest to the lowest."""

    def __init__(self, title: str | None) -> None:
        self._title = None if title is None else shortened(title)
        self._open: list[tuple[int, str]] = []  # level and words
        self._around = 0  # the level of the file whose pages are told
        self.page = ""
        """What the page of a file in the document is called, "" outside of such."""

    def enter(self, heading: Heading) -> None:
        """A new heading closes those of its own and lower levels."""
        if heading.level >= PAGE_LEVEL:
            if not self.page:
                self._around = self._open[-1][0] if self._open else 0
            self.page = shortened(heading.words)
            return
        self.leave(heading.level)
        self._open.append((heading.level, shortened(heading.words)))

    def leave(self, level: int) -> None:
        """Close the headings of a level and those below it."""
        self._open = [above for above in self._open if above[0] < level]
        if level <= self._around:
            self.page, self._around = "", 0

    def path(self) -> str:
        """The open headings, joined; the document's title is left out."""
        words = [words for level, words in self._open if not self.page or level <= self._around]
        if self.page:
            words += [self.page, *(said for level, said in self._open if level > self._around)]
        return SEPARATOR.join(words[1:] if words[:1] == [self._title] else words)


def has_words(text: str) -> bool:
    """Whether a text says anything: letters, figures, or symbols like "★" and "✓"."""
    return any(map(str.isalnum, text)) or bool(_SYMBOL.search(text))


def cut_parts(
    texts: Sequence[str],
    headings: Sequence[Sequence[Heading]],
    outline: Outline,
    numbers: Sequence[int | None],
    *,
    goes_on: bool = True,
) -> list[Document]:
    """Cut the parts of a document, which have these numbers.

    Headings are in order; sections without words are left out. A heading that leads to no text,
    neither of its own nor below it, is text itself. A section may go on over parts if `goes_on`,
    as over pages; slides and sheets each begin anew.
    """
    after = [_END]  # each part, from the last to the first
    for text, found in zip(reversed(texts), reversed(headings), strict=True):
        after.append(_lone(text, found, 0, after[-1])[1] if goes_on else _END)
    after.reverse()
    sections = []
    for n, (text, found) in enumerate(zip(texts, headings, strict=True)):
        if not goes_on:
            outline.leave(1)
        sections += _cut(text, found, outline, numbers[n], 0, after[n + 1])
    return sections


def _cut(
    text: str,
    headings: Sequence[Heading],
    outline: Outline,
    page: int | None,
    start: int,
    after: int,
) -> list[Document]:
    lone, _ = _lone(text, headings, start, after)
    ends = [*(heading.start for heading in headings), len(text)]
    sections = _section(text, start, ends[0], outline, page, start)
    for heading, end, is_lone in zip(headings, ends[1:], lone, strict=True):
        if is_lone:  # with what stands below it, if only a rule, and in the path that was open
            outline.leave(heading.level)
            sections += _section(text, heading.start, end, outline, page, heading.start)
        else:
            outline.enter(heading)
            sections += _section(text, heading.end, end, outline, page, heading.start)
    return sections


def _lone(text: str, headings: Sequence[Heading], start: int, after: int) -> tuple[list[bool], int]:
    """Which headings lead to no text; and the level of what the text begins with.

    `after` is the level of what follows the text: of a heading, or `_TEXT` or `_END`.
    """
    lone: list[bool] = []
    end = len(text)
    for heading in reversed(headings):
        level = min(heading.level, _DEEPEST)
        if has_words(text[heading.end : end]):
            after = _TEXT
        if level == PAGE_LEVEL:
            lone.append(False)
            end = heading.start
            continue
        lone.append(after <= level and has_words(text[heading.start : heading.end]))
        after, end = (level if lone[-1] else min(level, after)), heading.start
    if has_words(text[start:end]):
        after = _TEXT
    return lone[::-1], after


def _section(
    text: str, start: int, end: int, outline: Outline, page: int | None, heading_start: int
) -> list[Document]:
    body = text[start:end].strip()
    if not has_words(body):
        return []
    start = text.index(body[:1], start)
    metadata = {
        "page": page,
        "heading": outline.path(),
        "start": start,
        "heading_start": heading_start,
        "inner_page": outline.page,
    }
    return [Document(page_content=body, metadata=metadata)]
