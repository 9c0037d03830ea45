"""A ledger of one's own for each test, and a short way to put documents into it."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from langchain_core.documents import Document

from retrieval.ledger import Ledger, Vector, VectorTable, text_hash
from retrieval.library import Library, Version

SIZE = 16


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger(tmp_path / "ledger.sqlite3")
    yield ledger
    ledger.close()


@pytest.fixture
def library(ledger: Ledger) -> Library:
    return Library(ledger)


@pytest.fixture
def vector() -> Callable[..., Vector]:
    """The vector of unit length that a model gives to a text."""

    def make(text: str, model: str = "model-a") -> Vector:
        seed = int(text_hash(f"{model} {text}")[:15], 16)
        raw = np.random.default_rng(seed).normal(size=SIZE).astype(np.float32)
        return np.asarray(raw / np.linalg.norm(raw), np.float32)

    return make


@pytest.fixture
def version() -> Callable[..., Version]:
    def make(sha256: str = "s1", model: str = "model-a", pipeline: str = "p1") -> Version:
        return Version(sha256, 10, pipeline, model, "Title", "en", None)

    return make


@pytest.fixture
def put(
    ledger: Ledger, vector: Callable[..., Vector], version: Callable[..., Version]
) -> Callable[..., str]:
    """Stage and publish a document whose chunks are these texts; return its id."""
    library, vectors = Library(ledger), VectorTable(ledger)

    def make(
        path: str, texts: Sequence[str], model: str = "model-a", collection: str = "default"
    ) -> str:
        source = library.source(collection, "folder", "/docs")
        read = version(text_hash("\n".join(texts)), model)
        document = library.stage(source, path, read.sha256, 10)
        vectors.put({text_hash(t): vector(t, model) for t in texts}, model)
        chunks = [
            Document(page_content=t, metadata={"heading": "H", "start": i, "end": i + len(t)})
            for i, t in enumerate(texts)
        ]
        assert library.publish(document, read, chunks, [text_hash(t) for t in texts])
        return document

    return make
