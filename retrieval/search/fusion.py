"""How vectors and keywords become one score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from retrieval.keywords import ChunkWords
from retrieval.ledger import Vector

# Term frequency: a second mention counts half as much again, and long chunks hardly pay for their
# length, as all are cut to one length. (k1 and b of BM25, there 1.2 and 0.75.)
_SATURATION, _LENGTH = 0.6, 0.4
_USUAL_LENGTH = 60  # terms in a chunk


@dataclass(frozen=True)
class FusionWeights:
    """What each kind of evidence is worth beside a cosine; fitted by `bench/fit_retrieval.py`.

    Cosines of this kind of model lie close together, some 0.03 apart among the likely passages.
    Keyword evidence is a share of what the question asks for, not of the best hit: so it is nothing
    where question and passage are in different languages, and a little where only common words
    fit, without a switch for either.
    """

    hub: float = 0.3  # of a passage's cosine with any question of this language, taken off
    keywords: float = 0.15  # for a chunk that holds all words of the question
    translated: float = 0.1  # for one that holds all words of a translation, which may be wrong
    title: float = 0.03  # for a document whose whole title is in the question
    other: float = 0.04  # for a passage in the other language, whose cosines are lower by as much


WEIGHTS = FusionWeights()
# Passages in both languages are compared fairly: with 0.3 off, those in Chinese are still nearer to
# Chinese questions, with all of it off those in English are (docs/measured/retrieval.md).
EVEN = FusionWeights(hub=0.6)
_RANK = 60  # Cormack et al., SIGIR 2009


@dataclass(frozen=True)
class Wording:
    """A question in one language: its vector, what that shares with any question, its words."""

    lang: str
    vector: Vector
    hub: Vector
    rarities: Mapping[str, float]

    def direction(self, hub: float) -> Vector:
        """Return the vector to search with, of unit length."""
        direction = self.vector - hub * self.hub
        return np.asarray(direction / np.linalg.norm(direction), np.float32)


@dataclass(frozen=True)
class FusionEvidence:
    """What speaks for a chunk.

    `cosine` with the question, `hub`: its cosine with any question of the language, `keywords`: the
    share of the question's words that it holds, `named`: whether the question names its document,
    `translated`: the share of a translation's words. `other`: whether it is in another language
    than the question and was found by a translation; `rival` is then the largest share of the
    question's words that a passage in its own language holds.
    """

    cosine: float
    hub: float
    keywords: float
    named: bool
    translated: float = 0.0
    other: bool = False
    rival: float = 0.0

    def near(self, weights: FusionWeights) -> float:
        """Return what the vectors say alone."""
        return self.cosine - weights.hub * self.hub

    def score(self, weights: FusionWeights) -> float:
        """Return all of it as one number, to rank by.

        What the question's own language holds of its words is taken off the passages in the other:
        of two documents that say the same, people want the one they asked for in their language.
        """
        words = weights.keywords * self.keywords + weights.translated * self.translated
        other = self.other * (weights.other - weights.keywords * self.rival)
        return self.near(weights) + words + weights.title * self.named + other


def evidence(
    wordings: Sequence[Wording], lang: str, vector: Vector, words: ChunkWords | None
) -> FusionEvidence:
    """Return the evidence that a chunk of a document in `lang` answers a question.

    `wordings` are the question and its translations. In the question's own language it counts
    alone. In another the cosines of all wordings are averaged: a translation by a small model is
    often a little wrong, and so is a model across languages, in other places.
    Keywords of both count there, as a chunk holds words of one language, and names in the other.
    """
    other = len(wordings) > 1 and lang != wordings[0].lang
    counted = wordings if other else wordings[:1]
    return FusionEvidence(
        cosine=sum(float(vector @ w.vector) for w in counted) / len(counted),
        hub=sum(float(vector @ w.hub) for w in counted) / len(counted),
        keywords=keyword_share(wordings[0].rarities, words) if words else 0.0,
        named=words is not None and any(is_named(w.rarities, words) for w in counted),
        translated=sum(keyword_share(w.rarities, words) for w in counted[1:]) if words else 0.0,
        other=other,
    )


def beside_rivals(found: Mapping[str, FusionEvidence]) -> dict[str, FusionEvidence]:
    """Return the evidence for some chunks, those in another language told of their `rival`."""
    rival = max((e.keywords for e in found.values() if not e.other), default=0.0)
    return {chunk: replace(e, rival=rival) if e.other else e for chunk, e in found.items()}


def reciprocal_ranks(rankings: Sequence[Sequence[str]]) -> list[str]:
    """Return what stands in some rankings, by the sum of its reciprocal ranks, best first."""
    sums: dict[str, float] = {}
    for ranking in rankings:
        for rank, chunk in enumerate(ranking, 1):
            sums[chunk] = sums.get(chunk, 0.0) + 1 / (_RANK + rank)
    return sorted(sums, key=lambda chunk: -sums[chunk])


def keyword_share(rarities: Mapping[str, float], words: ChunkWords) -> float:
    """Return how much of a question's words, weighted by rarity, a chunk holds: 0 to about 1.

    BM25 divided by the most it could be, the words that no chunk holds included.
    """
    total = sum(rarities.values())
    if not total:
        return 0.0
    length = words.length / _USUAL_LENGTH
    slow = _SATURATION * (1 - _LENGTH + _LENGTH * length)
    got = sum(
        rarity * n * (_SATURATION + 1) / (n + slow)
        for term, rarity in rarities.items()
        if (n := words.count(term))
    )
    return got / (total * (_SATURATION + 1))


def is_named(rarities: Mapping[str, float], words: ChunkWords) -> bool:
    """Tell whether a question names a chunk's document: its whole title is in it."""
    return bool(words.title) and words.title <= rarities.keys()
