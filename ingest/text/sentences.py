"""Sentences of a text, with where they stand, and where a text may be cut between two.

Two rules find them, as two things depend on them: `sentences` is what answers are held against and
quoted by, `sentence_ends` where chunks end, whose ids hash their text. They differ in how a line's
end, a semicolon, a small letter behind a full stop and numbered items count; one for both would
change answers or chunks. `sentence_ends` is also linear in any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.text.language import HAN_UNIFIED
from ingest.text.numbers import CHINESE_NUMERALS

# For the inside of a class of a pattern: the marks that end a sentence, and what closes after them.
# Some rules add to them "…", ":" or further brackets.
END_MARKS = "。！？；.!?;"
CLOSING = r"”’」』）\"')\]"

# A sentence ends after Chinese or English end marks with what closes them, or at a line's end.
# An English full stop counts only before white space and not after a digit with one behind it
# ("3.5"), a single capital ("J. Smith") or the commonest abbreviations.
_END = re.compile(
    r"[。！？；…]+[”’」』）】\"')]*"
    r"|(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bNo)(?<!\be\.g)(?<!\bi\.e)"
    r"(?<!\bLtd)(?<!\bInc)(?<!\bCo)(?<!\bCorp)"
    r"[.!?;]+[\"')\]]*(?=\s|$|\[\d)"
    # A line's end is one, too, but not inside a paragraph that was wrapped at a fixed width.
    rf"|\n(?=\s*(?:\n|[|#>*+\-•·]|\d+[.、)）]|[（(]?[{CHINESE_NUMERALS}]+[、)）]|$))|(?<=\|)\n"
    r"|(?<![^\n]{30})\n"
)

# Sentence marks with the quotes and brackets that close after them; a Latin mark needs white
# space or the end behind them, as it also stands in numbers and names. A run of Latin marks is
# looked at once, from its beginning: from each of its marks, 300,000 dots took an hour.
_CUT = re.compile(
    rf"""(?: [。！？；…]+ | (?<=[{HAN_UNIFIED}])[!?]+
          | (?<![.!?])(?P<latin>[.!?]++)(?=["'”’)\]]*(?:\s|\Z)) )
        [”’」』）》】"')\]]*""",
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[\w.]+\Z")
_LONGEST_WORD = 24
_ABBREVIATION = re.compile(r"[A-Z]|(?i:mr|mrs|ms|dr|prof|st|vs|cf|e\.g|i\.e)")
_BEFORE_NUMBER = re.compile(r"nos?|figs?|eq|art|sec|ch|vol|pp?|approx", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """A part of a text: `text == whole[start:end]`."""

    text: str
    start: int
    end: int


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


def sentence_ends(text: str) -> Iterator[int]:
    """Yield the places behind the sentences of a text at which it may be cut; lines end none."""
    for found in _CUT.finditer(text):
        if not found["latin"] or _ends_sentence(text, found.start(), found.end()):
            yield found.end()


def _ends_sentence(text: str, mark: int, end: int) -> bool:
    """Whether a Latin full stop ends a sentence: not "Mr.", "J.", "1." at a line's start."""
    following = text[end : end + 2].strip()
    if following.islower():
        return False
    if text[mark] != ".":
        return True
    begin = max(0, mark - _LONGEST_WORD)
    found = _LAST_WORD.search(text, begin, mark)
    if not found:
        return True
    word, before = found.group(), text[found.start() - 1 : found.start()]
    if word.isdigit():
        return before not in ("", "\n")
    if following.isdigit() and _BEFORE_NUMBER.fullmatch(word):
        return False
    return not _ABBREVIATION.fullmatch(word)
