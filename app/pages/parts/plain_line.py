"""A passage of Markdown as one line of plain words."""

from __future__ import annotations

import re

from ingest.text import collapsed

# The line between a table's head and its rows; the marks of headings and of bold text.
_RULE = re.compile(r"\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?")
_HEADING = re.compile(r"(?:^|(?<=\s))#{1,6}[ \t]+(?=\S)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_CELLS = re.compile(r"\s*\|[\s|]*")


def plain_line(text: str, longest: int) -> str:
    """Return at most so many characters of a passage: cells joined by dots, no marks."""
    text = _HEADING.sub("", _RULE.sub(" ", text[: 4 * longest]))
    text = _CELLS.sub(" · ", _BOLD.sub(r"\1", text))
    return collapsed(text).strip(" ·")[:longest].rstrip()
