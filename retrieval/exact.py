"""Exact search over the ledger's own vectors: always right, and slower as the library grows."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.ledger import Ledger
from retrieval.searchable import Vectors, newest_change, searchable
from retrieval.vectors import Vector

Hits = list[tuple[str, float]]  # chunk ids and cosines, best first


@dataclass(frozen=True)
class _Snapshot:
    change: int
    vectors: Vectors
    collections: NDArray[np.object_]


class ExactIndex:
    """Cosine similarity with every visible chunk; reads the ledger again after each change."""

    def __init__(self, ledger: Ledger, fingerprint: str) -> None:
        self._ledger = ledger
        self._fingerprint = fingerprint
        self._snapshot: _Snapshot | None = None
        self._lock = threading.Lock()

    def search(self, vector: Vector, k: int, collection: str | None) -> Hits:
        """Return the ids and cosines of the k nearest chunks, best first."""
        snapshot = self._current()
        mask = None if collection is None else snapshot.collections == collection
        return nearest(snapshot.vectors, vector, k, mask)

    def any(self) -> bool:
        """Tell whether there is anything to find."""
        return bool(self._current().vectors.ids)

    def _current(self) -> _Snapshot:
        with self._ledger.read() as db, self._lock:
            change = newest_change(db)
            if self._snapshot is not None and self._snapshot.change == change:
                return self._snapshot
            vectors, homes = searchable(db, self._fingerprint)
        self._snapshot = _Snapshot(change, vectors, np.array(homes, object))
        return self._snapshot


def nearest(
    vectors: Vectors, vector: Vector, k: int, mask: NDArray[np.bool_] | None = None
) -> Hits:
    """Return the k nearest of some vectors, of those where `mask` is true."""
    if not vectors.ids:
        return []
    scores = vectors.matrix @ vector
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    if k < len(scores):
        best = np.argpartition(-scores, k - 1)[:k]
        best = best[np.argsort(-scores[best], kind="stable")]
    else:
        best = np.argsort(-scores, kind="stable")
    return [(vectors.ids[i], float(scores[i])) for i in best if np.isfinite(scores[i])]
