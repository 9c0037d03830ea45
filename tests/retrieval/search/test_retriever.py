"""From a question to passages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings

from retrieval.embedding import passage_text
from retrieval.index import VectorIndex
from retrieval.keywords import empty_keywords
from retrieval.ledger import EVERYTHING, Filter, Ledger, OwnerLock, Vector
from retrieval.library import Library, Shelves
from retrieval.search import FusionWeights, Hubs, LibraryRetriever, widened

TEXTS = ["Leave is 25 days a year.", "Hotels cost at most 90 euros.", "差旅住宿上限六百元。"]
DIMENSIONS = 256


class Blind(DeterministicFakeEmbedding):
    """Knows no word: all texts are equally near to all questions."""

    size: int = DIMENSIONS

    def _get_embedding(self, seed: int) -> list[float]:
        return [DIMENSIONS**-0.5] * DIMENSIONS


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
        "lang", "sha256", "header", "unit", "confidence", "score", "cosine", "keywords", "named",
    }  # fmt: skip


def test_a_hit_that_the_ledger_does_not_have_is_not_shown(
    retriever: LibraryRetriever, ledger: Ledger, tmp_path: Path
) -> None:
    class Stale(VectorIndex):
        def search(self, vector: Any, k: int, within: Filter = EVERYTHING) -> Any:
            return [("a deleted chunk", 0.9), *super().search(vector, k, within)]

    stale = Stale(ledger, tmp_path / "index", "model-a", OwnerLock(tmp_path / "lock"))
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


# -- of chunks that say the same one is kept, the best

DRAFT = "employees may work from home two days a week if the manager agrees in writing before noon"
WORDS = [f"w{chr(97 + i)}x" for i in range(20)]


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        ([DRAFT, "Dogs bark.", f"{DRAFT}!"], 2),
        # one changed word in twenty is the same, and half of them are not
        ([" ".join(WORDS), " ".join([*WORDS[:-1], "other"])], 1),
        ([" ".join(WORDS), " ".join(WORDS[:10])], 2),
        # other figures are another thing
        ([f"{DRAFT} 2025", f"{DRAFT} 2026"], 2),
        ([f"{DRAFT} 5%", f"{DRAFT} 5 %"], 2),
        ([f"{DRAFT} 2026", f"2026 {DRAFT}"], 1),
    ],
)
def test_of_two_drafts_one_is_enough(
    filled: Callable[..., LibraryRetriever], texts: list[str], kept: int
) -> None:
    hits = found(filled(texts, Blind(), k=9), "Who may work from home?")
    assert len(hits) == kept
    assert set(hits) <= set(texts)


def test_the_best_of_them_is_kept(
    filled: Callable[..., LibraryRetriever], word_embedding: Any
) -> None:
    texts = [" ".join([*WORDS, place]) for place in ("Rome", "Oslo", "Bern")]
    retriever = filled(texts, word_embedding(), k=9)
    for text in texts:
        assert found(retriever, f"Where is {text[-4:]}?") == [text]


def test_chunks_whose_words_are_not_known_stay(
    filled: Callable[..., LibraryRetriever], ledger: Ledger
) -> None:
    retriever = filled([DRAFT, f"{DRAFT}!"], Blind(), k=9)
    with ledger.write() as db:
        empty_keywords(db)
    assert len(found(retriever, "Who may work from home?")) == 2


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


@pytest.mark.parametrize("method", ["dense", "keywords", "fused", "ranks"])
@pytest.mark.parametrize("filtered", [False, True])
def test_what_is_switched_off_takes_no_place_of_others(
    filled: Callable[..., LibraryRetriever],
    word_embedding: Any,
    ledger: Ledger,
    method: str,
    filtered: bool,
) -> None:
    """More passages fit better than are candidates, and all of them are off."""
    better = [f"Hotels cost {n} euros." for n in range(70)]
    retriever = filled(
        [*better, "Hotels of the north, which have rooms, cost more."], word_embedding()
    )
    library, shelves = Library(ledger), Shelves(ledger)
    (document,) = (r.document for r in library.records())
    chunks = library.document_chunks(document)
    within = Filter(documents=(document,)) if filtered else EVERYTHING
    asked = {"method": method, "within": within}
    assert "north" not in str(found(retriever, "What do hotels cost?", **asked))
    for chunk in chunks[:70]:
        assert shelves.switch_passage(document, str(chunk.id), on=False)
    (left,) = found(retriever, "What do hotels cost?", **asked)
    assert "north" in left
    assert [p.page_content for p in widened(library, chunks[69:])] == [left]
    for chunk in chunks[:70]:
        assert shelves.switch_passage(document, str(chunk.id), on=True)
    assert "north" not in str(found(retriever, "What do hotels cost?", **asked))


# -- in spite of the language


class Two(Embeddings):
    """The first axis is what Chinese texts have in common, the second what the question asks."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[0.0, 1.0] if text.isascii() else [1.0, 0.0] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [0.9, 0.19**0.5]


class Common(Hubs):
    def mean(self, lang: str) -> Vector:
        return np.array([0.9, 0.0], np.float32)


def test_what_is_near_in_spite_of_its_language_is_among_the_candidates(
    publish: Callable[..., str], search: Callable[..., LibraryRetriever], ledger: Ledger
) -> None:
    embeddings = Two()
    publish([f"第{n}章" for n in range(80)], embeddings, "many.md", "zh")
    publish(["The depot is in Luton."], embeddings, "one.md", "en")
    retriever = search(embeddings, hubs=Common(ledger, embeddings, "model-a"))

    def languages(**changes: Any) -> set[str]:
        found = retriever.model_copy(update=changes).candidates("仓库在哪里？")
        return {c.document.metadata["lang"] for c in found.values()}

    assert languages() == {"zh"}  # 60 of the 80
    assert languages(across=True) == {"zh", "en"}
