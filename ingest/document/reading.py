"""What a reader gives back: a file as text, in parts, with its structure."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from langchain_core.documents import Document

from ingest.document.blocks import Part, Unit
from ingest.document.sections import Heading, Outline, cut_parts

READER_VERSION = "3"
"""Raised by one when the same bytes would be read differently, so that they are read again."""


@dataclass(frozen=True)
class Properties:
    """What a file says of itself, as far as it does: days are ISO 8601 (2026-11-30)."""

    author: str = ""
    made: str = ""
    changed: str = ""


@dataclass(frozen=True)
class Reading:
    """One file as text.

    `title` comes from the content, never from the file's name. `lang` is "zh" or "en". `unit` is
    what its parts are, None where it has but one, without a number. `unread` counts the pictures
    and scanned pages that were passed over because text recognition is switched off.
    """

    title: str | None
    lang: str
    parts: tuple[Part, ...]
    warnings: list[str]
    unit: Unit | None = None
    properties: Properties = field(default_factory=Properties)
    unread: int = 0

    @property
    def pages(self) -> int | None:
        """How many pages, slides or sheets it has, None where it has none."""
        return len(self.parts) if self.unit else None

    @property
    def texts(self) -> list[str]:
        """The text of each part."""
        return [part.text for part in self.parts]

    @cached_property
    def sections(self) -> list[Document]:
        """The text cut at its headings.

        Each `page_content` is a slice of its part's text, found by the metadata `page` (the part's
        number) and `start`; `heading` is its path ("A > B"), `heading_start` where its heading
        line begins.
        """
        headings = [
            [Heading(b.level, b.words, b.start, b.end) for b in part.blocks if b.kind == "heading"]
            for part in self.parts
        ]
        numbers = [part.number for part in self.parts]
        goes_on = self.unit not in ("slide", "sheet")
        return cut_parts(self.texts, headings, Outline(self.title), numbers, goes_on=goes_on)

    def part(self, number: int | None) -> Part:
        """The part with a number, or the only one for None."""
        return self.parts[(number or 1) - 1]

    def source(self, number: int | None) -> str:
        """The text of a part by its number (from 1), or of the whole file for None."""
        return self.part(number).text
