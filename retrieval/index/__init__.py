"""The vector index: Chroma in the process that owns the library, exact search in others."""

from retrieval.index.equal_texts import first_of_equals, next_firsts
from retrieval.index.vector_index import VectorIndex

__all__ = ["VectorIndex", "first_of_equals", "next_firsts"]
