"""Plain text, in whatever encoding it was saved."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.document import Block, Given, Heading, Part, Reading
from ingest.encoding import decode
from ingest.readers.embedded_files import without_embedded
from ingest.text import bounded_row, language, tables


def read(given: Given) -> Reading:
    """Read a text file. Raises ReadError (`not-text`, `empty`)."""
    text, warnings = decoded_text(given.data)
    return Reading(None, language(text), (text_part(text),), warnings)


def decoded_text(data: bytes) -> tuple[str, list[str]]:
    """Return bytes as text, without files that are written into it; the list has warnings."""
    decoded = decode(data)
    text, files = without_embedded(decoded.text)
    warnings = list(decoded.warnings)
    if files:
        what = "file" if files == 1 else "files"
        warnings.append(f"{files} embedded {what} (base64) left out")
    return text, warnings


def text_part(text: str, headings: Sequence[Heading] = ()) -> Part:
    """Return a text as it is, its headings and Markdown tables as blocks."""
    blocks = [Block("heading", h.start, h.end, h.level, h.words) for h in headings]
    blocks += [
        Block("table", t.start, min(t.end, len(text)), header=bounded_row(t.header), body=t.start)
        for t in tables(text)
        if t.rule == 1 and t.rows
    ]
    return Part(text, tuple(sorted(blocks, key=lambda block: block.start)))
