"""From a question to passages."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_core.documents import Document

from retrieval.embeddings import passage_text
from retrieval.filters import EVERYTHING, Filter
from retrieval.index import VectorIndex
from retrieval.ledger import Ledger
from retrieval.library import Library
from retrieval.owner import OwnerLock
from retrieval.search import LibraryRetriever
from retrieval.vectors import VectorTable, text_hash
from retrieval.versions import Version

TEXTS = ["Leave is 25 days a year.", "Hotels cost at most 90 euros.", "差旅住宿上限六百元。"]


@pytest.fixture
def retriever(ledger: Ledger, word_embedding: Any, tmp_path: Path) -> Any:
    embeddings, library = word_embedding(), Library(ledger)
    source = library.source("default", "folder", "/docs")
    document = library.stage(source, "a.md", "s1", 1)
    made = zip(map(text_hash, TEXTS), embeddings.embed_documents(TEXTS), strict=True)
    VectorTable(ledger).put({h: np.asarray(v, np.float32) for h, v in made}, "model-a")
    chunks = [
        Document(page_content=t, metadata={"heading": "", "start": 0, "end": 1}) for t in TEXTS
    ]
    version = Version("s1", 1, "p1", "model-a", None, "en", None)
    library.publish(document, version, chunks, [text_hash(t) for t in TEXTS])
    index = VectorIndex(ledger, tmp_path / "index", "model-a", OwnerLock(tmp_path / "lock"))
    yield LibraryRetriever(library=library, index=index, embeddings=embeddings, k=2)
    index.close()


@pytest.mark.parametrize(
    ("question", "text"),
    [("How many days of leave?", TEXTS[0]), ("What may hotels cost?", TEXTS[1]),
     ("住宿上限多少", TEXTS[2])],
)  # fmt: skip
def test_the_nearest_passages_come_with_score_and_place(
    retriever: LibraryRetriever, question: str, text: str
) -> None:
    found = retriever.invoke(question)
    assert len(found) == 2
    assert found[0].page_content == text
    assert 1 >= found[0].metadata["score"] > found[1].metadata["score"] >= -1
    assert set(found[0].metadata) == {
        "document", "path", "title", "collection", "page", "heading", "start", "end", "ordinal",
        "lang", "sha256", "score",
    }  # fmt: skip


def test_a_hit_that_the_ledger_does_not_have_is_not_shown(
    retriever: LibraryRetriever, ledger: Ledger
) -> None:
    class Stale(VectorIndex):
        def search(self, vector: Any, k: int, within: Filter = EVERYTHING) -> Any:
            return [("a deleted chunk", 0.9), *super().search(vector, k, within)]

    stale = Stale(ledger, retriever.index._folder, "model-a", retriever.index._owner)
    found = retriever.model_copy(update={"index": stale}).invoke("How many days of leave?")
    assert found[0].page_content == TEXTS[0]
    assert len(found) == 2
    stale.close()


def test_what_is_embedded_names_title_and_heading_but_not_at_any_length() -> None:
    assert passage_text("T", "A > B", "| a |", "text") == "T\nA > B\n| a |\ntext"
    assert passage_text(None, "", "", "text") == "text"
    assert passage_text("T" * 900, "H" * 900, "", "text") == "T" * 200 + "\n" + "H" * 200 + "\ntext"
