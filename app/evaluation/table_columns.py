"""The columns of a table of measures, as text of a fixed width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_LEAST = 5  # characters of a column


@dataclass(frozen=True)
class Column:
    """A column: its head, of one line or more, the field that it shows, with how many digits."""

    head: str
    field: str
    digits: int

    @property
    def width(self) -> int:
        """How many characters it takes, without the space before it."""
        return max(_LEAST, *map(len, self.head.split("\n")))


def heads(columns: Sequence[Column], before: str) -> list[str]:
    """Return the lines of the heads of these columns, each head behind a space.

    `before` stands at the beginning of the last line. A head of one line stands in the last, too.
    """
    split = [column.head.split("\n") for column in columns]
    depth = max(map(len, split))
    rows = zip(*([""] * (depth - len(head)) + head for head in split), strict=True)
    starts = [" " * len(before)] * (depth - 1) + [before]
    return [
        start + "".join(f" {word:>{c.width}}" for word, c in zip(row, columns, strict=True))
        for start, row in zip(starts, rows, strict=True)
    ]


def values(cell: object, columns: Sequence[Column]) -> str:
    """Return what a cell has for these columns, each behind a space; None is left blank."""
    return "".join(
        f" {'' if value is None else f'{value:.{column.digits}f}':>{column.width}}"
        for column in columns
        for value in [getattr(cell, column.field)]
    )
