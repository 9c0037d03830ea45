"""Raised figures behind a word, as the number of a note, stand in the run of this word."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from ingest.pdf.words import Run, is_raised

_HIGHEST = 0.8  # of the size, above the base line
_TOUCH = 0.3  # of the size, from the word
_LOOKED_AT = 60  # runs below it
_LONGEST = 3  # figures

_LEFT = attrgetter("left")


def with_indices(runs: Sequence[Run]) -> list[Run]:
    """Return runs, from the top, with those that are a raised figure put into the ones below."""
    kept: list[Run] = []
    for n, run in enumerate(runs):
        owner = None
        if len(run.words) == 1 and len(text := run.words[0].text) <= _LONGEST and text.isdigit():
            owner = _owner(run, runs[n + 1 : n + 1 + _LOOKED_AT])
        if owner is None:
            kept.append(run)
        else:
            owner.words.append(run.words[0])
            owner.words.sort(key=_LEFT)
            owner.right = max(owner.right, run.right)
    return kept


def _owner(index: Run, below: Sequence[Run]) -> Run | None:
    for run in below:
        if (
            is_raised(index.size, index.base, run.size, run.base)
            and run.base - index.base <= _HIGHEST * run.size
            and any(abs(index.left - word.right) < _TOUCH * run.size for word in run.words)
        ):
            return run
    return None
