"""Texts of like length embedded together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

_TOKENS = 1024  # of a batch, with what fills it up
_STEP = 16  # tokens: widths are multiples of it, as each new shape has to be prepared once


def batches(lengths: Sequence[int]) -> Iterator[tuple[list[int], int]]:
    """Yield which texts go together, by their places, and how many tokens wide they are filled.

    `lengths` are in tokens. The longest come first: memory that they take serves all others.
    """
    widths = [-(-length // _STEP) * _STEP for length in lengths]
    order = sorted(range(len(lengths)), key=lambda place: -widths[place])
    for width, alike in groupby(order, key=widths.__getitem__):
        places = list(alike)
        rows = max(1, _TOKENS // max(1, width))
        for at in range(0, len(places), rows):
            yield places[at : at + rows], width
