"""An answer in its own thread: how far it is, stopping it, and what it waits for."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from langchain_core.documents import Document

from app.service import KnowledgeBase
from app.web import Answering, AnswerProgress, Chats, ModelGate
from llm.answer import Answer, Citation, Event, Found, Outcome, ReadingPart, Text, Waiting
from llm.errors import ModelError
from llm.question import Turn
from retrieval.ledger import EVERYTHING, Filter, Ledger

OpenKb = Callable[..., KnowledgeBase]
PASSAGE = Document(id="1", page_content="You have 25 days of leave.")
FOUND = Found([PASSAGE], ("?",))


class Asked(KnowledgeBase):
    """Answers as `script` says, which is given the event that stops the model.

    `history` is what was said before the last question, `certainty` how sure an answer must be,
    `asker` who asked.
    """

    script: Callable[[threading.Event], Iterator[Any]]
    history: Sequence[Turn] = ()
    certainty: float | None = None
    asker: str | None = None

    def ask(
        self,
        question: str,
        within: Filter = EVERYTHING,
        passages: Sequence[str] | None = None,
        cancel: threading.Event | None = None,
        history: Sequence[Turn] = (),
        certainty: float | None = None,
        today: date | None = None,
        assistant: str | None = None,
        asker: str | None = None,
        *,
        background: bool = False,
    ) -> Iterator[Event]:
        assert cancel is not None
        self.asker = asker
        self.history = history
        self.certainty = certainty
        return self.script(cancel)


@pytest.fixture
def asked(kb: KnowledgeBase) -> Iterator[Asked]:
    again = Asked(kb.settings, Ledger(kb.settings.ledger_path), kb.models)
    yield again
    again.close()


def result(text: str, *, refused: bool = False) -> Answer:
    citation = Citation(1, "d", "leave.txt", None, "", PASSAGE.page_content, "1")
    outcome: Outcome = "not_found" if refused else "answered"
    return Answer("?", text, outcome, () if refused else (citation,))


def until_stopped(cancel: threading.Event) -> Iterator[Any]:
    """A model that writes until it is stopped."""
    yield FOUND
    text = ""
    while not cancel.wait(0.005):
        text += "word "
        yield Text("word ")
    yield result(text)


def never_a_word(cancel: threading.Event) -> Iterator[Any]:
    """A model that is stopped while it reads the prompt; the empty answer counts as a refusal."""
    yield FOUND
    assert cancel.wait(30)
    yield result("The documents do not contain the answer.", refused=True)


def reach(answering: Answering, phase: str) -> None:
    deadline = time.monotonic() + 30
    while answering.look().phase != phase:
        assert time.monotonic() < deadline, f"never came to {phase}"
        time.sleep(0.005)


def test_an_answer_comes_with_its_passages_text_and_checked_result(open_kb: OpenKb) -> None:
    kb = open_kb(texts=["You have 25 days of leave."])
    kb.upload("leave.txt", b"You have 25 days of leave.\n")
    assert kb.work()
    answering = Answering(kb, "How many days of leave?", ModelGate())
    assert answering.wait(30)
    now = answering.look()
    assert now.done
    assert not now.stopped
    assert now.error is None
    assert [p.metadata["path"] for p in now.passages] == ["leave.txt"]
    assert now.result is not None
    assert now.result.searched == ("How many days of leave?",)
    assert now.text == now.result.answer == "You have 25 days of leave.[1]"
    assert [c.quote for c in now.result.citations] == ["You have 25 days of leave."]


def test_what_was_said_is_passed_on_to_the_questions_that_follow(asked: Asked) -> None:
    def answers(text: str, *, refused: bool = False) -> Callable[..., Iterator[Any]]:
        return lambda cancel: iter([FOUND, Text(text), result(text, refused=refused)])

    chats = Chats(asked)
    conversation: str | None = None
    # Its source is not in the library, and so has no chunk; a refusal says nothing of the matter.
    first, second = Turn("?", "25 days.", ("",)), Turn("?", "")
    for said, script in (
        ([], answers("25 days.")),
        ([first], answers("They do not say.", refused=True)),
        ([first, second], answers("30 days.")),
    ):
        asked.script = script
        answering = chats.ask(conversation, "?")
        assert answering.wait(30)
        assert asked.history == tuple(said)
        conversation = answering.conversation


@pytest.mark.parametrize("certainty", [None, 0.0, 0.7])
def test_how_sure_an_answer_must_be_is_passed_on(asked: Asked, certainty: float | None) -> None:
    asked.script = lambda cancel: iter([FOUND, Text("25 days."), result("25 days.")])
    answering = Answering(asked, "?", ModelGate(), certainty=certainty)
    assert answering.wait(30)
    assert asked.certainty == answering.certainty == certainty


def test_a_question_without_an_answer_says_nothing(asked: Asked) -> None:
    asked.script = never_a_word
    chats = Chats(asked)
    answering = chats.ask(None, "?")
    reach(answering, "reading")
    answering.stop()
    assert answering.wait(30)
    asked.script = lambda cancel: iter([FOUND, Text("25 days."), result("25 days.")])
    assert chats.ask(answering.conversation, "?").wait(30)
    assert asked.history == ()


def test_stopping_stops_the_model_and_keeps_what_is_written(asked: Asked) -> None:
    asked.script = until_stopped
    answering = Answering(asked, "?", ModelGate())
    reach(answering, "writing")
    answering.stop()
    assert answering.wait(30)
    now = answering.look()
    assert now.stopped
    assert now.result is not None
    assert now.result.answer == now.text != ""


def test_an_answer_stopped_before_its_first_word_is_no_refusal(asked: Asked) -> None:
    asked.script = never_a_word
    answering = Answering(asked, "?", ModelGate())
    reach(answering, "reading")
    answering.stop()
    assert answering.wait(30)
    assert answering.look().stopped
    assert answering.look().result is None


def test_a_summary_says_which_part_it_reads(asked: Asked) -> None:
    def script(cancel: threading.Event) -> Iterator[Any]:
        yield FOUND
        for n in (1, 2):
            yield ReadingPart(n, 2)
            seen.append(answering.look().step)
        yield result("25 days.")

    seen: list[ReadingPart | None] = []
    asked.script = script
    gate = ModelGate()
    with gate.alone():
        answering = Answering(asked, "?", gate)
        assert answering.look().step is None
    assert answering.wait(30)
    assert seen == [ReadingPart(1, 2), ReadingPart(2, 2)]


def test_a_summary_stopped_between_its_parts_keeps_what_it_found(asked: Asked) -> None:
    def script(cancel: threading.Event) -> Iterator[Any]:
        yield FOUND
        yield ReadingPart(2, 9)
        assert cancel.wait(30)
        yield result("25 days. (Stopped)")

    asked.script = script
    answering = Answering(asked, "?", ModelGate())
    while answering.look().step is None:
        time.sleep(0.005)
    answering.stop()
    assert answering.wait(30)
    now = answering.look()
    assert now.stopped
    assert now.result is not None
    assert now.result.answer == "25 days. (Stopped)"


def test_an_answer_goes_on_when_nobody_looks(asked: Asked) -> None:
    asked.script = until_stopped
    kept: list[AnswerProgress] = []
    answering = Answering(asked, "?", ModelGate(), keep=kept.append)
    assert not answering.wait(0.1)
    answering.stop()
    assert answering.wait(30)
    assert kept == [answering.look()]
    assert kept[0].result is not None


def test_one_that_waits_for_others_says_how_many_and_how_long(asked: Asked) -> None:
    def script(cancel: threading.Event) -> Iterator[Any]:
        for position in (Waiting(2, 40.0), Waiting(1), Waiting(0)):
            yield position
            now = answering.look()
            seen.append((now.phase, now.ahead, now.wait_seconds))
        yield result("25 days.")

    seen: list[tuple[str, int, float | None]] = []
    gate = ModelGate()
    asked.script = script
    with gate.alone():
        answering = Answering(asked, "?", gate, asker="somebody")
    assert answering.wait(30)
    assert seen == [("waiting", 2, 40.0), ("waiting", 1, None), ("searching", 0, None)]
    assert asked.asker == "somebody"


def test_two_answers_are_asked_for_side_by_side(asked: Asked) -> None:
    asked.script = until_stopped
    gate = ModelGate()
    both = [Answering(asked, "?", gate) for _ in range(2)]
    for answering in both:
        reach(answering, "writing")  # whose turn the model is, the library tells
        answering.stop()
        assert answering.wait(30)


def test_models_are_changed_between_answers(asked: Asked) -> None:
    asked.script = until_stopped
    gate, inside = ModelGate(), threading.Event()
    first = Answering(asked, "?", gate)
    reach(first, "writing")

    def change() -> None:
        with gate.alone():
            inside.set()
            assert first.look().done

    changing = threading.Thread(target=change)
    changing.start()
    assert not inside.wait(0.05)
    first.stop()
    changing.join(30)
    assert inside.is_set()


def test_one_that_waits_can_be_stopped(asked: Asked) -> None:
    gate = ModelGate()
    with gate.alone():
        answering = Answering(asked, "?", gate)
        answering.stop()
        assert answering.wait(30)
    assert answering.look().stopped
    assert answering.look().result is None


def test_an_expected_error_is_one_line_and_frees_the_gate(asked: Asked) -> None:
    def script(cancel: threading.Event) -> Iterator[Any]:
        raise ModelError("the model is not here;\nrun `kb models pull`")
        yield

    asked.script = script
    gate = ModelGate()
    answering = Answering(asked, "?", gate)
    assert answering.wait(30)
    assert answering.look().error == "the model is not here; run `kb models pull`"
    with gate.alone():
        assert answering.look().done


def test_an_unexpected_error_goes_to_the_log(
    asked: Asked, caplog: pytest.LogCaptureFixture
) -> None:
    def script(cancel: threading.Event) -> Iterator[Any]:
        yield FOUND
        raise RuntimeError("a defect")

    asked.script = script
    answering = Answering(asked, "?", ModelGate())
    assert answering.wait(30)
    assert answering.look().error == ""
    assert "a defect" in caplog.text
