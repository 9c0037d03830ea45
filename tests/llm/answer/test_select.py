"""What an answer is written from, for a question and for the parts of one."""

import re
import threading
from collections.abc import Sequence
from typing import Any

import pytest
from langchain_core.documents import Document

from llm.answer import Answer, AnswerModel, Question, Text, answer, brief_of
from llm.prompts import BRIEF, REFUSAL, messages, passage_blocks

PASSAGES = [
    Document(id="a", page_content="Alm earned 20 million and Bolt 30 million."),
    Document(id="b", page_content="Alm has a shop in Rome."),
    Document(id="c", page_content="Bolt earned 35 million."),
]
ALM, BOLT = "What did Alm earn?", "What did Bolt earn?"
SAYS = ["Alm earned 20 million [1].", "Bolt earned 35 million [3]."]


class Witness:
    """Says which question is asked of which passages, and answers all alike but for `stated`."""

    def __init__(self, stated: dict[tuple[str, str], float] | None = None) -> None:
        self.stated = stated or {}
        self.asked: list[tuple[str, str]] = []  # the question, and the numbers of the passages
        self.drafted: list[tuple[str, str]] = []

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

    def model(self, chat: Any) -> AnswerModel:
        return AnswerModel(chat, 4096, 200, odds=self.odds, brief=self.brief)


def both(*among: Sequence[int] | None, passages: Sequence[Document] = PASSAGES) -> Question:
    """A question of two parts, with the passages that are for each, None for all."""
    whole = Question("What did Alm and Bolt earn?", "en", passages)
    whole.parts = [whole.part(ALM), whole.part(BOLT)]
    for part, numbers in zip(whole.parts, among, strict=False):
        part.among = numbers
    return whole


def told(question: Question, model: AnswerModel) -> Answer:
    *_, last = answer(question, model)
    assert isinstance(last, Answer)
    return last


def shown(prompt: Sequence[Any]) -> list[int]:
    """The passages in a prompt, by number from 0, in their order."""
    found = re.findall(r"^\[(\d+)\] ", str(prompt[-1].content), re.MULTILINE)
    return [int(n) - 1 for n in found]


def test_a_passage_is_asked_for_all_parts_before_the_next_one_is(scripted_chat: Any) -> None:
    witness, chat = Witness(), scripted_chat(texts=SAYS)
    events = answer(both([0, 1], [0, 2]), witness.model(chat))
    assert isinstance(next(events), Text)
    each = [(BOLT, "3"), (ALM, "2"), (ALM, "1"), (BOLT, "1")]
    assert witness.asked == [*each, (ALM, "12")]
    list(events)  # what is chosen for the second is asked only when its answer comes next
    assert witness.asked == [*each, (ALM, "12"), (BOLT, "13")]
    blocks = passage_blocks(PASSAGES, [passage.page_content for passage in PASSAGES])
    assert chat.prompts == [
        messages(ALM, blocks[:2], "en", checked=True),
        messages(BOLT, [blocks[0], blocks[2]], "en", checked=True),
    ]


def test_each_part_is_told_apart_from_the_others(scripted_chat: Any) -> None:
    stated = {(ALM, "1"): 0.0, (ALM, "2"): 0.0, (ALM, "3"): 0.0, (BOLT, "2"): 0.0}
    together, chat = Witness(stated), scripted_chat(texts=SAYS)
    joined = told(both(), together.model(chat))
    alone: list[Answer] = []
    prompts: list[Any] = []
    asked: list[tuple[str, str]] = []
    drafted: list[tuple[str, str]] = []
    for question, says in zip((ALM, BOLT), SAYS, strict=True):
        witness, other = Witness(stated), scripted_chat(texts=[says])
        alone.append(told(Question(question, "en", PASSAGES), witness.model(other)))
        prompts += other.prompts
        asked += witness.asked
        drafted += witness.drafted
    assert chat.prompts == prompts
    assert joined.answer == "\n\n".join(one.answer for one in alone)
    assert joined.certainty == max(one.certainty or 0.0 for one in alone)
    assert sorted(together.asked) == sorted(asked)
    # The odds of one question do not keep a passage from answering another by itself.
    assert set(together.drafted) == set(drafted)
    assert (ALM, "1") in drafted
    assert (BOLT, "2") not in drafted


def test_what_a_few_words_cannot_tell_is_not_asked_for_in_few_words(scripted_chat: Any) -> None:
    witness, chat = Witness(), scripted_chat(texts=SAYS)
    why = f"Why? {ALM}"
    told(Question(why, "en", PASSAGES), witness.model(chat))
    assert (len(witness.asked), witness.drafted) == (4, [])
    blocks = passage_blocks(PASSAGES, [passage.page_content for passage in PASSAGES])
    assert chat.prompts == [messages(why, blocks, "en", checked=True, in_full=True)]


def test_stopped_every_call_of_the_model_that_follows_is_told(scripted_chat: Any) -> None:
    heard: list[bool] = []

    def odds(messages: Sequence[Any], yes: Any, no: Any, cancel: threading.Event) -> float:
        heard.append(cancel.is_set())
        cancel.set()
        return 5.0

    chat = scripted_chat(texts=SAYS)
    told(both(), AnswerModel(chat, 4096, 200, odds=odds))
    # Six of a passage each, one of those chosen for the first; the second is not begun.
    assert heard == [False, *[True] * 6]
    assert chat.written == 0


