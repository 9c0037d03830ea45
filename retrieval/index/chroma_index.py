"""A Chroma collection that holds the vectors of one embedding model."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.ledger import Vector, steps

if TYPE_CHECKING:
    from chromadb.api.collection_configuration import CreateHNSWConfiguration

log = logging.getLogger(__name__)

_NAME = "chunks"
# Chroma refuses more than 5,461 rows in a call, and lets no other thread run while it adds them: a
# question waited seconds for 2,000 at 100,000 chunks. In small steps it takes no longer.
_BATCH = 200
# Chroma's defaults, but for 200 candidates at building instead of 100
# (docs/measured/vector-index.md compares).
_NEIGHBOURS, _AT_BUILDING, _AT_SEARCH = 16, 200, 100
# Rows that are equal are neighbours of each other alone, and those beside them are found no more:
# up to 4 of 157, when 153 were equal. Equal texts are told once (equal_texts.py); other texts may
# have equal vectors too. Moved by this much, one was lost in 30 such sets. Cosines differ by
# no more.
_APART = 1e-6


class ChromaIndex:
    """Nearest chunks by cosine, approximately; derived from the ledger and disposable.

    It holds ids and vectors alone. With the texts in it too, adding takes 2.3 times as long, and
    its filters cost ten times an exact search of the same chunks.
    """

    def __init__(self, folder: Path) -> None:
        """Open or make the index in this folder; only one process may have it open."""
        import chromadb
        from chromadb.config import Settings

        folder.mkdir(parents=True, exist_ok=True)
        self._client = chromadb.PersistentClient(
            str(folder), settings=Settings(anonymized_telemetry=False)
        )
        hnsw: CreateHNSWConfiguration = {
            "space": "cosine",
            "max_neighbors": _NEIGHBOURS,
            "ef_construction": _AT_BUILDING,
            "ef_search": _AT_SEARCH,
        }
        self._rows = self._client.get_or_create_collection(
            _NAME, configuration={"hnsw": hnsw}, embedding_function=None
        )

    def count(self) -> int:
        """Return how many chunks the index holds."""
        return self._rows.count()

    def ids(self) -> set[str]:
        """Return the ids of all chunks."""
        return set(self._rows.get(include=[])["ids"])

    def add(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Add chunks, row i of `vectors` for the i-th id, in batches."""
        for at in range(0, len(ids), _BATCH):
            part = list(ids[at : at + _BATCH])
            self._rows.upsert(ids=part, embeddings=_apart(part, vectors[at : at + _BATCH]))

    def remove(self, ids: Sequence[str]) -> None:
        """Remove chunks by id; an id that is not there is no error."""
        for part in steps(ids, _BATCH):
            self._rows.delete(ids=list(part))

    def search(self, vector: Vector, k: int) -> list[tuple[str, float]]:
        """Return the ids and cosines of about the k nearest chunks, best first."""
        if k <= 0:
            return []
        found = self._rows.query(
            query_embeddings=vector[np.newaxis], n_results=k, include=["distances"]
        )
        distances = found["distances"] or [[]]
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)]

    def close(self) -> None:
        """Let go of the folder, so that it can be deleted, made again or opened by another."""
        self._client.close()  # type: ignore[attr-defined]  # its type is the abstract one


def let_go(index: ChromaIndex | None) -> None:
    """Close an index that is not used any more, well or not."""
    try:
        if index is not None:
            index.close()
    except Exception:
        log.exception("closing the vector index failed")


def _apart(ids: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Move each of some vectors of unit length a little, so that no two are equal."""
    random = np.random.default_rng(zlib.crc32("".join(ids).encode()))  # the same for the same rows
    moves = random.standard_normal(vectors.shape, np.float32)
    moves *= _APART / np.linalg.norm(moves, axis=1, keepdims=True)
    return vectors + moves
