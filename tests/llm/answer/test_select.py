"""What an answer is written from, for a question and for the parts of one."""

import threading
from collections.abc import Sequence
from typing import Any

import pytest
from langchain_core.documents import Document

from llm.answer import Asked, Task, select_passages
from llm.answer.select import Selection
from llm.prompts import BRIEF

PASSAGES = [
    Document(id="a", page_content="Alm earned 20 million and Bolt 30 million."),
    Document(id="b", page_content="Alm has a shop in Rome."),
    Document(id="c", page_content="Bolt earned 35 million."),
]
ALM, BOLT = "What did Alm earn?", "What did Bolt earn?"


class Witness:
    """Says which question is asked of which passages, and answers all alike but for `stated`."""

    def __init__(self, stated: dict[tuple[str, str], float] | None = None) -> None:
        self.stated = stated or {}
        self.asked: list[tuple[str, str]] = []  # the question, and the numbers of the passages
        self.drafted: list[tuple[str, str]] = []
        self.cancel = threading.Event()

    def odds(self, messages: Sequence[Any], yes: Sequence[str], *_: Any) -> float:
        held = self._held(messages)
        if str(messages[-1].content).endswith(BRIEF["en"]):
            return -5.0
        self.asked.append(held)
        return self.stated.get(held, 5.0)

    def brief(self, messages: Sequence[Any], *_: Any) -> str:
        self.drafted.append(self._held(messages))
        return "none"

    @staticmethod
    def _held(messages: Sequence[Any]) -> tuple[str, str]:
        said = str(messages[-1].content)
        question = next(q for q in (ALM, BOLT) if q in said)
        return question, "".join(n for n in "123" if f"[{n}] " in said)

    def task(self, model: Any, passages: Sequence[Document] = PASSAGES, **more: Any) -> Task:
        return Task(
            passages, "en", model, 4096, 200, self.cancel, odds=self.odds, brief=self.brief, **more
        )


def test_a_passage_is_asked_for_all_parts_before_the_next_one_is(scripted_chat: Any) -> None:
    witness = Witness()
    parts = [Asked(ALM, among=[0, 1]), Asked(BOLT, among=[0, 2])]
    found = select_passages(parts, witness.task(scripted_chat()))
    first = next(found)
    each = [(BOLT, "3"), (ALM, "2"), (ALM, "1"), (BOLT, "1")]
    assert witness.asked == [*each, (ALM, "12")]
    second = next(found)  # what is chosen for it is asked only now, when its answer comes next
    assert witness.asked == [*each, (ALM, "12"), (BOLT, "13")]
    assert [list(one.blocks) for one in (first, second)] == [[0, 1], [0, 2]]
    assert first.texts == second.texts == [p.page_content for p in PASSAGES]


def test_each_part_is_told_apart_from_the_others(scripted_chat: Any) -> None:
    stated = {(ALM, "1"): 0.0, (ALM, "2"): 0.0, (ALM, "3"): 0.0, (BOLT, "2"): 0.0}
    together = Witness(stated)
    found = list(select_passages([Asked(ALM), Asked(BOLT)], together.task(scripted_chat())))
    alone: list[Selection] = []
    drafted: list[tuple[str, str]] = []
    for question in (ALM, BOLT):
        witness = Witness(stated)
        alone += select_passages([Asked(question)], witness.task(scripted_chat()))
        drafted += witness.drafted
    assert found == alone
    # The odds of one question do not keep a passage from answering another by itself.
    assert set(together.drafted) == set(drafted)
    assert (ALM, "1") in drafted
    assert (BOLT, "2") not in drafted


def test_what_a_few_words_cannot_tell_is_not_asked_for_in_few_words(scripted_chat: Any) -> None:
    witness = Witness()
    (evidence,) = select_passages([Asked(f"Why? {ALM}")], witness.task(scripted_chat()))
    assert evidence.in_full
    assert evidence.presence is not None
    assert evidence.presence.signals.told is None
    assert witness.drafted == []


def test_stopped_every_call_of_the_model_that_follows_is_told(scripted_chat: Any) -> None:
    heard: list[bool] = []

    def odds(messages: Sequence[Any], yes: Any, no: Any, cancel: threading.Event) -> float:
        heard.append(cancel.is_set())
        cancel.set()
        return 5.0

    task = Task(PASSAGES, "en", scripted_chat(), 4096, 200, odds=odds)
    list(select_passages([Asked(ALM), Asked(BOLT)], task))
    assert heard == [False, *[True] * 7]  # six of a passage each, two of those chosen


@pytest.mark.parametrize("judged", [True, False])
def test_without_passages_the_model_is_not_called(scripted_chat: Any, judged: bool) -> None:
    model, witness = scripted_chat(), Witness()
    task = witness.task(model, []) if judged else Task([], "en", model, 4096, 200)
    assert list(select_passages([Asked(ALM), Asked(BOLT)], task)) == [
        Selection(ALM),
        Selection(BOLT),
    ]
    assert (witness.asked, model.prompts) == ([], [])


def test_a_model_that_does_not_judge_is_given_all_that_is_for_the_question(
    scripted_chat: Any,
) -> None:
    parts = [Asked(ALM, among=[0, 1]), Asked(BOLT)]
    found = list(select_passages(parts, Task(PASSAGES, "en", scripted_chat(), 4096, 200)))
    assert [list(evidence.blocks) for evidence in found] == [[0, 1], [0, 1, 2]]
    assert [evidence.presence for evidence in found] == [None, None]
