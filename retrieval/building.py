"""A Chroma index made from the ledger's vectors, without reading or embedding anything again."""

from __future__ import annotations

from pathlib import Path

from retrieval.chroma_index import ChromaIndex
from retrieval.errors import LibraryError
from retrieval.probe import missed
from retrieval.searchable import Vectors

_CANARIES = 64  # of its vectors, searched for before it is used


def built(folder: Path, vectors: Vectors) -> ChromaIndex:
    """Build an index in a new folder and return it open.

    Raises LibraryError when it does not find what was put into it, and whatever Chroma raises.
    """
    index = ChromaIndex(folder)
    index.add(vectors.ids, vectors.matrix)
    step = max(1, len(vectors.ids) // _CANARIES)
    if problem := missed(index, Vectors(vectors.ids[::step], vectors.matrix[::step])):
        index.close()
        raise LibraryError(f"a new vector index does not work: {problem}")
    return index
