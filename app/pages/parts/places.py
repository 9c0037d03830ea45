"""Where a passage stands, and whether it was recognised in a picture, in words."""

from __future__ import annotations

from app.confidence import percent
from app.texts import Words
from retrieval.library import shown


def place(
    path: str,
    page: int | None,
    heading: str,
    words: Words,
    *,
    unit: str | None = None,
    confidence: float | None = None,
) -> str:
    """Return where a passage stands, and whether it was recognised in a picture, in words."""
    number = words(unit_key(unit), n=page) if page else ""
    parts = (shown(path), number, heading, recognised(confidence, words))
    return " · ".join(part for part in parts if part)


def unit_key(unit: str | None) -> str:
    """Return the key of the words for what the parts of a document are: page, slide or sheet."""
    return unit if unit in ("slide", "sheet") else "page"


def recognised(confidence: float | None, words: Words) -> str:
    """Return how sure text recognition was, "" for text that was not recognised but read."""
    return "" if confidence is None else words("recognised", n=percent(confidence))
