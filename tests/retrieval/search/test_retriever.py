"""From a question to passages."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_core.documents import Document
from langchain_core.embeddings import DeterministicFakeEmbedding

from retrieval.index import VectorIndex, passage_text
from retrieval.ledger import EVERYTHING, Filter, Ledger, OwnerLock, Vector, VectorTable, text_hash
from retrieval.library import Library, Version
from retrieval.search import Hubs, LibraryRetriever
from retrieval.search.fusion import FusionWeights

TEXTS = ["Leave is 25 days a year.", "Hotels cost at most 90 euros.", "差旅住宿上限六百元。"]
DIMENSIONS = 256


class Blind(DeterministicFakeEmbedding):
    """Knows no word: all texts are equally near to all questions."""

    size: int = DIMENSIONS

    def _get_embedding(self, seed: int) -> list[float]:
        return [DIMENSIONS**-0.5] * DIMENSIONS


class Off(Hubs):
    """A bank of questions that have nothing in common, so that cosines are what they are."""

    def mean(self, lang: str) -> Vector:
        return np.zeros(DIMENSIONS, np.float32)


def language(text: str) -> str:
    return "en" if text.isascii() else "zh"


@pytest.fixture
def filled(ledger: Ledger, tmp_path: Path) -> Iterator[Callable[..., LibraryRetriever]]:
    """Publish texts as the chunks of a document, and return what searches in them."""
    opened: list[VectorIndex] = []

    def make(texts: Sequence[str], embeddings: Any, **more: Any) -> LibraryRetriever:
        library, table = Library(ledger), VectorTable(ledger)
        source = library.source("default", "folder", "/docs")
        document = library.stage(source, "a.md", "s1", 1)
        made = zip(map(text_hash, texts), embeddings.embed_documents(list(texts)), strict=True)
        table.put({h: np.asarray(v, np.float32) for h, v in made}, "model-a")
        chunks = [
            Document(page_content=t, metadata={"heading": "", "start": 0, "end": 1}) for t in texts
        ]
        version = Version("s1", 1, "p1", "model-a", None, "en", None)
        library.publish(document, version, chunks, [text_hash(t) for t in texts])
        index = VectorIndex(ledger, tmp_path / "index", "model-a", OwnerLock(tmp_path / "lock"))
        opened.append(index)
        parts = {
            "library": library, "index": index, "vectors": table, "embeddings": embeddings,
            "hubs": Off(ledger, embeddings, "model-a"), "fingerprint": "model-a",
            "language": language, "k": 2,
        }  # fmt: skip
        return LibraryRetriever(**{**parts, **more})

    yield make
    for index in opened:
        index.close()


@pytest.fixture
def retriever(
    filled: Callable[..., LibraryRetriever], word_embedding: Any, ledger: Ledger
) -> LibraryRetriever:
    embeddings = word_embedding()
    return filled(TEXTS, embeddings, hubs=Hubs(ledger, embeddings, "model-a"))


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
        "lang", "sha256", "header", "score", "cosine", "keywords", "named",
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


# -- by vectors, by words, by both


def found(retriever: LibraryRetriever, question: str, **changes: Any) -> list[str]:
    return [d.page_content for d in retriever.model_copy(update=changes).invoke(question)]


def test_a_question_in_other_words_is_found_by_a_keyword_alone(
    filled: Callable[..., LibraryRetriever],
) -> None:
    texts = [f"Nothing to see at stop {n}." for n in range(20)] + ["按GB/T 7714著录参考文献。"]
    retriever = filled(texts, Blind(), k=1)
    question = "Which rules does GB/T7714 set?"
    assert found(retriever, question) == texts[-1:]
    assert found(retriever, question, method="keywords") == texts[-1:]
    cosines = {d.metadata["cosine"] for d in retriever.model_copy(update={"k": 30}).invoke("stop")}
    assert len(cosines) == 1  # which say nothing


def test_each_method_orders_by_its_own_evidence(
    filled: Callable[..., LibraryRetriever], word_embedding: Any
) -> None:
    texts = [
        "What is it that they are for?",
        "Of the animals on this plain one has stripes and eats grass all day long: a zebra.",
        "Hotels cost money.",
    ]
    retriever = filled(texts, word_embedding(), k=3)
    question = "What is it that zebras are for?"
    parts = {"dense": "cosine", "keywords": "keywords", "fused": "score"}
    for method, part in parts.items():
        hits = retriever.model_copy(update={"method": method}).invoke(question)
        values = [d.metadata[part] for d in hits]
        assert values == sorted(values, reverse=True), method
    assert found(retriever, question, method="dense")[0] == texts[0]
    assert found(retriever, question, method="keywords") == [texts[1]]
    assert set(found(retriever, question, method="ranks")[:2]) == set(texts[:2])


def test_vectors_alone_and_keywords_alone_bring_their_own_candidates(
    filled: Callable[..., LibraryRetriever],
) -> None:
    retriever = filled(TEXTS, Blind(), k=9)
    assert set(found(retriever, "Hotels?", method="dense")) == set(TEXTS)
    assert found(retriever, "Hotels?", method="keywords") == [TEXTS[1]]
    assert found(retriever, "Hotels?")[0] == TEXTS[1]
    assert set(found(retriever, "Hotels?")) == set(TEXTS)


def test_the_other_wording_finds_what_the_question_does_not(
    filled: Callable[..., LibraryRetriever],
) -> None:
    retriever = filled(TEXTS, Blind(), k=1, method="keywords")
    assert found(retriever, "What is the accommodation limit?") == []
    assert found(retriever, "What is the accommodation limit?", also=("住宿上限是多少？",)) == [
        TEXTS[2]
    ]


def test_what_all_questions_share_is_taken_off(
    filled: Callable[..., LibraryRetriever], word_embedding: Any, ledger: Ledger
) -> None:
    """A passage made of words that every question has is near to any, and is no answer."""
    asked = "How many days of leave are there?"
    texts = ["How many of the are there is what in which", "Leave: 25 days, and 30 from age fifty."]
    embeddings = word_embedding()

    class Common(Hubs):
        def mean(self, lang: str) -> Vector:
            assert lang == "en"
            return np.asarray(embeddings.embed_query("how many of the are there"), np.float32)

    retriever = filled(texts, embeddings, k=1, hubs=Common(ledger, embeddings, "model-a"))
    assert found(retriever, asked, method="dense") == texts[:1]
    assert found(retriever, asked, weights=FusionWeights(hub=0, keywords=0)) == texts[:1]
    assert found(retriever, asked, weights=FusionWeights(hub=1, keywords=0)) == texts[1:]


def test_a_filter_holds_for_vectors_and_keywords(filled: Callable[..., LibraryRetriever]) -> None:
    retriever = filled(TEXTS, Blind(), k=9)
    for method in ("fused", "dense", "keywords", "ranks"):
        nowhere = Filter(collection="no such")
        assert found(retriever, "Hotels?", within=nowhere, method=method) == []
        assert found(retriever, "Hotels?", within=Filter("default"), method=method) != []


def test_of_two_drafts_one_is_enough(filled: Callable[..., LibraryRetriever]) -> None:
    draft = "Employees may work from home on two days a week if their manager agrees in writing"
    retriever = filled([f"{draft}.", f"{draft}!", "Hotels cost at most 90 euros."], Blind())
    hits = found(retriever, "Who may work from home?")
    assert len(hits) == 2
    assert hits[0].startswith(draft)
    assert hits[1].startswith("Hotels")


def test_chunks_of_another_model_are_not_found_by_their_words(
    filled: Callable[..., LibraryRetriever],
) -> None:
    retriever = filled(TEXTS, Blind(), k=9)
    assert found(retriever, "Hotels?", fingerprint="model-b") == []


def test_words_of_grammar_alone_find_by_vectors_only(
    filled: Callable[..., LibraryRetriever],
) -> None:
    retriever = filled(TEXTS, Blind(), k=9)
    assert found(retriever, "what is this?", method="keywords") == []
    assert set(found(retriever, "what is this?")) == set(TEXTS)
