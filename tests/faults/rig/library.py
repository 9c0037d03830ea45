"""The library under test: real SQLite and Chroma; only the embedding model is a stand-in."""

import hashlib
from pathlib import Path

import numpy as np
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from app.loaded_models import Models
from app.service import KnowledgeBase
from app.settings import Settings
from retrieval.embedding import passage_text
from retrieval.ledger import Ledger

SIZE = 16  # dimensions: building an index of thousands costs tenths of a second
CHUNK_TOKENS = 64


class HashEmbedding(Embeddings):
    """A direction of its own for every text: a chunk is found by its own text alone."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        raw = np.frombuffer(hashlib.shake_256(text.encode()).digest(4 * SIZE), "<i4")
        vector = raw.astype(np.float64)
        return list(vector / np.linalg.norm(vector))


class HashModels(Models):
    """The model folder is real (its fingerprint and tokenizer too), the embeddings are hashes."""

    def embeddings(self) -> Embeddings:
        return HashEmbedding()


def settings(root: Path) -> Settings:
    """The settings of the library below a folder; its model folder is made by a fixture."""
    return Settings(
        data_dir=root / "library",
        models_dir=root / "models",
        embed_model=str(root / "models" / "hash"),
        chunk_tokens=CHUNK_TOKENS,
    )


def open_library(root: Path) -> KnowledgeBase:
    """Open the library below a folder; its documents lie in `root/docs`."""
    chosen = settings(root)
    return KnowledgeBase(chosen, Ledger(chosen.ledger_path), HashModels(chosen))


def passage(chunk: Document) -> str:
    """The text that was embedded for a chunk; asked for, it is the nearest."""
    m = chunk.metadata
    return passage_text(m["title"], m["heading"], m["header"], chunk.page_content)
