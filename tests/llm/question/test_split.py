"""Questions about several things in parts, with a model whose words are given."""

from __future__ import annotations

from typing import Any

import pytest

from llm.question import compares, needs_full_answer, question_parts

SPLITS = [
    (
        "How high are the travel limits in Berlin and Rome?",
        "How high is the travel limit in Berlin?\nHow high is the travel limit in Rome?",
    ),
    ("2026年棋赛甲组和乙组冠军分别是谁？", "2026年棋赛甲组冠军是谁？\n2026年棋赛乙组冠军是谁？"),
    ("W8讲座的时间和票价？", "W8讲座的时间\nW8讲座的票价"),
    ("修W8要多少钱，要等几天？", "修W8要多少钱？\n修W8要等几天？"),
    (
        "比较2033年南华书店和2034年北华书店的进货量，哪家书店的进货量更高？",
        "2033年南华书店的进货量是多少？\n2034年北华书店的进货量是多少？",
    ),
    (
        "Compare the sales of Acme in 2033 and Bolt in 2034. Which sold more?",
        "How large were the sales of Acme in 2033?\nHow large were the sales of Bolt in 2034?",
    ),
]


@pytest.mark.parametrize(("question", "written"), SPLITS)
def test_a_question_about_two_things_becomes_two(
    scripted_chat: Any, question: str, written: str
) -> None:
    assert question_parts(question, scripted_chat(texts=[written])) == tuple(written.split("\n"))


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("What do Acme and Bolt share?", "What do Acme and Bolt share?"),
        ("谁批准请假，最多可以请几天？", "谁批准请假？\n最多可以请几天？"),
        ("What do Acme and Bolt pay?", "What does Acme pay?\nWhat does Zeta Corporation owe them?"),
        ("What do Acme and Bolt pay in 2020?", "What does Acme pay?\nWhat does Bolt pay?"),
        ("What do Acme and Bolt pay?", "What does Acme pay?\nWhat does it pay?"),
        ("What do Acme and Bolt pay?", "What does Acme pay?"),
        ("What do Acme and Bolt pay?", "What does Acme pay?\nWhat does Acme pay?"),
        ("What do Acme and Bolt pay?", "Acme和Bolt付多少？\n付什么？"),
        ("What do A and B pay?", "\n".join(f"What does {c} pay?" for c in "ABABAB")),
        (
            "Compare the profit of Acme and Bolt. Which earned more?",
            "What is the profit of Acme?\nWhich earned more?",
        ),
        ("What do Acme and Bolt pay?", ""),
    ],
)
def test_what_does_not_say_the_same_is_not_taken(
    scripted_chat: Any, question: str, written: str
) -> None:
    assert question_parts(question, scripted_chat(texts=[written])) == (question,)


@pytest.mark.parametrize(
    "question",
    [
        "What is the limit?",
        "住宿上限是多少？",
        "How did Acme grow and earn more?",
        "总结南馆和北馆的情况",
        "Summarise the rules for travel and leave.",
        "What do Acme and Bolt pay? " * 12,
    ],
)
def test_for_others_the_model_is_not_called(scripted_chat: Any, question: str) -> None:
    model = scripted_chat(texts=[])
    assert question_parts(question, model) == (question,)
    assert model.prompts == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("哪家书店的进货量更高？", True),
        ("Which hall had more seats?", True),
        ("Do both pay the same amount?", True),
        ("Is A larger than B?", True),
        ("When do the library and the museum close?", False),
        ("南馆和北馆几点关门？", False),
    ],
)
def test_which_questions_compare(question: str, expected: bool) -> None:
    assert compares(question) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How did it grow?", True), ("Why?", True), ("为什么迟到？", True), ("总结年报", True),
        ("How many days?", False), ("How high is the limit?", False), ("几天？", False),
    ],
)  # fmt: skip
def test_which_are_told_in_one_piece(question: str, expected: bool) -> None:
    assert needs_full_answer(question) is expected
