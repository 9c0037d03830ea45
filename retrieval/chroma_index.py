"""A Chroma collection that holds the vectors of one embedding model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from langchain_core.documents import Document

from retrieval.vectors import Vector, steps

_NAME = "chunks"
_BATCH = 2000  # Chroma refuses more than 5,461 rows in a call


class ChromaIndex:
    """Nearest chunks by cosine, approximately; derived from the ledger and disposable."""

    def __init__(self, folder: Path) -> None:
        """Open or make the index in this folder; only one process may have it open."""
        import chromadb
        from chromadb.config import Settings
        from langchain_chroma import Chroma

        folder.mkdir(parents=True, exist_ok=True)
        client = self._client = chromadb.PersistentClient(
            str(folder), settings=Settings(anonymized_telemetry=False)
        )
        self._store = Chroma(
            collection_name=_NAME,
            client=client,
            collection_configuration={
                # Chroma's defaults are 16 neighbours, 100 candidates at building and at search.
                "hnsw": {
                    "space": "cosine",
                    "ef_construction": 200,
                    "ef_search": 200,
                    "max_neighbors": 32,
                }
            },
        )
        self._rows = client.get_collection(_NAME)

    def count(self) -> int:
        """Return how many chunks the index holds."""
        return self._rows.count()

    def add(self, chunks: Mapping[str, Document], vectors: Mapping[str, Vector]) -> None:
        """Add chunks by id, with their vectors as the ledger has them, in batches."""
        for ids in steps(list(chunks), _BATCH):
            self._rows.upsert(
                ids=list(ids),
                embeddings=np.stack([vectors[i] for i in ids]),
                documents=[chunks[i].page_content for i in ids],
                metadatas=[{"collection": chunks[i].metadata["collection"]} for i in ids],
            )

    def remove(self, ids: Sequence[str]) -> None:
        """Remove chunks by id; an id that is not there is no error."""
        for part in steps(ids, _BATCH):
            self._rows.delete(ids=list(part))

    def search(self, vector: Vector, k: int, collection: str | None) -> list[tuple[str, float]]:
        """Return the ids and cosines of about the k nearest chunks, best first."""
        k = min(k, self.count())
        if k == 0:
            return []
        hits = self._store.similarity_search_by_vector_with_relevance_scores(
            vector.tolist(), k, filter={"collection": collection} if collection else None
        )
        return [(str(document.id), 1.0 - distance) for document, distance in hits]

    def close(self) -> None:
        """Let go of the folder, so that it can be deleted, made again or opened by another."""
        self._client.close()  # type: ignore[attr-defined]  # its type is the abstract one
