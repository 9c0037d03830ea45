"""Exact search over the ledger's own vectors: always right, and slower as the library grows."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.ledger import Ledger
from retrieval.vectors import Vector


@dataclass(frozen=True)
class _Snapshot:
    change: int
    ids: list[str]
    collections: NDArray[np.object_]
    matrix: NDArray[np.float32]


class ExactIndex:
    """Cosine similarity with every visible chunk; reads the ledger again after each change."""

    def __init__(self, ledger: Ledger, fingerprint: str) -> None:
        self._ledger = ledger
        self._fingerprint = fingerprint
        self._snapshot: _Snapshot | None = None
        self._lock = threading.Lock()

    def search(self, vector: Vector, k: int, collection: str | None) -> list[tuple[str, float]]:
        """Return the ids and cosines of the k nearest chunks, best first."""
        with self._lock:
            snapshot = self._current()
        if not snapshot.ids:
            return []
        scores = snapshot.matrix @ vector
        if collection is not None:
            scores = np.where(snapshot.collections == collection, scores, -np.inf)
        best = np.argsort(-scores, kind="stable")[:k]
        return [(snapshot.ids[i], float(scores[i])) for i in best if np.isfinite(scores[i])]

    def _current(self) -> _Snapshot:
        with self._ledger.read() as db:
            row = db.execute("SELECT seq FROM sqlite_sequence WHERE name='changes'").fetchone()
            change = int(row[0]) if row else 0
            if self._snapshot is not None and self._snapshot.change == change:
                return self._snapshot
            rows = db.execute(
                "SELECT c.id, s.collection, v.vector FROM chunks c JOIN documents d"
                " ON d.version=c.version JOIN sources s ON s.id=d.source JOIN vectors v"
                " ON v.embedded=c.embedded AND v.fingerprint=?",
                (self._fingerprint,),
            ).fetchall()
        matrix = (
            np.frombuffer(b"".join(r[2] for r in rows), "<f4").reshape(len(rows), -1)
            if rows
            else np.zeros((0, 0), np.float32)
        )
        self._snapshot = _Snapshot(
            change, [r[0] for r in rows], np.array([r[1] for r in rows], object), matrix
        )
        return self._snapshot
