"""Questions in both languages where that helps, and only there."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.service import KnowledgeBase
from ingest.text import language
from llm.answer import Answer, Found, FoundSoFar, Question
from llm.question import Turn
from retrieval.ledger import EVERYTHING, Filter, Ledger
from retrieval.search import EVEN, WEIGHTS

OpenKb = Callable[..., KnowledgeBase]
Folder = Callable[..., Path]
LEAVE, HOTEL = "You have 25 days of leave a year.", "差旅住宿上限为每晚六百元。"
DOCS = {"leave.md": f"{LEAVE}\n", "差旅.txt": f"{HOTEL}\n"}
# Five in each language: what is near to one of them is nearer than anything in the other.
MORE = {
    **{f"leave{n}.md": f"In year {n} there are {n} days of leave.\n" for n in range(15, 20)},
    **{f"差旅{n}.txt": f"差旅住宿上限在第{n}年为每晚{n}元。\n" for n in range(15, 20)},
}
ENGLISH, CHINESE = "What is the limit for accommodation?", "住宿上限是多少？"


@pytest.fixture
def library(open_kb: OpenKb, folder: Folder) -> Callable[..., KnowledgeBase]:
    """Open the library of an English and a Chinese document; the model may translate."""

    def make(*texts: str, more: dict[str, str] | None = None) -> KnowledgeBase:
        kb = open_kb(texts=list(texts), translate_seconds=30)
        kb.ingest([folder({**DOCS, **(more or {})})])
        return kb

    return make


def evidence(kb: KnowledgeBase, question: str) -> tuple[float, float]:
    """The best score in the question's language, and how far ahead of the other's it is nearest."""
    found = kb.finder.retriever(1, across=True).candidates(question).values()
    lang = language(question)
    own = [c.evidence for c in found if c.document.metadata["lang"] == lang]
    theirs = [c.evidence for c in found if c.document.metadata["lang"] != lang]
    ahead = max(e.near(EVEN) for e in own) - max(e.near(EVEN) for e in theirs)
    return max(e.score(WEIGHTS) for e in own), ahead


def found(parts: list[object]) -> Found:
    (one,) = (part for part in parts if isinstance(part, Found))
    return one


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


def test_a_question_that_its_own_language_does_not_answer_is_translated(
    library: Callable[..., KnowledgeBase],
) -> None:
    """However far the passages in the other language are, as there may be names in it."""
    question, translation = "What are there in a bathtub?", "浴缸里有什么？"
    kb = library(translation, more=MORE)
    best, ahead = evidence(kb, question)
    assert (best < 0.69, ahead > 0.06) == (True, True)
    assert kb.search(question, 1).searched == (question, translation)


def test_a_question_that_both_languages_may_answer_is_translated(
    library: Callable[..., KnowledgeBase],
) -> None:
    """Its own does, but the English document names what is asked for in Chinese."""
    question, translation = "差旅住宿上限", "What is the limit for accommodation?"
    kb = library(translation, more={**MORE, "limit.md": "Accommodation abroad: 差旅住宿上限\n"})
    best, ahead = evidence(kb, question)
    assert (best > 0.69, ahead < 0.06) == (True, True)
    assert kb.search(question, 1).searched == (question, translation)


@pytest.mark.parametrize(
    ("question", "within"),
    [
        ("How many days of leave are there in a year?", EVERYTHING),  # held, and near in English
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
    kb = library(more=MORE)
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


def test_a_translation_that_was_not_ready_in_time_is_told(
    library: Callable[..., KnowledgeBase], scripted_chat: Any
) -> None:
    asked: list[bool] = []

    class Slow(scripted_chat):  # type: ignore[misc]
        def _stream(self, *args: Any, cancel: Any, **more: Any) -> Iterator[Any]:
            if not asked:  # the translation; what follows is the answer
                asked.append(True)
                assert cancel.wait(30)
            yield from super()._stream(*args, cancel=cancel, **more)

    kb = library()
    kb.finder._translator._seconds = 0.05
    kb.models.written = Slow(texts=[CHINESE, "600 [1].", "600 [1]."])  # type: ignore[attr-defined]
    *_, last = kb.ask(ENGLISH)
    assert isinstance(last, Answer)
    assert (last.searched, last.untranslated) == ((ENGLISH,), "zh")


def test_a_name_is_known_as_its_translation(library: Callable[..., KnowledgeBase]) -> None:
    """The passages are of both languages, and only the Chinese one has it."""
    question = Question("What is the limit for accommodation in London?", "en")
    kb = library("伦敦的住宿上限是多少？", "伦敦")
    kb.finder.read(question, kb.finder.look(question.text, 2))
    assert {p.metadata["lang"] for p in question.passages} == {"zh", "en"}
    assert question.called == {"London": "伦敦"}


def test_an_answer_is_drawn_from_what_the_translation_found(
    library: Callable[..., KnowledgeBase],
) -> None:
    kb = library(CHINESE, "The limit is 600 a night.", "The limit is 600 a night.")
    parts = list(kb.ask(ENGLISH))
    assert isinstance(parts[0], FoundSoFar)  # to be read while it is translated
    assert {p.page_content for p in parts[0].passages} == {LEAVE, HOTEL}
    assert found(parts).passages[0].page_content == HOTEL
    assert found(parts).searched == parts[-1].searched == (ENGLISH, CHINESE)  # type: ignore[union-attr]
    assert not any(isinstance(part, FoundSoFar) for part in kb.ask(ENGLISH))  # it is known now


def test_a_follow_up_is_translated_as_it_was_written_out(
    library: Callable[..., KnowledgeBase],
) -> None:
    whole = "What is the limit for accommodation in London?"
    kb = library(whole, "伦敦的住宿上限是多少？", "伦敦", "The limit is 600 a night.")
    said = Turn(ENGLISH, "The limit is 600 a night.")
    parts = list(kb.ask("And in London?", history=[said]))
    assert found(parts).searched == (whole, "伦敦的住宿上限是多少？")


def test_stopping_an_answer_stops_its_translation(
    library: Callable[..., KnowledgeBase], scripted_chat: Any
) -> None:
    answer, stopped = threading.Event(), threading.Event()

    class Stopped(scripted_chat):  # type: ignore[misc]
        def _stream(self, *args: Any, cancel: Any, **more: Any) -> Iterator[Any]:
            if not answer.is_set():  # the translation; what follows is the answer
                answer.set()
                if cancel.wait(20):
                    stopped.set()
            yield from super()._stream(*args, cancel=cancel, **more)

    kb = library()
    kb.models.written = Stopped(texts=[CHINESE, "600."])  # type: ignore[attr-defined]
    _, first, *_, last = list(kb.ask(ENGLISH, cancel=answer))
    assert stopped.wait(20)  # long before the 30 seconds that it had
    assert isinstance(first, Found)
    assert (first.searched, len(first.passages)) == ((ENGLISH,), 2)
    assert isinstance(last, Answer)
    assert last.usage.completion_tokens == 0


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
    (passage,) = found(list(kb.ask("What about animal20?"))).passages
    assert hit.page_content in passage.page_content
    assert len(passage.metadata["parts"]) == 3
    assert passage.id == hit.id


def test_a_citation_names_the_chunk_that_its_quote_stands_in(
    open_kb: OpenKb, folder: Folder
) -> None:
    kb = open_kb(chunk_tokens=64, passages=1)
    sentences = [f"The animal{n} eats {n} pounds of food a day." for n in range(40)]
    kb.ingest([folder({"a.txt": " ".join(sentences)})])
    (hit,) = kb.search("What about animal20?", 1).passages
    chunks = kb.text(hit.metadata["document"])
    after = chunks[hit.metadata["ordinal"] + 1]
    quote = next(s for s in sentences if s in after.page_content)
    kb.models.written.texts.append(f"{quote} [1]")  # type: ignore[attr-defined]
    *_, last = kb.ask("What about animal20?")
    assert isinstance(last, Answer)
    assert [(c.quote, c.chunk_id) for c in last.citations] == [(quote, after.id)]


def test_the_bank_of_questions_is_embedded_once(library: Callable[..., KnowledgeBase]) -> None:
    kb = library()
    kb.search("days of leave", 1)
    with Ledger(kb.settings.ledger_path).read() as db:
        assert db.execute("SELECT count(*) FROM hubs").fetchone()[0] == 1
    asked = len(kb.models.embeddings().queries)  # type: ignore[attr-defined]
    kb.search("leave in a year", 1)
    assert len(kb.models.embeddings().queries) == asked + 1  # type: ignore[attr-defined]
