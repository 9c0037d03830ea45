"""Markdown tables: their header and rows.

Not found by markdown-it: on 832 files of handbooks and laws it found the 86 tables that are found
here, and left out one in a comment; for a table of 40,000 rows it took 1.7 s, here 0.03. It would
also find tables without outer bars and pass over code, which would change the ids of chunks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# | --- | :-: |, without the white space around it; nothing in it can be read in two ways.
_RULE = re.compile(r"\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?")
_COLUMN = re.compile(r"(?<!\\)\|")
_LONGEST_HEADER = 1000  # characters: it stands with every chunk of its table


@dataclass(frozen=True)
class Table:
    """Lines of a text that follow each other and begin with a bar, as they stand there.

    `rule` is the number of the line below the header, -1 where the text has none, as in the middle
    of a table. The rows stand from `start` to `end`, places in the text.
    """

    lines: tuple[str, ...]
    rule: int
    start: int
    end: int

    @property
    def header(self) -> str:
        """The header row, "" if the text does not have it."""
        return self.lines[self.rule - 1] if self.rule > 0 else ""

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows below the header, or all that there are."""
        return self.lines[self.rule + 1 :]


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
    rules = (n for n, (_, line) in enumerate(lines) if is_rule(line))
    rule = 1 if len(lines) > 1 and is_rule(lines[1][1]) else next(rules, -1)
    start = lines[rule + 1][0] if rule + 1 < len(lines) else end
    return Table(tuple(line for _, line in lines), rule, start, end)


def is_rule(line: str) -> bool:
    """Tell whether a line stands between the header and the rows of a table: | --- | :-: |."""
    return bool(_RULE.fullmatch(line.strip()))


def cells(row: str) -> list[str]:
    """Return the cells of a row, without white space around them."""
    return [cell.strip() for cell in row.strip("| ").split("|")]


def count_columns(row: str) -> int:
    """Return how many columns a row has in Markdown: empty ones count, and `\\|` parts none."""
    return len(_COLUMN.findall(row.strip().strip("|"))) + 1


def bounded_row(row: str) -> str:
    """Return a header row, or as many whole cells of a long one as fit."""
    if len(row) <= _LONGEST_HEADER:
        return row
    end = row.rfind("|", 1, _LONGEST_HEADER - 1) + 1
    return row[: end or _LONGEST_HEADER - 1] + "…"
