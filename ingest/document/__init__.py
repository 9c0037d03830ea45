"""What a reader makes of a file: its text, in sections with headings and pages."""

from ingest.document.reading import READER_VERSION, Reading
from ingest.document.sections import (
    LONGEST_HEADING,
    SEPARATOR,
    Heading,
    Outline,
    cut,
    cut_pages,
    has_words,
    shortened,
)

__all__ = [
    "LONGEST_HEADING",
    "READER_VERSION",
    "SEPARATOR",
    "Heading",
    "Outline",
    "Reading",
    "cut",
    "cut_pages",
    "has_words",
    "shortened",
]
