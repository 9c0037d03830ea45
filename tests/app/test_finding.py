"""Questions in both languages where that helps, and only there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.service import KnowledgeBase
from retrieval.filters import EVERYTHING, Filter

OpenKb = Callable[..., KnowledgeBase]
Folder = Callable[..., Path]
LEAVE, HOTEL = "You have 25 days of leave a year.", "差旅住宿上限为每晚六百元。"
DOCS = {"leave.md": f"{LEAVE}\n", "差旅.txt": f"{HOTEL}\n"}
ENGLISH, CHINESE = "What is the limit for accommodation?", "住宿上限是多少？"


@pytest.fixture
def library(open_kb: OpenKb, folder: Folder) -> Callable[..., KnowledgeBase]:
    """Open the library of an English and a Chinese document; the model may translate."""

    def make(*texts: str) -> KnowledgeBase:
        kb = open_kb(texts=list(texts), translate_seconds=30)
        kb.ingest([folder(DOCS)])
        return kb

    return make


def prompts(kb: KnowledgeBase) -> int:
    return len(kb.models.written.prompts)  # type: ignore[attr-defined]


def test_what_only_the_other_language_has_is_found_by_the_translation(
    library: Callable[..., KnowledgeBase],
) -> None:
    kb = library(CHINESE)
    found = kb.search(ENGLISH, 1)
    assert found.searched == (ENGLISH, CHINESE)
    assert [d.page_content for d in found.passages] == [HOTEL]
    assert found.passages[0].metadata["keywords"] > 0.5


def test_a_translation_is_asked_for_once(
    library: Callable[..., KnowledgeBase], open_kb: OpenKb
) -> None:
    kb = library(CHINESE)
    first = kb.search(ENGLISH, 2)
    assert kb.search(ENGLISH, 2).searched == first.searched
    assert prompts(kb) == 1
    kb.close()
    again = open_kb(translate_seconds=30)  # without a text to write
    assert again.search(ENGLISH, 2).searched == first.searched


@pytest.mark.parametrize(
    ("question", "within"),
    [
        ("How many days of leave are there in a year?", EVERYTHING),  # its words are held
        ("差旅住宿上限", EVERYTHING),
        (ENGLISH, Filter(lang="en")),  # nothing else is asked
        (ENGLISH, Filter(kinds=("md",))),
        ("住宿上限是多少？", Filter(lang="zh")),
        (ENGLISH, Filter(kinds=("pdf",))),
        (ENGLISH, Filter("no such collection")),
    ],
)
def test_nothing_is_translated_without_need(
    library: Callable[..., KnowledgeBase], question: str, within: Filter
) -> None:
    kb = library()
    assert kb.search(question, 3, within).searched == (question,)
    assert prompts(kb) == 0


def test_a_question_that_no_document_is_in_the_language_of_is_always_translated(
    library: Callable[..., KnowledgeBase],
) -> None:
    kb = library("How many days of leave?")
    question = "25 days?"
    assert kb.search(question, 1, Filter(lang="en")).searched == (question,)
    asked = kb.search("年假25天吗？", 1, Filter(lang="en"))
    assert asked.searched == ("年假25天吗？",)  # the number is not in the translation: not sound
    kb = library("Are there 25 days of leave?")
    asked = kb.search("年假25天吗？", 1, Filter(lang="en"))
    assert asked.searched == ("年假25天吗？", "Are there 25 days of leave?")
    assert [d.page_content for d in asked.passages] == [LEAVE]


@pytest.mark.parametrize("method", ["dense", "keywords", "ranks"])
def test_other_methods_search_for_the_question_as_it_is(
    library: Callable[..., KnowledgeBase], method: str
) -> None:
    kb = library()
    assert kb.search(ENGLISH, 1, method=method).searched == (ENGLISH,)  # type: ignore[arg-type]
    assert prompts(kb) == 0


def test_without_a_translation_the_search_goes_on(library: Callable[..., KnowledgeBase]) -> None:
    kb = library("This is no Chinese.")
    found = kb.search(ENGLISH, 2)
    assert found.searched == (ENGLISH,)
    assert len(found.passages) == 2


def test_an_answer_is_drawn_from_what_the_translation_found(
    library: Callable[..., KnowledgeBase],
) -> None:
    kb = library(CHINESE, "The limit is 600 a night.")
    passages, *_ = list(kb.ask(ENGLISH))
    assert passages[0].page_content == HOTEL  # type: ignore[index,union-attr]


def test_passages_to_read_have_their_neighbours_and_hits_have_not(
    open_kb: OpenKb, folder: Folder
) -> None:
    kb = open_kb(texts=["x"], chunk_tokens=64, passages=1)
    sentences = [
        f"Sentence {n} of this rule is about the animal{n} and its food." for n in range(40)
    ]
    kb.ingest([folder({"a.txt": " ".join(sentences)})])
    (hit,) = kb.search("What about animal20?", 1).passages
    assert "animal20" in hit.page_content
    assert "parts" not in hit.metadata
    (passage,), *_ = list(kb.ask("What about animal20?"))
    assert hit.page_content in passage.page_content  # type: ignore[union-attr]
    assert len(passage.metadata["parts"]) == 3  # type: ignore[union-attr]
    assert passage.id == hit.id  # type: ignore[union-attr]


def test_the_bank_of_questions_is_embedded_once(library: Callable[..., KnowledgeBase]) -> None:
    kb = library()
    kb.search("days of leave", 1)
    with kb._ledger.read() as db:
        assert db.execute("SELECT count(*) FROM hubs").fetchone()[0] == 1
    hubs = kb._finder._hubs
    kb.search("leave in a year", 1)
    assert kb._finder._hubs is hubs
