"""Sentences that the passages bear out, and those that they do not."""

from __future__ import annotations

import pytest

from llm.answer.verify import is_unsupported, repeats_question, verify
from llm.prompts import UNSUPPORTED

EN, ZH = "[1] (Leave)\nYou have 25 days of leave a year.", "[2] 出差住宿的上限为每晚600元。"
SOURCES = [EN, ZH]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("You have 25 days of leave.", "How many days of leave?"),
        ("住宿上限为每晚600元。", "住宿上限是多少？"),
        ("每年有25天假。", "每年有多少天假？"),  # in the other language: the figure stands there
        ("At most 600 yuan a night.", "At most how much a night in 2026?"),
        ("In 2026 you have 25 days of leave a year.", "How many days of leave in 2026?"),
    ],
)
def test_supported(sentence: str, question: str) -> None:
    assert not is_unsupported(sentence, question, SOURCES)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("You have 26 days of leave.", "How many days of leave?"),
        ("住宿上限为每晚800元。", "住宿上限是多少？"),
        ("每年有30天假。", "每年有多少天假？"),
    ],
)
def test_a_figure_that_stands_nowhere(sentence: str, question: str) -> None:
    assert is_unsupported(sentence, question, SOURCES)


@pytest.mark.parametrize("sentence", ["Yes.", "可以。", "No, never.", "25 days."])
def test_a_word_or_two_have_nothing_to_go_by(sentence: str) -> None:
    assert not is_unsupported(sentence, "Is it so?", [ZH if "可" in sentence else EN])


def test_a_name_that_stands_nowhere() -> None:
    assert is_unsupported("Mara Lind.", "Who signs it?", [EN])
    assert not is_unsupported("Mara Lind.", "Who signs it?", [EN, "Mr. Lind signs it."])
    assert is_unsupported("张三", "谁签字？", [ZH])


def test_a_name_of_which_only_a_part_stands_there() -> None:
    source = "Bolt Mills is a public company in Oslo."
    assert is_unsupported("Oslo Stock Exchange", "On which stock exchange is it listed?", [source])
    assert not is_unsupported("Bolt Mills", "What is the company?", [source])


def test_an_answer_of_another_month() -> None:
    source = "In May 2020 Ms. Lind joined the board. In June 2020 Mr. Berg left it."
    may, june = "Who joined the board in May 2020?", "Who joined the board in June 2020?"
    assert verify("Ms. Lind", may, [source], strict=True) == "Ms. Lind"
    assert verify("Ms. Lind", june, [source], strict=True) == ""
    minutes = f"[1] (Minutes, June 2020)\n{source}"
    assert verify("Ms. Lind", june, [minutes], strict=True) == "Ms. Lind"
    assert UNSUPPORTED["en"] in verify("Ms. Lind", june, [source], strict=False)
    assert verify("Ms. Lind joined. He left.", june, [source], strict=True)  # more than one
    assert verify("林德女士", june, [source], strict=True)  # written in another script


@pytest.mark.parametrize(
    ("sentence", "question", "expected"),
    [
        ("The head of Bolt Mills signs it.", "Who signs it as the head of Bolt Mills?", True),
        ("张三先签字。", "张三和李四谁先签字？", False),
        ("博尔特公司的负责人", "博尔特公司的负责人是谁？", True),
        ("Mara Lind signs it.", "Who signs it as the head of Bolt Mills?", False),
        ("Mara signs it.", "Who signs it, Mara or Bo?", False),
        ("Bolt Mills has it.", "Has Bolt Mills it?", False),
        ("In 2020.", "What of 2020 began in what year?", False),
        ("", "Who?", False),
    ],
)
def test_an_answer_that_is_only_the_question_again(
    sentence: str, question: str, expected: bool
) -> None:
    assert repeats_question(sentence, question) is expected
    assert bool(verify(sentence, question, [f"{sentence} {question}"], strict=True)) is (
        not expected and bool(sentence)
    )


def test_words_that_stand_nowhere() -> None:
    assert is_unsupported("Unicorns may fly to the moon.", "Who may fly?", [EN])
    assert is_unsupported("独角兽可以飞到月球上去。", "谁会飞？", [ZH])
    assert not is_unsupported("Unicorns may fly to the moon.", "Who may fly?", SOURCES)


def test_the_rest_of_an_answer_stays_as_it_is() -> None:
    answer = "- You have 25 days of leave [1].\n- Unicorns may fly to the moon.\n- 25 days a year."
    kept = "- You have 25 days of leave [1].\n- 25 days a year."
    assert verify(answer, "Leave?", [EN], strict=True) == kept
    marked = verify(answer, "Leave?", [EN], strict=False)
    assert marked.count(UNSUPPORTED["en"]) == 1
    assert marked.replace(UNSUPPORTED["en"], "") == answer


def test_nothing_may_be_left() -> None:
    assert verify("独角兽可以飞到月球上去。", "谁会飞？", [ZH], strict=True) == ""
    assert verify("", "谁会飞？", [ZH], strict=True) == ""
