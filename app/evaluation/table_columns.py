"""The columns of a table of measures, as text of a fixed width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_LEAST = 5  # characters of a column


@dataclass(frozen=True)
class Column:
    """A column: its head, the field of a cell that it shows, and with how many digits."""

    head: str
    field: str
    digits: int

    @property
    def width(self) -> int:
        """How many characters it takes, without the space before it."""
        return max(len(self.head), _LEAST)


def heads(columns: Sequence[Column]) -> str:
    """Return the heads of these columns, each behind a space."""
    return "".join(f" {column.head:>{column.width}}" for column in columns)


def values(cell: object, columns: Sequence[Column]) -> str:
    """Return what a cell has for these columns, each behind a space; None is left blank."""
    return "".join(
        f" {'' if value is None else f'{value:.{column.digits}f}':>{column.width}}"
        for column in columns
        for value in [getattr(cell, column.field)]
    )
