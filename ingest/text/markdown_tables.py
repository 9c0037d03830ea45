"""Markdown tables: their header and rows, and the header that a row further down needs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

# | --- | :-: |, without the white space around it; nothing in it can be read in two ways.
_RULE = re.compile(r"\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?")
_COLUMN = re.compile(r"(?<!\\)\|")
_LONGEST_HEADER = 1000  # characters: it stands with every chunk of its table


@dataclass(frozen=True)
class Table:
    """The rows of a table below its header, "" if the text has none, as they stand there.

    They stand from `start` to `end` in the text, white space around each row not counted.
    """

    header: str
    rows: tuple[str, ...]
    start: int
    end: int


def tables(text: str) -> Iterator[Table]:
    """Yield the tables of a text, also those whose header or rule the text does not have."""
    at = 0
    lines: list[tuple[int, str]] = []
    for line in [*text.split("\n"), ""]:
        if (row := line.strip()).startswith("|"):
            lines.append((at, row))
        elif lines:
            yield _table(lines, at)
            lines = []
        at += len(line) + 1


def _table(lines: list[tuple[int, str]], end: int) -> Table:
    rows = [row for _, row in lines]
    above = next((n for n in (2, 1) if n <= len(rows) and is_rule(rows[n - 1])), 0)
    start = lines[above][0] if above < len(lines) else end
    return Table(rows[0] if above == 2 else "", tuple(rows[above:]), start, end)


def is_rule(line: str) -> bool:
    """Tell whether a line stands between the header and the rows of a table: | --- | :-: |."""
    return bool(_RULE.fullmatch(line.strip()))


def cells(row: str) -> list[str]:
    """Return the cells of a row, without white space around them."""
    return [cell.strip() for cell in row.strip("| ").split("|")]


def count_columns(row: str) -> int:
    """Return how many columns a row has in Markdown: empty ones count, and `\\|` parts none."""
    return len(_COLUMN.findall(row.strip().strip("|"))) + 1


class TableHeaders:
    """The tables of a text, looked for once: one of a megabyte is cut into thousands of chunks."""

    def __init__(self, text: str) -> None:
        self._tables = [table for table in tables(text) if table.header and table.rows]
        self._starts = [table.start for table in self._tables]

    def above(self, place: int) -> str:
        """Return the header row of the table that a place in the text is a later row of, or ""."""
        i = bisect_right(self._starts, place) - 1
        return _bounded(self._tables[i].header) if i >= 0 and place < self._tables[i].end else ""


def _bounded(row: str) -> str:
    """The row, or as many whole cells of a long one as fit."""
    if len(row) <= _LONGEST_HEADER:
        return row
    end = row.rfind("|", 1, _LONGEST_HEADER - 1) + 1
    return row[: end or _LONGEST_HEADER - 1] + "…"
