"""What a reader gives back: a file as text, in sections."""

from dataclasses import dataclass

from langchain_core.documents import Document

READER_VERSION = "2"
"""Raised by one when the same bytes would be read differently, so that they are read again."""


@dataclass(frozen=True)
class Reading:
    """One file as text.

    `title` comes from the content, never from the file's name. `pages` is the number of pages
    of a PDF, else None. `lang` is "zh" or "en". `sources` holds the text that offsets count in:
    one string a page for a PDF, else one string for the file. Each section's `page_content` is
    a slice of it, found by the metadata `page` (from 1, None unless a PDF) and `start`;
    `heading` is its path ("A > B"), `heading_start` where its heading line begins.
    """

    title: str | None
    pages: int | None
    lang: str
    sections: list[Document]
    warnings: list[str]
    sources: list[str]

    def source(self, page: int | None) -> str:
        """The text of a page (from 1), or of the whole file for None."""
        return self.sources[(page or 1) - 1]
