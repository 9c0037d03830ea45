"""Questions in cells, which are reported together, samples of them, and means over them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from statistics import fmean, median
from typing import Protocol, TypeVar

# What is measured, as the `method` of a cell names it: the app, and a plain script beside it.
ZHIKU = "zhiku"
PLAIN = "plain"


class Asked(Protocol):
    """A question of any kind, which says with which others it is reported together."""

    @property
    def cell(self) -> tuple[str, ...]:
        """What these questions have in common."""


AnyQuestion = TypeVar("AnyQuestion", bound=Asked)


def in_cells(asked: Sequence[AnyQuestion]) -> dict[tuple[str, ...], list[AnyQuestion]]:
    """Return the questions of each cell, in the order in which cells and questions came."""
    cells: dict[tuple[str, ...], list[AnyQuestion]] = {}
    for question in asked:
        cells.setdefault(question.cell, []).append(question)
    return cells


def sample(asked: Sequence[AnyQuestion], limit: int | None, seed: int) -> list[AnyQuestion]:
    """Return at most `limit` questions of each cell, the same ones for the same seed.

    Those of a smaller limit are among those of a larger one: what was answered is not asked again.
    """
    chosen = []
    for cell in in_cells(asked).values():
        order = random.Random(seed).sample(range(len(cell)), len(cell))  # noqa: S311  # no secret
        chosen += [cell[n] for n in sorted(order[: limit or len(cell)])]
    return chosen


def mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of the known values to four digits, None without one."""
    known = [value for value in values if value is not None]
    return round(fmean(known), 4) if known else None


def middle(values: Iterable[float | None]) -> float | None:
    """Return the median of the known values to three digits, None without one."""
    known = [value for value in values if value is not None]
    return round(float(median(known)), 3) if known else None
