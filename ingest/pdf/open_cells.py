"""Rows of a table without rules between their cells, and text in a frame beside a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.pdf.columns import runs_of
from ingest.pdf.rows import rows_of
from ingest.pdf.words import Run, Word

_OPEN_COLUMNS, _OPEN_LINES, _MOST_ACROSS = 3, 4, 0.1
_TEXT_BESIDE = 60  # characters; a label of all rows has less

Cell = tuple[int, int]  # row, column


def open_rows(
    owner: dict[Cell, Cell], words: Sequence[Word], xs: Sequence[float], ys: Sequence[float]
) -> dict[int, int]:
    """Part a row without rules in it as those that have them, if no text goes across.

    Returns the columns of its words, by their id: words that touch each other are in one column,
    as nothing keeps a long text in its own.
    """
    found: dict[int, int] = {}
    columns = len(xs) - 1
    cells = [{owner[row, column] for column in range(columns)} for row in range(len(ys) - 1)]
    if max(map(len, cells)) < _OPEN_COLUMNS:
        return found
    alone = [row for row, own in enumerate(cells) if own == {(row, 0)}]
    for row in alone:
        if row + 1 < len(cells) and (row, 0) in cells[row + 1]:
            continue
        inside = [
            word
            for word in words
            if ys[row] < word.base - 0.3 * word.size < ys[row + 1] and xs[0] < word.left < xs[-1]
        ]
        runs = runs_of(inside)
        across = sum(any(run.left < x - 1 and run.right > x + 1 for x in xs[1:-1]) for run in runs)
        if len(rows_of(runs)) >= _OPEN_LINES and across <= _MOST_ACROSS * len(runs):
            for column in range(columns):
                owner[row, column] = (row, column)
            for run in runs:
                column = _most_of(run, xs)
                found.update((id(word), column) for word in run.words)
    return found


def _most_of(run: Run, xs: Sequence[float]) -> int:
    """The column that has most of a run."""
    shares = [min(run.right, b) - max(run.left, a) for a, b in pairwise(xs)]
    return shares.index(max(shares))


def is_text_beside(
    inside: Mapping[Cell, Sequence[Word]], owner: Mapping[Cell, Cell], rows: int, column: int
) -> bool:
    """Whether a column at the edge is one cell of running text, which stands beside a table."""
    first = owner[0, column]
    if first != (0, column) or rows < _OPEN_COLUMNS:
        return False
    own = [cell for cell, its in owner.items() if its == first]
    if len(own) != rows or {at for _, at in own} != {column}:
        return False
    return sum(len(word.text) for word in inside.get(first, ())) >= _TEXT_BESIDE