@pytest.mark.parametrize("judged", [True, False])
def test_without_passages_the_model_is_not_called(scripted_chat: Any, judged: bool) -> None:
    chat, witness = scripted_chat(), Witness()
    model = witness.model(chat) if judged else AnswerModel(chat, 4096, 200)
    last = told(both(passages=[]), model)
    assert (last.answer, last.refused) == (REFUSAL["en"], True)
    assert (witness.asked, witness.drafted, chat.calls) == ([], [], 0)


def test_a_model_that_does_not_judge_is_given_all_that_is_for_the_question(
    scripted_chat: Any,
) -> None:
    chat = scripted_chat(texts=SAYS)
    told(both([0, 1], None), AnswerModel(chat, 4096, 200))
    assert [shown(prompt) for prompt in chat.prompts] == [[0, 1], [0, 1, 2]]


# -- which are chosen, by what each says alone


def chosen(model: Any, question: str, *given: tuple[float, str, str]) -> list[int]:
    """The passages that the answer is written from, by number from 0 and best first.

    `given` are the odds of each, what it answers by itself, "" for nothing, and its text.
    """
    passages = [Document(page_content=text) for _, _, text in given]
    model.texts.append("Nothing.")
    model.odd = {f"[{n}] ": odds for n, (odds, _, _) in enumerate(given, 1)}
    model.briefs = {f"[{n}] ": draft for n, (_, draft, _) in enumerate(given, 1) if draft}
    how = AnswerModel(model, model.context, 200, odds=model.odds, brief=brief_of(model))
    told(Question(question, "en", passages), how)
    return shown(model.prompts[-1])


def city(odds: float, name: str) -> tuple[float, str, str]:
    """A passage that answers with a city's name."""
    return odds, name, f"The city is {name or 'not named'}."


@pytest.mark.parametrize(
    ("odds", "expected"),
    [
        ((1.0, 5.0, 3.0, -2.0), [1, 2]),
        ((4.5, 5.0, 4.4, 4.0, 4.9), [1, 4, 0, 2]),
        ((4.5, 5.0, 4.4, 4.6, 4.9), [1, 4, 3, 0]),
        ((-3.0, -5.0), [0, 1]),
        ((0.0,), [0]),
    ],
)
def test_the_best_two_are_chosen_and_those_nearly_as_good(
    scripted_chat: Any, odds: tuple[float, ...], expected: list[int]
) -> None:
    assert chosen(scripted_chat(), "Where?", *(city(value, "") for value in odds)) == expected


def test_those_that_answer_something_else_are_not_chosen(scripted_chat: Any) -> None:
    given = [city(2.4, "Rome"), city(2.5, "Oslo"), city(2.0, "Rome"), city(1.9, "")]
    assert chosen(scripted_chat(), "Where?", *given) == [0, 2]
    # Of those that agree the highest odds in sum count.
    given = [city(1.9, "Bern"), city(1.6, "Oslo"), city(1.3, "Oslo"), city(-4.0, "Rome")]
    assert chosen(scripted_chat(), "Where?", *given) == [1, 2]


def test_what_others_name_of_all_that_is_asked_for_is_no_contradiction(
    scripted_chat: Any,
) -> None:
    given = [city(2.4, "Rome"), city(2.5, "Oslo"), city(2.0, "Rome")]
    assert chosen(scripted_chat(), "Which cities are they?", *given) == [1, 0, 2]


@pytest.mark.parametrize(
    "other",
    [
        (1.9, "Oslo", "It is Bern."),  # what does not stand in its passage
        (0.5, "Oslo", "It is Oslo."),  # what is far less likely than another
        (1.9, "none", "None of them is."),
        (1.9, "None.", "None of them is."),
    ],
)
def test_what_a_passage_answers_without_ground_counts_for_nothing(
    scripted_chat: Any, other: tuple[float, str, str]
) -> None:
    assert chosen(scripted_chat(), "Where?", city(2.4, "Rome"), other) == [0, 1]


def test_what_was_so_in_another_month_is_no_answer(scripted_chat: Any) -> None:
    given = [
        (1.0, "Alm", "In May 2020 Alm joined."),
        (2.4, "Bo", "In June 2020 Bo joined."),
        (0.0, "", "A list."),
    ]
    assert chosen(scripted_chat(), "Who joined in June 2020?", *given)[0] == 1
    assert chosen(scripted_chat(), "Who joined in May 2020?", *given) == [0, 2]
    # nothing else is left to answer from
    assert chosen(scripted_chat(), "Who joined in July 2020?", *given[:2]) == [1, 0]
    # the minutes of a month tell of others
    minutes = (2.4, "Bo", "Date: 6 May 2020\nIn June 2020 Bo joins.")
    assert chosen(scripted_chat(), "Who joined in May 2020?", minutes, *given[2:]) == [0, 1]
