"""Passages of several editions of one document: those of the edition that is asked for first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retrieval.library import Standing
from retrieval.search.asked_edition import AskedEdition, preferred

# An edition speaks of a matter when its best passage has at most so much less of the score.
_ALIKE = 0.06


def by_edition(
    ranked: Sequence[str],
    documents: Mapping[str, str],
    scores: Mapping[str, float],
    standings: Mapping[str, Standing],
    asked: AskedEdition,
    *,
    only_asked: bool = False,
) -> list[str]:
    """Return the chunk ids, best first, the edition that a question asks for before the others.

    `documents` and `scores` are of each chunk. Of the edition asked for the best passage comes
    right before the first of another edition that says no more of the matter. All else keeps its
    place. With `only_asked` those others are left out, where what is in force is asked for: they
    would take the room of other documents. What only an older edition speaks of stays.
    """
    order = list(ranked)
    for series in _series(standings):
        first = preferred(asked, [standings[d] for d in sorted(series)])
        best = next((c for c in order if documents[c] in first), None)
        if best is None:
            continue
        beside = series - first
        outdone = [
            c for c in order if documents[c] in beside and scores[best] >= scores[c] - _ALIKE
        ]
        if not outdone:
            continue
        if order.index(outdone[0]) < order.index(best):
            order.remove(best)
            order.insert(order.index(outdone[0]), best)
        in_force = first <= standings[documents[best]].in_force
        if only_asked and in_force and not asked.both:
            left_out = set(outdone)
            order = [c for c in order if c not in left_out]
    return order


def _series(standings: Mapping[str, Standing]) -> list[set[str]]:
    """Return the documents by series; all editions of one know the same to be in force."""
    found: dict[frozenset[str], set[str]] = {}
    for document, standing in standings.items():
        if standing.state:
            found.setdefault(standing.in_force, set()).add(document)
    return list(found.values())
