"""Questions that can be asked: made of passages, tried, kept, picked, gone with their document."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.service import KnowledgeBase
from app.web import Suggester
from llm.prompts import REFUSAL
from retrieval.ledger import Filter
from retrieval.suggestions import SuggestionStore

OpenKb = Callable[..., KnowledgeBase]
LEAVE = (
    "# Staff rules\n\n## Leave\n\nEmployees have 25 days of leave a year. Ask your manager for"
    " leave two weeks before it begins, in the system for leave and travel.\n"
)
TRAVEL = (
    "# Travel\n\n## Hotels\n\nA hotel costs at most 90 euros a night. More is paid only if the head"
    " of the department has agreed in writing before the journey.\n"
)
ASKED = "How many days of leave do employees have?"
ANSWER = "Employees have 25 days of leave a year."


def read(kb: KnowledgeBase, name: str, text: str, collection: str = "default") -> str:
    """Put a document into the library and return its id."""
    document = kb.upload(name, text.encode(), collection)
    assert kb.work()
    return str(next(row.document for row in kb.documents() if row.path == name) or document)


def questions(kb: KnowledgeBase, lang: str = "en", **filters: Any) -> list[str]:
    return [row.question for row in kb.suggestions.picked(lang, Filter(**filters))]


def store(kb: KnowledgeBase) -> SuggestionStore:
    return SuggestionStore(kb._ledger)


def put(kb: KnowledgeBase, document: str, *asked: str, lang: str = "en") -> None:
    """Keep questions of a document, as if they had been made."""
    version = next(row.version for row in store(kb).tried() if row.document == document)
    for number, question in enumerate(asked):
        assert store(kb).put(version, number, lang, question)


def test_a_question_is_kept_with_the_document_that_answers_it(open_kb: OpenKb) -> None:
    kb = open_kb(texts=[ASKED, ANSWER])
    document = read(kb, "rules.md", LEAVE)
    assert kb.suggestions.make_one(threading.Event())
    (row,) = kb.suggestions.picked("en")
    assert (row.question, row.document, row.lang) == (ASKED, document, "en")
    assert not kb.suggestions.make_one(threading.Event())  # there is no other passage


def test_one_that_is_not_answered_is_not_kept_nor_tried_again(open_kb: OpenKb) -> None:
    kb = open_kb(texts=[ASKED, REFUSAL["en"]])
    read(kb, "rules.md", LEAVE)
    assert kb.suggestions.make_one(threading.Event())
    assert questions(kb) == []
    assert not kb.suggestions.make_one(threading.Event())


@pytest.mark.parametrize(
    "said",
    [
        "Do employees have 25 days of leave?",
        "How many days of leave does this policy mention?",
        "Employees have 25 days of leave a year.",
        "员工每年有多少天年假？",
        "How long? How many days of leave do employees have?",
        "",
    ],
)
def test_what_is_no_plain_question_is_not_even_asked(open_kb: OpenKb, said: str) -> None:
    kb = open_kb(texts=[said])
    read(kb, "rules.md", LEAVE)
    assert kb.suggestions.make_one(threading.Event())
    assert questions(kb) == []


def test_what_was_stopped_is_begun_anew(open_kb: OpenKb) -> None:
    kb = open_kb(texts=["", ASKED, ANSWER])
    read(kb, "rules.md", LEAVE)
    stopped = threading.Event()
    stopped.set()
    assert kb.suggestions.make_one(stopped)
    assert kb.suggestions.make_one(threading.Event())
    assert questions(kb) == [ASKED]


def test_questions_go_with_their_document_and_come_back_with_it(kb: KnowledgeBase) -> None:
    document = read(kb, "rules.md", LEAVE)
    put(kb, document, ASKED)
    kb.shelf.throw([document])
    assert questions(kb) == []
    kb.shelf.restore([document])
    assert questions(kb) == [ASKED]
    kb.remove([document])
    assert questions(kb) == []


def test_a_new_version_has_none_until_some_are_made(open_kb: OpenKb) -> None:
    kb = open_kb(texts=[ASKED, ANSWER])
    document = read(kb, "rules.md", LEAVE)
    put(kb, document, "How long before leave must one ask the manager?")
    read(kb, "rules.md", LEAVE + "\nOr later.\n")
    assert questions(kb) == []
    assert kb.suggestions.make_one(threading.Event())
    assert questions(kb) == [ASKED]


def test_four_of_different_documents_in_ones_language_come_first(kb: KnowledgeBase) -> None:
    for n in range(4):
        document = read(kb, f"rules{n}.md", LEAVE.replace("25", str(25 + n)))
        put(kb, document, *(f"What is rule {n}.{m} of the house?" for m in range(2)))
    put(kb, read(kb, "假期.md", TRAVEL), "第一条规定是什么？", lang="zh")
    first = kb.suggestions.picked("en")
    assert len({row.document for row in first}) == len(first) == 4
    assert {row.lang for row in first} == {"en"}
    second = kb.suggestions.picked("en", turn=1)
    assert len({row.question for row in (*first, *second)}) == 8
    assert [row.id for row in kb.suggestions.picked("en", turn=2)] == [row.id for row in first]
    assert kb.suggestions.count("en") == 8
    assert "第一条规定是什么？" in questions(kb, "zh")


def test_only_documents_that_a_filter_lets_through_are_asked_about(kb: KnowledgeBase) -> None:
    put(kb, read(kb, "rules.md", LEAVE, "staff"), ASKED)
    put(kb, read(kb, "travel.md", TRAVEL, "travel"), "What may a hotel cost?")
    assert questions(kb, collection="staff") == [ASKED]
    assert questions(kb, collections=("travel", "other")) == ["What may a hotel cost?"]


def test_documents_take_turns(open_kb: OpenKb) -> None:
    kb = open_kb(texts=["no"] * 20)
    first = read(kb, "rules.md", LEAVE + LEAVE.replace("Leave", "Holidays"))
    second = read(kb, "travel.md", TRAVEL)
    for _ in range(2):
        assert kb.suggestions.make_one(threading.Event())
    assert {row.document for row in store(kb).tried() if row.ordinals} == {first, second}


def test_another_machine_is_not_asked_unless_somebody_says_so(
    make_settings: Callable[..., Any],
) -> None:
    assert make_settings(suggest=None).suggest
    assert make_settings(suggest=None, llm_base_url="http://127.0.0.1:8080").suggest
    assert not make_settings(suggest=None, llm_base_url="https://models.example.com").suggest
    assert make_settings(suggest=True, llm_base_url="https://models.example.com").suggest


class Slow(KnowledgeBase):
    """Makes questions that take as long as nobody stops them."""

    class Making:
        def __init__(self) -> None:
            self.begun, self.given_up = threading.Event(), 0

        def make_one(self, cancel: threading.Event) -> bool:
            self.begun.set()
            cancel.wait(30)
            self.given_up += cancel.is_set()
            return True

    suggestions = None


@pytest.fixture
def slow(open_kb: OpenKb) -> Iterator[tuple[Slow, Suggester, list[str], threading.Lock]]:
    kb = open_kb(kind=Slow, suggest=True)
    kb.suggestions = Slow.Making()  # type: ignore[misc, assignment]
    kb.warm()
    lock, busy = threading.Lock(), list[str]()
    suggester = Suggester(kb, lock, lambda: "asked" in busy, lambda: "reading" in busy, 0.3, 0.01)
    suggester.start()
    yield kb, suggester, busy, lock  # type: ignore[misc]
    suggester.stop()


@pytest.mark.parametrize("reason", ["asked", "reading"])
def test_it_gives_way_to_a_question_and_to_documents(slow: Any, reason: str) -> None:
    kb, _, busy, lock = slow
    assert kb.suggestions.begun.wait(30)
    assert not lock.acquire(blocking=False)
    busy.append(reason)
    assert lock.acquire(timeout=30)
    assert kb.suggestions.given_up == 1
    kb.suggestions.begun.clear()
    lock.release()
    time.sleep(0.1)
    assert not kb.suggestions.begun.is_set()  # as long as there is something else to do
    busy.clear()
    assert kb.suggestions.begun.wait(30)


def test_it_waits_while_another_has_the_model(slow: Any) -> None:
    kb, _, busy, lock = slow
    assert kb.suggestions.begun.wait(30)
    busy.append("asked")
    assert lock.acquire(timeout=30)
    kb.suggestions.begun.clear()
    busy.clear()
    time.sleep(0.1)
    assert not kb.suggestions.begun.is_set()
    lock.release()


@pytest.mark.integration
def test_the_real_model_makes_one_that_is_answered(open_kb: OpenKb, tmp_path: Any) -> None:
    from app.loaded_models import Models
    from app.settings import Settings

    settings = Settings(data_dir=tmp_path / "real", suggest=True)
    kb = open_kb(models=Models(settings), **{**settings.model_dump(), "data_dir": tmp_path / "r"})
    document = read(kb, "rules.md", LEAVE + "\n" + TRAVEL.replace("# Travel\n\n", ""))
    while kb.suggestions.make_one(threading.Event()):
        pass
    rows = kb.suggestions.picked("en")
    assert rows
    assert {row.document for row in rows} == {document}
