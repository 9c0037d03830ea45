"""Sentences of a text, with where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A sentence ends after Chinese or English end marks with what closes them, or at a line's end.
# An English full stop counts only before white space and not after a digit with one behind it
# ("3.5"), a single capital ("J. Smith") or the commonest abbreviations.
_END = re.compile(
    r"[。！？；…]+[”’」』）】\"')]*"
    r"|(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bNo)(?<!\be\.g)(?<!\bi\.e)"
    r"(?<!\bLtd)(?<!\bInc)(?<!\bCo)(?<!\bCorp)"
    r"[.!?;]+[\"')\]]*(?=\s|$|\[\d)"
    # A line's end is one, too, but not inside a paragraph that was wrapped at a fixed width.
    r"|\n(?=\s*(?:\n|[|#>*+\-•·]|\d+[.、)）]|[（(]?[一二三四五六七八九十]+[、)）]|$))|(?<=\|)\n"
    r"|(?<![^\n]{30})\n"
)

# What stands around words without being of them.
STOPS = " \t\n.。,，;；:：!！?？"


_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Span:
    """A part of a text: `text == whole[start:end]`."""

    text: str
    start: int
    end: int


def letters(text: str) -> str:
    """Return the letters and digits of a text alone, in lower case, to compare it by."""
    return _NO_LETTERS.sub("", text).lower()


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text in order, without white space around them."""
    spans, start = [], 0
    for end in [m.end() for m in _END.finditer(text)] + [len(text)]:
        piece = text[start:end]
        if stripped := piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            spans.append(Span(stripped, left, left + len(stripped)))
        start = end
    return spans
