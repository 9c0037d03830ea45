"""Answers to the parts of a question, joined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from langchain_core.documents import Document

from llm.answer import Answer, AnswerModel, Question, Text, answer
from llm.prompts import REFUSAL

PASSAGES = [
    Document(id="a", page_content="Acme earned 20 million in 2019. It has 40 people."),
    Document(id="b", page_content="Bolt earned 35 million in 2020."),
]
PARTS = ["What did Acme earn?", "What did Bolt earn?"]
ACME, BOLT = "Acme earned 20 million.[1]", "Bolt earned 35 million.[2]"


def run(
    question: str,
    model: Any,
    parts: Sequence[str] = PARTS,
    passages: Sequence[Document] = PASSAGES,
    stop_at: str = "",
    **more: Any,
) -> tuple[str, Answer]:
    """The streamed text, and the last event."""
    asked = Question(question, "en", passages)
    asked.parts = [asked.part(part) for part in parts]
    streamed, last = "", None
    for event in answer(asked, AnswerModel(model, 4096, 200, **more)):
        match event:
            case Text(text):
                streamed += text
                if stop_at and streamed.endswith(stop_at):
                    asked.cancel.set()
            case Answer():
                last = event
    assert last is not None
    return streamed, last


def test_the_parts_stand_one_after_the_other(scripted_chat: Any) -> None:
    model = scripted_chat(texts=[ACME, BOLT])
    streamed, last = run("What did Acme and Bolt earn?", model, odds=model.odds)
    assert streamed == last.answer == f"{ACME}\n\n{BOLT}"
    assert [c.n for c in last.citations] == [1, 2]
    assert (last.question, last.refused, last.grounded) == (
        "What did Acme and Bolt earn?", False, True,
    )  # fmt: skip
    assert last.certainty is not None
    assert last.certainty > 0.9
    assert 0 <= (last.timings.first_token_s or -1) <= last.timings.total_s
    assert last.usage.completion_tokens == 8
    assert last.usage.prompt_tokens == sum(map(model.get_num_tokens_from_messages, model.prompts))


def test_an_answer_that_names_nothing_stands_behind_its_question(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["20 million [1].", BOLT])
    _, last = run("What did Acme and Bolt earn?", model)
    assert last.answer == f"What did Acme earn? 20 million.[1]\n\n{BOLT}"


def test_a_part_that_is_refused_is_named(scripted_chat: Any) -> None:
    _, last = run("What did Acme and Bolt earn?", scripted_chat(texts=[REFUSAL["en"], BOLT]))
    assert last.answer.startswith(
        "The documents do not answer this: What did Acme earn?\n\nBolt earned"
    )
    assert (last.refused, [c.n for c in last.citations]) == (False, [2])


def test_all_refused_is_a_refusal(scripted_chat: Any) -> None:
    model = scripted_chat(texts=[], likely=-5.0)
    _, last = run(
        "Which of Acme and Bolt earned more?", model, odds=model.odds, least_certainty=0.3
    )
    assert (last.answer, last.refused, last.citations) == (REFUSAL["en"], True, ())
    assert last.certainty is not None
    assert last.certainty < 0.3
    assert model.prompts == []


def test_how_they_compare_comes_first_drawn_from_the_answers_alone(scripted_chat: Any) -> None:
    model = scripted_chat(texts=[ACME, BOLT, "Bolt earned more, 35 million [2]."])
    _, last = run("Which of Acme and Bolt earned more?", model)
    assert last.answer == f"Bolt earned more, 35 million.[1][2]\n\n{ACME}\n\n{BOLT}"
    asked = str(model.prompts[-1][-1].content)
    assert "Acme earned 20 million." in asked
    assert "It has 40 people" not in asked


def test_a_comparison_that_is_made_up_is_left_out(scripted_chat: Any) -> None:
    model = scripted_chat(texts=[ACME, BOLT, "Bolt earned 99 million more."])
    _, last = run("Which of Acme and Bolt earned more?", model)
    assert last.answer == f"{ACME}\n\n{BOLT}"


def test_without_one_of_them_a_comparison_is_refused_and_says_what_is_there(
    scripted_chat: Any,
) -> None:
    model = scripted_chat(texts=[ACME, REFUSAL["en"]])
    _, last = run("Which of Acme and Bolt earned more?", model)
    assert len(model.prompts) == 2
    assert last.answer.split("\n\n") == [
        REFUSAL["en"],
        ACME,
        "The documents do not answer this: What did Bolt earn?",
    ]
    assert (last.refused, last.grounded, [c.n for c in last.citations]) == (True, False, [1])


def test_what_was_said_is_not_said_again(scripted_chat: Any) -> None:
    passages = [Document(id="a", page_content="Acme earned 20 million and Bolt earned 35 million.")]
    both = "Acme earned 20 million and Bolt earned 35 million.[1]"
    model = scripted_chat(texts=[both, "Bolt earned 35 million.[1]"])
    _, last = run("What did Acme and Bolt earn?", model, passages=passages)
    assert last.answer == both


def test_the_same_few_words_answer_both(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["20 million [1]", "35 million [2]"])
    _, last = run("What did Acme and Bolt earn?", model)
    expected = "What did Acme earn? 20 million[1]\n\nWhat did Bolt earn? 35 million[2]"
    assert last.answer == expected


@pytest.mark.parametrize(
    ("part", "before"),
    [
        ("收入是多少？", "收入是多少？20 million"),
        ("新馆的地址", "新馆的地址：20 million"),
        ("The address", "The address: 20 million"),
    ],
)
def test_what_is_no_question_ends_with_a_colon(scripted_chat: Any, part: str, before: str) -> None:
    model = scripted_chat(texts=["20 million [1]", BOLT])
    _, last = run("Both?", model, parts=[part, PARTS[1]])
    assert last.answer.startswith(f"{before}[1]\n")


def test_stopped_it_ends_with_what_there_is(scripted_chat: Any) -> None:
    model = scripted_chat(texts=[ACME, BOLT])
    _, last = run("Which of A and B earned more?", model, stop_at=ACME)
    assert last.answer == ACME
    assert len(model.prompts) == 1
