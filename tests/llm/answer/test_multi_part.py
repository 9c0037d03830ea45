"""Answers to the parts of a question, joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from langchain_core.documents import Document

from llm.answer import Answer, Citation, Task, answer_each
from llm.prompts import REFUSAL

PASSAGES = [
    Document(id="a", page_content="Acme earned 20 million in 2019. It has 40 people."),
    Document(id="b", page_content="Bolt earned 35 million in 2020."),
]
PARTS = ["What did Acme earn?", "What did Bolt earn?"]


def citation(n: int, quote: str) -> Citation:
    return Citation(n, str(n), f"{n}.md", None, "", quote, str(n))


def given(
    text: str, *citations: Citation, refused: bool = False, first: float = 0.5, total: float = 2.0
) -> Answer:
    sure = 0.1 if refused else 0.9
    return Answer(text, refused, citations, first, total, 100, 10, certainty=sure)


ACME = given("Acme earned 20 million.[1]", citation(1, "Acme earned 20 million in 2019."))
BOLT = given(
    "Bolt earned 35 million.[2]",
    citation(2, "Bolt earned 35 million in 2020."),
    first=2.5,
    total=4.0,
)
NOTHING = given(REFUSAL["en"], refused=True)


def run(
    question: str,
    answers: Sequence[Answer],
    model: Any,
    stop_after: int = 99,
    asked: Sequence[str] = PARTS,
) -> tuple[str, Answer]:
    task = Task(PASSAGES, "en", model, 4096, 200)

    def one(number: int) -> Iterator[str | Answer]:
        yield answers[number].text
        if number + 1 == stop_after:
            task.cancel.set()
        yield answers[number]

    parts = ((part, one(number)) for number, part in enumerate(asked))
    *streamed, last = answer_each(question, parts, task)
    assert isinstance(last, Answer)
    return "".join(map(str, streamed)), last


def test_the_parts_stand_one_after_the_other(scripted_chat: Any) -> None:
    model = scripted_chat(texts=[])
    streamed, last = run("What did Acme and Bolt earn?", [ACME, BOLT], model)
    assert streamed == last.text == "Acme earned 20 million.[1]\n\nBolt earned 35 million.[2]"
    assert [c.n for c in last.citations] == [1, 2]
    assert (last.refused, last.grounded, last.certainty) == (False, True, 0.9)
    assert (last.first_token_s, last.total_s) == (0.5, 4.0)  # from when the first was looked for
    assert (last.prompt_tokens, last.completion_tokens) == (200, 20)
    assert model.prompts == []


def test_an_answer_that_names_nothing_stands_behind_its_question(scripted_chat: Any) -> None:
    short = given("20 million.[1]", citation(1, "Acme earned 20 million in 2019."))
    _, last = run("What did Acme and Bolt earn?", [short, BOLT], scripted_chat(texts=[]))
    assert last.text == f"What did Acme earn? 20 million.[1]\n\n{BOLT.text}"


def test_a_part_that_is_refused_is_named(scripted_chat: Any) -> None:
    _, last = run("What did Acme and Bolt earn?", [NOTHING, BOLT], scripted_chat(texts=[]))
    assert last.text.startswith(
        "The documents do not answer this: What did Acme earn?\n\nBolt earned"
    )
    assert (last.refused, [c.n for c in last.citations]) == (False, [2])


def test_all_refused_is_a_refusal(scripted_chat: Any) -> None:
    _, last = run("Which of Acme and Bolt earned more?", [NOTHING] * 2, scripted_chat(texts=[]))
    assert (last.text, last.refused, last.citations) == (REFUSAL["en"], True, ())
    assert last.certainty == 0.1


def test_how_they_compare_comes_first_drawn_from_the_answers_alone(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["Bolt earned more, 35 million [2]."])
    _, last = run("Which of Acme and Bolt earned more?", [ACME, BOLT], model)
    assert last.text.startswith("Bolt earned more, 35 million.[1][2]\n\nAcme earned 20 million.[1]")
    asked = str(model.prompts[0][-1].content)
    assert "Acme earned 20 million." in asked
    assert "It has 40 people" not in asked


def test_a_comparison_that_is_made_up_is_left_out(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["Bolt earned 99 million more."])
    _, last = run("Which of Acme and Bolt earned more?", [ACME, BOLT], model)
    assert last.text.startswith("Acme earned 20 million.[1]\n\n")


def test_without_one_of_them_a_comparison_is_refused_and_says_what_is_there(
    scripted_chat: Any,
) -> None:
    model = scripted_chat(texts=[])
    _, last = run("Which of Acme and Bolt earned more?", [ACME, NOTHING], model)
    assert model.prompts == []
    assert last.text.split("\n\n") == [
        REFUSAL["en"],
        ACME.text,
        "The documents do not answer this: What did Bolt earn?",
    ]
    assert (last.refused, last.grounded, [c.n for c in last.citations]) == (True, False, [1])


def test_what_was_said_is_not_said_again(scripted_chat: Any) -> None:
    text = "Acme earned 20 million and Bolt earned 35 million.[1]"
    both = given(text, citation(1, "Acme earned 20 million in 2019."))
    _, last = run("What did Acme and Bolt earn?", [both, BOLT], scripted_chat(texts=[]))
    assert last.text == text


def test_the_same_few_words_answer_both(scripted_chat: Any) -> None:
    one = given("20 million[1]", citation(1, "Acme earned 20 million in 2019."))
    two = given("20 million[2]", citation(2, "Bolt earned 35 million in 2020."))
    _, last = run("What did Acme and Bolt earn?", [one, two], scripted_chat(texts=[]))
    expected = "What did Acme earn? 20 million[1]\n\nWhat did Bolt earn? 20 million[2]"
    assert last.text == expected


@pytest.mark.parametrize(
    ("part", "before"),
    [
        ("收入是多少？", "收入是多少？7"),
        ("新馆的地址", "新馆的地址：7"),
        ("The address", "The address: 7"),
    ],
)
def test_what_is_no_question_ends_with_a_colon(scripted_chat: Any, part: str, before: str) -> None:
    asked = [part, PARTS[1]]
    _, last = run("Both?", [given("7"), BOLT], scripted_chat(texts=[]), asked=asked)
    assert last.text.startswith(f"{before}\n")


def test_stopped_it_ends_with_what_there_is(scripted_chat: Any) -> None:
    _, last = run("Which of A and B earned more?", [ACME, BOLT], scripted_chat(texts=[]), 1)
    assert last.text == ACME.text
