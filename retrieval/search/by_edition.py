"""Passages of several editions of one document: those of the edition that is asked for first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.library import Standing
from retrieval.search.asked_edition import AskedEdition, preferred

# An edition speaks of a matter when a passage of it has at most so much less of the score, or so
# many of the words.
_LESS, _SHARED = 0.06, 0.6


@dataclass(frozen=True)
class RankedChunk:
    """A chunk with its document, its score and its words."""

    id: str
    document: str
    score: float
    words: frozenset[str]


def by_edition(
    ranked: Sequence[RankedChunk],
    standings: Mapping[str, Standing],
    asked: AskedEdition,
    *,
    only_asked: bool = False,
) -> list[str]:
    """Return the ids of chunks, best first, the edition that a question asks for before others.

    Its passage comes right before the first of another edition that says no more of the matter;
    all else keeps its place. With `only_asked` those others are left out, where what is in force is
    asked for: they would take the room of other documents. What only an older edition speaks of
    stays. `standings` are by document.
    """
    order = list(ranked)
    for series in _series(standings):
        first = preferred(asked, [standings[d] for d in sorted(series)])
        wanted = [c for c in order if c.document in first]
        others = [c for c in order if c.document in series - first]
        outdone = {c.id: same for c in others if (same := _same_matter(c, wanted))}
        if not outdone:
            continue
        at = next(n for n, c in enumerate(order) if c.id in outdone)
        newer = outdone[order[at].id]
        if order.index(newer) > at:
            order.remove(newer)
            order.insert(at, newer)
        if only_asked and not asked.both and first <= standings[newer.document].in_force:
            order = [c for c in order if c.id not in outdone]
    return [c.id for c in order]


def _same_matter(chunk: RankedChunk, wanted: Sequence[RankedChunk]) -> RankedChunk | None:
    """Return the passage, of the edition asked for, that speaks of the matter of another's."""
    for other in wanted:
        if chunk.words and len(chunk.words & other.words) >= _SHARED * len(chunk.words):
            return other
    return wanted[0] if wanted and wanted[0].score >= chunk.score - _LESS else None


def _series(standings: Mapping[str, Standing]) -> list[set[str]]:
    """Return the documents by series; all editions of one know the same to be in force."""
    found: dict[frozenset[str], set[str]] = {}
    for document, standing in standings.items():
        if standing.state:
            found.setdefault(standing.in_force, set()).add(document)
    return list(found.values())
