"""Chunks that say the same, of which one is enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from retrieval.keywords import ChunkWords

# Two drafts of a page share nearly all words. Rows of a table do so too, with other figures in
# them: then both are kept.
_ALIKE = 0.9  # of the words of both together, those that both have


def without_twins(ranked: Iterable[str], words: Mapping[str, ChunkWords | None]) -> Iterator[str]:
    """Yield chunk ids in order, leaving out one that says what one before it said."""
    kept: list[tuple[frozenset[str], frozenset[str]]] = []
    for chunk in ranked:
        mine = _split(found) if (found := words.get(chunk)) else None
        if mine and any(_alike(mine, other) for other in kept):
            continue
        if mine:
            kept.append(mine)
        yield chunk


def _split(words: ChunkWords) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of a chunk, and those of them with a digit."""
    return (every := words.all), frozenset(t for t in every if any(map(str.isdigit, t)))


def _alike(
    one: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]]
) -> bool:
    return one[1] == other[1] and len(one[0] & other[0]) >= _ALIKE * len(one[0] | other[0])
