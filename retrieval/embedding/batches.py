"""Texts of like length embedded together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_TOKENS = 1024  # of a batch, with what fills it up
_STEP = 16  # tokens: widths are multiples of it, as each new shape has to be prepared once
_LIKE = (
    0.75  # of a batch's width is the least that a text in it has: a quarter is filled up at most
)


def batches(lengths: Sequence[int]) -> Iterator[tuple[list[int], int]]:
    """Yield which texts go together, by their places, and how many tokens wide they are filled.

    `lengths` are in tokens. The longest come first: memory that they take serves all others.
    """
    widths = [max(1, -(-length // _STEP)) * _STEP for length in lengths]
    together: list[int] = []
    width = 0
    for place in sorted(range(len(lengths)), key=lambda place: -widths[place]):
        fits = (len(together) + 1) * width <= _TOKENS and widths[place] >= _LIKE * width
        if together and not fits:
            yield together, width
            together = []
        if not together:
            width = widths[place]
        together.append(place)
    if together:
        yield together, width
