"""Headings are found by the size of their letters, where a PDF has no bookmarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.document import Heading, shortened
from ingest.pdf.words import TextLine
from ingest.text import CHINESE_NUMERALS, END_MARKS, collapsed

_LARGER = 1.12  # times the size of the text
_LONGEST = 120  # characters
_MOST_LINES = 3
_SMALLER = 0.95  # times the size of the text: what is smaller is no heading
_LONGEST_NUMBERED = 60  # characters
_MOST_BOLD = 0.3  # of all characters: with more of them the weight says nothing
_MOST = 0.2  # of all characters: with more of them the size says nothing
_DEEPEST = 4
_ENDS = re.compile(rf"[{END_MARKS},，;；:：]$")
_NUMBERED = re.compile(
    rf"""(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\.?|[A-Z]\.\d{{0,2}}(?:\.\d{{1,2}})?|[IVX]{{1,5}}\.)\s+[^\W\d]
    | [{CHINESE_NUMERALS}]{{1,3}}、 | [（(][{CHINESE_NUMERALS}]{{1,3}}[）)]
    | (?:Chapter|Section|Article|Part|Annex|Appendix)\s[\dA-Z]""",
    re.VERBOSE,
)
_CHAPTER = re.compile(
    rf"(?:第[{CHINESE_NUMERALS}\d]{{1,4}}[章编篇]|附件[{CHINESE_NUMERALS}\d]{{1,2}}$)(?:\s|[^\s，,的中、和至]|$)"
)
_LEADERS = re.compile(r"(?:\.|…|·|‥|․|\. ){4}")  # of a table of contents

_BEGINS = re.compile(rf"\d|第[{CHINESE_NUMERALS}\d]|[{CHINESE_NUMERALS}]、|[（(]|附件")

Found = tuple[float, int, int, str]  # size, span, words
Paragraph = tuple[int, int, TextLine, int]  # span, first line, lines


def headings_by_size(
    pages: Sequence[Sequence[Paragraph]], texts: Sequence[str]
) -> list[list[Heading]]:
    """Return the headings of each page: short paragraphs in larger letters than the text has.

    Those in bold letters may be as large as the text if they are numbered ("3.1 Scope"), and a
    chapter of a Chinese text ("第三章 罚则") is one in any letters.
    """
    weights: Counter[float] = Counter()
    bold = 0
    for page in pages:
        for start, end, line, _ in page:
            weights[_rounded(line.size)] += end - start
            bold += (end - start) * line.bold
    if not weights:
        return [[] for _ in pages]
    most = _MOST * weights.total()
    may_be_bold = bold <= _MOST_BOLD * weights.total()
    # Where small print has most of the words, the text is larger, and so are its headings.
    for body in sorted(size for size in weights if size >= weights.most_common(1)[0][0]):
        found = [
            [
                (_rounded(line.size), start, end, words)
                for start, end, line, lines in page
                if _is_heading(words := collapsed(text[start:end]), lines)
                and _is_set_apart(line, words, body, may_be_bold=may_be_bold)
            ]
            for page, text in zip(pages, texts, strict=True)
        ]
        if sum(end - start for page in found for _, start, end, _ in page) <= most:
            break
    found = [_in_one(page, text) for page, text in zip(found, texts, strict=True)]
    sizes = sorted({size for page in found for size, *_ in page}, reverse=True)
    levels = {size: min(n, _DEEPEST) for n, size in enumerate(sizes, start=1)}
    return [
        [Heading(levels[size], shortened(words), start, end) for size, start, end, words in page]
        for page in found
    ]


def _in_one(found: Sequence[Found], text: str) -> list[Found]:
    """Put a heading that goes on over lines into one."""
    merged: list[Found] = []
    for size, start, end, words in found:
        if merged and not _BEGINS.match(words):
            before = merged[-1]
            said = collapsed(text[before[1] : end])
            is_same = before[0] == size and before[3].isupper() == words.isupper()
            if is_same and text[before[2] : start] == "\n" and len(said) <= _LONGEST:
                merged[-1] = (size, before[1], end, said)
                continue
        merged.append((size, start, end, words))
    return merged


def _is_set_apart(line: TextLine, words: str, body: float, *, may_be_bold: bool) -> bool:
    """Whether a line is larger than the text, or is a heading by its number."""
    if line.size >= _LARGER * body:
        return True
    if line.size < _SMALLER * body or len(words) > _LONGEST_NUMBERED:
        return False
    if _CHAPTER.match(words):
        return True
    return may_be_bold and line.bold and bool(_NUMBERED.match(words))


def _is_heading(words: str, lines: int) -> bool:
    return (
        len(words) <= _LONGEST
        and lines <= _MOST_LINES
        and not _ENDS.search(words)
        and not _LEADERS.search(words)
        and sum(map(str.isalpha, words)) >= max(2, len(words) / 3)
    )


def _rounded(size: float) -> float:
    return round(size * 2) / 2
