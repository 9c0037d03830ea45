"""From a question to the passages that may answer it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from retrieval.index import VectorIndex
from retrieval.keywords import ChunkWords, matching, rarity, terms, words_of
from retrieval.ledger import EVERYTHING, Filter, Vector, VectorTable, allowed
from retrieval.library import Library, Standing, standings
from retrieval.search.asked_edition import asked_edition
from retrieval.search.by_edition import RankedChunk, by_edition
from retrieval.search.duplicates import without_twins
from retrieval.search.fusion import (
    EVEN,
    WEIGHTS,
    FusionEvidence,
    FusionWeights,
    Wording,
    beside_rivals,
    evidence,
    reciprocal_ranks,
)
from retrieval.search.hubs import Hubs

Method = Literal["fused", "dense", "keywords", "ranks"]
# Chunks that each search brings and the fusion orders.
_CANDIDATES = 60
# Where documents are in both languages, those that are nearest whatever their language. Of 60 found
# for a Chinese question often none is in English, though its answer is: 10 more are too few to see
# that, 20 nearly do.
_ACROSS = 30


@dataclass(frozen=True)
class Candidate:
    """A chunk that may answer a question, its words, and what speaks for it."""

    document: Document
    words: ChunkWords | None
    evidence: FusionEvidence

    def told(self, weights: FusionWeights, standing: Standing | None = None) -> Document:
        """Return the chunk with its score, and where its document stands, in its metadata."""
        self.document.metadata |= {
            "score": self.evidence.score(weights),
            "cosine": self.evidence.cosine,
            "keywords": self.evidence.keywords + self.evidence.translated,
            "named": self.evidence.named,
        }
        if standing:
            self.document.metadata |= {
                "edition": standing.state,
                "dated": standing.dated,
                "superseded": standing.superseded,
            }
        return self.document


class LibraryRetriever(BaseRetriever):
    """Finds the k chunks that answer a question best, each checked against the ledger.

    Vectors and keywords each bring candidates, and one score orders them (fusion.py); of
    chunks that say the same one is kept. `also` are the question's translations. The documents
    carry, beside what the ledger says of a chunk, `score` and what it is made of: `cosine`,
    `keywords`, the share of the question's words that the chunk holds, and `named`, whether the
    question names its document. Of documents with several editions the one that is asked for, or
    is in force `today`, comes first; `edition`, `dated` and `superseded` tell which it is. With
    `only_asked` the others are left out where it speaks of the matter itself. `across` also brings
    candidates that are near in spite of their language.
    """

    library: Library
    index: VectorIndex
    vectors: VectorTable
    embeddings: Embeddings
    hubs: Hubs
    fingerprint: str
    language: Callable[[str], str]
    k: int = 5
    within: Filter = EVERYTHING
    also: tuple[str, ...] = ()
    method: Method = "fused"
    across: bool = False
    weights: FusionWeights = WEIGHTS
    today: date | None = None  # None: editions are not told apart
    only_asked: bool = False

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return self.best(query, self.candidates(query))

    def best(self, query: str, found: Mapping[str, Candidate]) -> list[Document]:
        """Return the k best of some candidates, without those that say the same as a better one."""
        documents = {c: str(found[c].document.metadata["document"]) for c in found}
        ranked, editions = self._ranked(found), dict[str, Standing]()
        if self.today and self.method == "fused":
            with self.library.snapshot() as db:
                editions = standings(db, documents.values(), self.today)
        if editions:
            chunks = [
                RankedChunk(
                    c, documents[c], found[c].evidence.score(self.weights), _words(found[c])
                )
                for c in ranked
            ]
            asked = asked_edition(query)
            ranked = by_edition(chunks, editions, asked, only_asked=self.only_asked)
        kept = without_twins(ranked, {c: found[c].words for c in found})
        return [
            found[chunk].told(self.weights, editions.get(documents[chunk]))
            for chunk in islice(kept, self.k)
        ]

    def candidates(self, query: str) -> dict[str, Candidate]:
        """Return all chunks that are worth ranking for a question, by id."""
        asked = [(text, *self._embedded(text)) for text in dict.fromkeys((query, *self.also))]
        with self.library.snapshot() as db:
            wordings = [
                Wording(self.language(text), vector, hub, rarity(db, set(terms(text))))
                for text, vector, hub in asked
            ]
            visible = self.library.chunks(self._near_or_matching(db, wordings))
            words = words_of(db, list(visible))
            vectors = self.vectors.of_chunks(list(visible), self.fingerprint)
        found = {
            chunk: evidence(wordings, document.metadata["lang"], vectors[chunk], words.get(chunk))
            for chunk, document in visible.items()
            if chunk in vectors
        }
        return {
            chunk: Candidate(visible[chunk], words.get(chunk), one)
            for chunk, one in beside_rivals(found).items()
        }

    def _embedded(self, text: str) -> tuple[Vector, Vector]:
        """Return a question's vector, and what it has in common with any in its language."""
        vector = np.asarray(self.embeddings.embed_query(text), np.float32)
        return vector, self.hubs.mean(self.language(text))

    def _near_or_matching(self, db: sqlite3.Connection, wordings: list[Wording]) -> list[str]:
        """Return the chunks near to a wording of the question, and those that hold its words."""
        n, documents = max(_CANDIDATES, self.k), allowed(db, self.within)
        found: list[str] = []
        for wording in wordings:
            if self.method != "keywords":
                direction = wording.direction(0.0 if self.method == "dense" else self.weights.hub)
                found += [chunk for chunk, _ in self.index.search(direction, n, self.within)]
                if self.across and wording is wordings[0]:
                    even = wording.direction(EVEN.hub)
                    found += [chunk for chunk, _ in self.index.search(even, _ACROSS, self.within)]
            if self.method != "dense":
                found += matching(db, wording.rarities, n, documents)
        return list(dict.fromkeys(found))

    def _ranked(self, found: Mapping[str, Candidate]) -> list[str]:
        """Return the chunks, best first, by the method."""
        by_cosine = sorted(found, key=lambda c: -found[c].evidence.cosine)
        by_keywords = sorted(found, key=lambda c: -found[c].evidence.keywords)
        if self.method == "ranks":
            return reciprocal_ranks([by_cosine, by_keywords])
        if self.method == "fused":
            return sorted(found, key=lambda c: -found[c].evidence.score(self.weights))
        return by_cosine if self.method == "dense" else by_keywords


def _words(candidate: Candidate) -> frozenset[str]:
    return candidate.words.all if candidate.words else frozenset()
