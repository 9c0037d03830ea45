"""The test questions asked: measured, compared, behind those of people, stopped."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.quality import Measures, QualityRun, compare, last_runs, results_of
from app.service import KnowledgeBase
from llm.answer import Event
from retrieval.assistants import Assistant
from retrieval.feedback import TestQuestion, TestSource

Filled = Callable[..., KnowledgeBase]
Tested = Callable[[KnowledgeBase], str]
REFUSED = "The documents do not contain the answer."
RIGHT = "You have 25 days of leave."


def source(kb: KnowledgeBase, path: str) -> TestSource:
    return TestSource(kb.document(path).document, path)


def leave(kb: KnowledgeBase, **more: Any) -> TestQuestion:
    return TestQuestion("How many days of leave?", sources=(source(kb, "leave.md"),), **more)


def measured(kb: KnowledgeBase, run: str) -> list[Measures]:
    return [result.measures for result in results_of(kb, run)]


def test_a_right_answer_is_found_cited_and_counted(filled: Filled, tested: Tested) -> None:
    kb = filled(RIGHT)
    kb.feedback.put(leave(kb, must=(("25 days", "twenty-five days"),)))
    run = tested(kb)
    (one,) = measured(kb, run)
    assert (one.state, one.rank, one.cited, one.known) == ("right", 1, True, True)
    (past,) = last_runs(kb)
    assert past.id == run
    assert past.over
    assert past.settings["passages"] == kb.settings.passages
    counts = past.counts
    assert (counts.asked, counts.right, counts.first, counts.five, counts.cited) == (1, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("text", "more", "state"),
    [
        (RIGHT, {"must": (("30 days",),)}, "wrong"),
        (RIGHT, {"must_not": ("leave",)}, "wrong"),
        (RIGHT, {"expected": "It is 30 days."}, "wrong"),
        (RIGHT, {"expected": "25 of them"}, "right"),
        (RIGHT, {"answerable": False}, "unfounded"),
        (REFUSED, {}, "refused"),
        (REFUSED, {"answerable": False}, "right"),
    ],
)
def test_what_becomes_of_a_question_has_a_name(
    filled: Filled, tested: Tested, text: str, more: dict[str, Any], state: str
) -> None:
    kb = filled(text)
    kb.feedback.put(leave(kb, **more))
    assert [m.state for m in measured(kb, tested(kb))] == [state]


def test_an_answer_from_another_document_is_told(filled: Filled, tested: Tested) -> None:
    kb = filled(RIGHT)
    question = TestQuestion("How many days of leave?", sources=(source(kb, "parking.md"),))
    kb.feedback.put(question)
    (one,) = measured(kb, tested(kb))
    assert (one.state, one.cited) == ("elsewhere", False)


def test_a_document_that_came_again_is_known_by_its_path(filled: Filled, tested: Tested) -> None:
    kb = filled(RIGHT)
    kb.feedback.put(
        TestQuestion("How many days of leave?", sources=(TestSource(None, "leave.md"),))
    )
    assert measured(kb, tested(kb))[0].rank == 1


def test_the_worst_comes_first_and_runs_are_compared(filled: Filled, tested: Tested) -> None:
    kb = filled(RIGHT, REFUSED, REFUSED, "A ticket costs 4 euros.")
    parking = TestQuestion("What does a ticket cost?", sources=(source(kb, "parking.md"),))
    first, second = kb.feedback.put(leave(kb), parking)
    before = results_of(kb, tested(kb))
    assert [one.question for one in before] == [second.id, first.id]
    now = results_of(kb, tested(kb))
    assert [one.measures.state for one in now] == ["refused", "right"]
    since = compare(before, now)
    assert (since.better, since.worse, since.common) == ({second.id}, {first.id}, 2)


def test_the_answers_are_no_conversation_of_people(filled: Filled, tested: Tested) -> None:
    kb = filled(RIGHT)
    kb.feedback.put(leave(kb))
    run = tested(kb)
    assert kb.conversations.all() == kb.conversations.all("leave") == []
    assert kb.conversations.get(run) is None
    kb.conversations.purge()
    (result,) = results_of(kb, run)
    assert result.exchange.look().result is not None


def test_a_removed_document_takes_its_quotes_and_passages_out(
    filled: Filled, tested: Tested
) -> None:
    kb = filled(RIGHT)
    kb.feedback.put(leave(kb))
    run = tested(kb)
    kb.remove(["leave.md"])
    (result,) = results_of(kb, run)
    progress = result.exchange.look()
    assert {p.metadata["path"] for p in progress.passages} <= {"parking.md"}
    assert progress.result is not None
    assert [c.quote for c in progress.result.citations] == [""]


def test_a_deleted_question_takes_its_answers_along(filled: Filled, tested: Tested) -> None:
    kb = filled(RIGHT)
    (question,) = kb.feedback.put(leave(kb))
    run = tested(kb)
    kb.feedback.remove(question.id)
    assert kb.conversations.read(run) == []
    (past,) = last_runs(kb)
    assert past.counts.right == 1  # how good it was stays


def test_one_that_cannot_be_asked_does_not_end_the_run(filled: Filled, tested: Tested) -> None:
    kb = filled(RIGHT)
    one = kb.assistants.put(Assistant("Desk"))
    kb.assistants.remove(one.id)
    kb.feedback.put(leave(kb, assistant=one.id), leave(kb))
    assert [m.state for m in measured(kb, tested(kb))] == ["failed", "right"]


class Stopped(Exception):
    pass


def test_a_run_that_is_stopped_keeps_what_was_asked(filled: Filled) -> None:
    kb = filled(RIGHT, RIGHT, RIGHT)
    kb.feedback.put(leave(kb), leave(kb), leave(kb))
    stop = threading.Event()

    def tell(step: str, done: int, total: int) -> None:
        if stop.is_set():
            raise Stopped
        if done == 1:
            stop.set()

    with pytest.raises(Stopped):
        QualityRun(kb, threading.Lock(), stop).run(tell)
    (past,) = last_runs(kb)
    assert (past.over, past.counts.asked, past.total) == (True, 1, 3)


class Interrupted(KnowledgeBase):
    """While the first answer is written somebody else asks."""

    waiting = threading.Event()
    given_up = 0

    def ask(self, question: str, *args: Any, cancel: Any = None, **more: Any) -> Iterator[Event]:
        if not self.given_up:
            self.waiting.set()
            assert cancel.wait(30)
            type(self).given_up += 1
        return super().ask(question, *args, cancel=cancel, **more)


def test_people_go_first_and_what_was_given_up_is_asked_again(filled: Filled) -> None:
    kb = filled(RIGHT, RIGHT, kind=Interrupted)
    kb.feedback.put(leave(kb))
    lock, steps = threading.Lock(), list[str]()

    def tell(step: str, done: int, total: int) -> None:
        steps.append(step)
        if step == "waiting":
            assert not lock.locked()
            assert Interrupted.given_up == 1
        if steps.count("waiting") == 3:
            Interrupted.waiting.clear()

    run = QualityRun(kb, lock, threading.Event(), Interrupted.waiting.is_set).run(tell)
    assert steps == ["asking", "waiting", "waiting", "waiting", "asking", "asking"]
    assert [m.state for m in measured(kb, run)] == ["right"]
    assert not lock.locked()
