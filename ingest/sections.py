"""A text and its headings become sections."""

from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.documents import Document

SEPARATOR = " > "
LONGEST_HEADING = 200
"""Characters of a heading or title that are kept: a longer one is a paragraph marked as one, and
would stand with every chunk below it. The longest of 3,100 headings in the benchmarks has 153."""
_DEEPEST = 12  # levels of headings that are told apart; Markdown has 6


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

    def enter(self, heading: Heading) -> None:
        """A new heading closes those of its own and lower levels."""
        level = min(heading.level, _DEEPEST)
        self._open = [above for above in self._open if above[0] < level]
        self._open.append((level, shortened(heading.words)))

    def path(self) -> str:
        """The open headings, joined; the document's title is left out."""
        words = [words for _, words in self._open]
        return SEPARATOR.join(words[1:] if words[:1] == [self._title] else words)


def cut(
    text: str, headings: Sequence[Heading], outline: Outline, *, page: int | None, start: int = 0
) -> list[Document]:
    """Cut a text at its headings, which are in order; sections without words are left out.

    `outline` is what was open before the text and is carried on.
    """
    sections = []
    heading_start = start
    for heading in headings:
        sections += _section(text, start, heading.start, outline, page, heading_start)
        outline.enter(heading)
        heading_start, start = heading.start, heading.end
    return sections + _section(text, start, len(text), outline, page, heading_start)


def _section(
    text: str, start: int, end: int, outline: Outline, page: int | None, heading_start: int
) -> list[Document]:
    body = text[start:end].strip()
    if not any(map(str.isalnum, body)):
        return []
    start = text.index(body[:1], start) if body else start
    metadata = {
        "page": page,
        "heading": outline.path(),
        "start": start,
        "heading_start": heading_start,
    }
    return [Document(page_content=body, metadata=metadata)]
