"""Headings are found by the size of their letters, where a PDF has no bookmarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.document import Heading, shortened
from ingest.pdf.words import TextLine
from ingest.text import END_MARKS, collapsed

_LARGER = 1.12  # times the size of the text
_LONGEST = 120  # characters
_MOST_LINES = 3
_MOST = 0.2  # of all characters: with more of them the size says nothing
_DEEPEST = 4
_ENDS = re.compile(rf"[{END_MARKS},，;；:：]$")

Paragraph = tuple[int, int, TextLine, int]  # span, first line, lines


def headings_by_size(
    pages: Sequence[Sequence[Paragraph]], texts: Sequence[str]
) -> list[list[Heading]]:
    """Return the headings of each page: short paragraphs in larger letters than the text has."""
    weights: Counter[float] = Counter()
    for page in pages:
        for start, end, line, _ in page:
            weights[_rounded(line.size)] += end - start
    if not weights:
        return [[] for _ in pages]
    body = weights.most_common(1)[0][0]
    found: list[list[tuple[float, int, int, str]]] = []
    for page, text in zip(pages, texts, strict=True):
        found.append([])
        for start, end, line, lines in page:
            words = collapsed(text[start:end])
            if line.size >= _LARGER * body and _is_heading(words, lines):
                found[-1].append((_rounded(line.size), start, end, words))
    length = sum(end - start for page in found for _, start, end, _ in page)
    if not length or length > _MOST * weights.total():
        return [[] for _ in pages]
    sizes = sorted({size for page in found for size, *_ in page}, reverse=True)
    levels = {size: min(n, _DEEPEST) for n, size in enumerate(sizes, start=1)}
    return [
        [Heading(levels[size], shortened(words), start, end) for size, start, end, words in page]
        for page in found
    ]


def _is_heading(words: str, lines: int) -> bool:
    return (
        len(words) <= _LONGEST
        and lines <= _MOST_LINES
        and not _ENDS.search(words)
        and sum(map(str.isalpha, words)) >= max(2, len(words) / 3)
    )


def _rounded(size: float) -> float:
    return round(size * 2) / 2
