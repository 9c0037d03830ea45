"""The embedding model: what is embedded of a chunk, and what computes its vector."""

from retrieval.embedding.load import Backend, backend, load_embeddings, prepare
from retrieval.embedding.passage import passage_text

__all__ = ["Backend", "backend", "load_embeddings", "passage_text", "prepare"]
