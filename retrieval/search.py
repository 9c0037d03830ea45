"""From a question to the passages that may answer it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from itertools import islice
from typing import Literal

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from retrieval.duplicates import without_twins
from retrieval.filters import EVERYTHING, Filter, allowed
from retrieval.fusion import WEIGHTS, Evidence, Weights, Wording, evidence, reciprocal_ranks
from retrieval.hubs import Hubs
from retrieval.index import VectorIndex
from retrieval.keywords import matching, rarity, words_of
from retrieval.library import Library
from retrieval.terms import terms
from retrieval.vectors import Vector, VectorTable

Method = Literal["fused", "dense", "keywords", "ranks"]
# Chunks that each search brings and the fusion orders.
_CANDIDATES = 60


class LibraryRetriever(BaseRetriever):
    """Finds the k chunks that answer a question best, each checked against the ledger.

    Vectors and keywords each bring candidates, and one score orders them (`retrieval.fusion`); of
    chunks that say the same one is kept. `also` are the question's other wordings, as in another
    language. The documents carry, beside what the ledger says of a chunk, `score` and what it is
    made of: `cosine`, and `keywords`, the share of the question's words that the chunk holds.
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
    weights: Weights = WEIGHTS

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        asked = [(text, *self._embedded(text)) for text in dict.fromkeys((query, *self.also))]
        with self.library.snapshot() as db:
            wordings = [
                Wording(vector, hub, rarity(db, set(terms(text)))) for text, vector, hub in asked
            ]
            found = self._candidates(db, wordings)
            visible = self.library.chunks(list(found))
            words = words_of(db, list(visible))
            vectors = self.vectors.of_chunks(list(visible), self.fingerprint)
        told = {
            chunk: evidence(wordings, vectors[chunk], words.get(chunk), self.weights)
            for chunk in visible
            if chunk in vectors
        }
        ranked = without_twins(self._ranked(list(found), told), words)
        return [_told(visible[chunk], told[chunk]) for chunk in islice(ranked, self.k)]

    def _embedded(self, text: str) -> tuple[Vector, Vector]:
        """Return a question's vector, and what it has in common with any in its language."""
        vector = np.asarray(self.embeddings.embed_query(text), np.float32)
        return vector, self.hubs.mean(self.language(text))

    def _candidates(self, db: sqlite3.Connection, wordings: list[Wording]) -> dict[str, None]:
        """Return the chunks near to a wording of the question, and those that hold its words."""
        n, documents = max(_CANDIDATES, self.k), allowed(db, self.within)
        found: dict[str, None] = {}
        for wording in wordings:
            if self.method != "keywords":
                direction = wording.direction(0.0 if self.method == "dense" else self.weights.hub)
                found.update((c, None) for c, _ in self.index.search(direction, n, self.within))
            if self.method != "dense":
                found.update((c, None) for c in matching(db, wording.rarities, n, documents))
        return found

    def _ranked(self, found: list[str], told: dict[str, Evidence]) -> list[str]:
        """Return the chunks, best first, by the method."""
        known = [chunk for chunk in found if chunk in told]
        if self.method == "ranks":
            return reciprocal_ranks(
                [
                    sorted(known, key=lambda c: -told[c].cosine),
                    sorted(known, key=lambda c: -told[c].keywords),
                ]
            )
        part = {"fused": "score", "dense": "cosine", "keywords": "keywords"}[self.method]
        return sorted(known, key=lambda c: -getattr(told[c], part))


def _told(document: Document, evidence: Evidence) -> Document:
    document.metadata |= {
        "score": evidence.score,
        "cosine": evidence.cosine,
        "keywords": evidence.keywords,
    }
    return document
