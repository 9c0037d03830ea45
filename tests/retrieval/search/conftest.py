"""Documents published with the vectors of a model, and what searches in them."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_core.documents import Document

from retrieval.index import VectorIndex
from retrieval.ledger import Ledger, OwnerLock, Vector, VectorTable, text_hash
from retrieval.library import Library, Version
from retrieval.search import Hubs, LibraryRetriever


class Off(Hubs):
    """A bank of questions that have nothing in common, so that cosines are what they are."""

    def mean(self, lang: str) -> Vector:
        size = len(self._embeddings.embed_query("?"))
        return np.zeros(size, np.float32)


def language(text: str) -> str:
    return "en" if text.isascii() else "zh"


@pytest.fixture
def publish(ledger: Ledger) -> Callable[..., str]:
    """Publish texts as the chunks of a document, with the vectors that a model gives them."""

    def make(
        texts: Sequence[str],
        embeddings: Any,
        path: str = "a.md",
        lang: str = "en",
        title: str | None = None,
    ) -> str:
        library = Library(ledger)
        source = library.source("default", "folder", "/docs")
        document = library.stage(source, path, path, 1)
        made = zip(map(text_hash, texts), embeddings.embed_documents(list(texts)), strict=True)
        VectorTable(ledger).put({h: np.asarray(v, np.float32) for h, v in made}, "model-a")
        chunks = [
            Document(page_content=t, metadata={"heading": "", "start": 0, "end": 1}) for t in texts
        ]
        version = Version(path, 1, "p1", "model-a", title, lang, None)
        assert library.publish(document, version, chunks, [text_hash(t) for t in texts])
        return document

    return make


@pytest.fixture
def search(ledger: Ledger, tmp_path: Path) -> Iterator[Callable[..., LibraryRetriever]]:
    """Return what searches in all that was published."""
    opened: list[VectorIndex] = []

    def make(embeddings: Any, **more: Any) -> LibraryRetriever:
        owner = OwnerLock(tmp_path / "lock")
        opened.append(VectorIndex(ledger, tmp_path / "index", "model-a", owner))
        parts = {
            "library": Library(ledger), "index": opened[-1], "vectors": VectorTable(ledger),
            "embeddings": embeddings, "hubs": Off(ledger, embeddings, "model-a"),
            "fingerprint": "model-a", "language": language, "k": 2,
        }  # fmt: skip
        return LibraryRetriever(**{**parts, **more})

    yield make
    for index in opened:
        index.close()


@pytest.fixture
def filled(
    publish: Callable[..., str], search: Callable[..., LibraryRetriever]
) -> Callable[..., LibraryRetriever]:
    """Publish texts as the chunks of a document, and return what searches in them."""

    def make(texts: Sequence[str], embeddings: Any, **more: Any) -> LibraryRetriever:
        publish(texts, embeddings)
        return search(embeddings, **more)

    return make
