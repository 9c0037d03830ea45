"""The title of a document that does not name it: its highest heading."""

from __future__ import annotations

from ingest.document import Part


def first_heading(part: Part) -> str:
    """Return the words of the first heading of the highest level in a part, or ""."""
    headings = [block for block in part.blocks if block.kind == "heading"]
    highest = min((block.level for block in headings), default=0)
    return next((block.words for block in headings if block.level == highest), "")
