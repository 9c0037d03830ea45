"""The text that is embedded for a chunk."""

from __future__ import annotations

_HEADING_CHARS = 200  # what a title or a heading path may take of the 512 tokens


def passage_text(title: str | None, heading: str, header: str, text: str) -> str:
    """Return what is embedded for a chunk: title, heading path and table header above its text."""
    lines = [part[:_HEADING_CHARS] for part in (title or "", heading, header) if part]
    return "\n".join([*lines, text])
