"""A text and its headings become sections."""

from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.documents import Document

SEPARATOR = " > "


@dataclass(frozen=True)
class Heading:
    """A heading: its level (1 is the highest), its words, and the span of its line in the text."""

    level: int
    words: str
    start: int
    end: int


class Outline:
    """The headings that are open at a place of the document, from the highest to the lowest."""

    def __init__(self, title: str | None) -> None:
        self._title = title
        self._open: list[Heading] = []

    def enter(self, heading: Heading) -> None:
        """A new heading closes those of its own and lower levels."""
        self._open = [above for above in self._open if above.level < heading.level]
        self._open.append(heading)

    def path(self) -> str:
        """The open headings, joined; the document's title is left out."""
        words = [heading.words for heading in self._open]
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
