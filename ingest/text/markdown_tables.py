"""Markdown tables: the header that a row further down needs to be understood.

Not found by markdown-it: on 832 files of handbooks and laws it found the 86 tables that are found
here, and left out one in a comment; for a table of 40,000 rows it took 1.7 s, here 0.03. It would
also find tables without outer bars and pass over code, which would change the ids of chunks.
"""

from __future__ import annotations

import re
from bisect import bisect_right

# | --- | :-: |, without the white space around it; nothing in it can be read in two ways.
_RULE = re.compile(r"\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?")
_LONGEST_HEADER = 1000  # characters: it stands with every chunk of its table


class Tables:
    """The tables of a text, looked for once: one of a megabyte is cut into thousands of chunks."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []  # of each table's first row below the header
        self._ends: list[int] = []
        self._headers: list[str] = []
        at, block = 0, []
        for line in [*text.split("\n"), ""]:
            if line.lstrip().startswith("|"):
                block.append((at, line))
            else:
                self._note(block, at)
                block = []
            at += len(line) + 1

    def _note(self, block: list[tuple[int, str]], end: int) -> None:
        if len(block) > 2 and _RULE.fullmatch(block[1][1].strip()):
            self._starts.append(block[2][0])
            self._ends.append(end)
            self._headers.append(_bounded(block[0][1].strip()))

    def header_above(self, place: int) -> str:
        """Return the header row of the table that a place in the text is a later row of, or ""."""
        i = bisect_right(self._starts, place) - 1
        return self._headers[i] if i >= 0 and place < self._ends[i] else ""


def _bounded(row: str) -> str:
    """The row, or as many whole cells of a long one as fit."""
    if len(row) <= _LONGEST_HEADER:
        return row
    end = row.rfind("|", 1, _LONGEST_HEADER - 1) + 1
    return row[: end or _LONGEST_HEADER - 1] + "…"
