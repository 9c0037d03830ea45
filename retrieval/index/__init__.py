"""The vector index: Chroma in the process that owns the library, exact search in others."""

from retrieval.index.embeddings import load_embeddings, passage_text
from retrieval.index.equal_texts import next_firsts
from retrieval.index.vector_index import VectorIndex

__all__ = ["VectorIndex", "load_embeddings", "next_firsts", "passage_text"]
