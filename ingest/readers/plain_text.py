"""Plain text, in whatever encoding it was saved."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.document import Block, Given, Heading, Part, Reading
from ingest.readers.data.csv_rows import reading_of
from ingest.readers.data.tabbed import tabbed_rows
from ingest.readers.decoded_text import decoded_text
from ingest.text import bounded_row, language, tables


def read(given: Given) -> Reading:
    """Read a text file; one of rows that tabs part is a table.

    Raises ReadError (`not-text`, `empty`, `too-large`).
    """
    text, warnings = decoded_text(given.data)
    if rows := tabbed_rows(text):
        return reading_of(rows, warnings)
    return Reading(None, language(text), (text_part(text),), warnings)


def text_part(text: str, headings: Sequence[Heading] = ()) -> Part:
    """Return a text as it is, its headings and Markdown tables as blocks."""
    blocks = [Block("heading", h.start, h.end, h.level, h.words) for h in headings]
    blocks += [
        Block("table", t.start, min(t.end, len(text)), header=bounded_row(t.header), body=t.start)
        for t in tables(text)
        if t.rule == 1 and t.rows
    ]
    return Part(text, tuple(sorted(blocks, key=lambda block: block.start)))
