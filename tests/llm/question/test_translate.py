"""Questions in the other language: what the model writes is taken only if it is sound."""

import threading
from typing import Any

import pytest

from llm.prompts import TRANSLATE, TRANSLATE_EXAMPLES
from llm.question import translated_question


@pytest.mark.parametrize(
    ("question", "to", "written"),
    [
        ("年假有多少天？", "en", "How many days of annual leave are there?"),
        ("How many days of leave?", "zh", "年假有多少天？"),
        ("HL-300 卖多少钱？", "en", "How much does the HL-300 cost?"),
        ("2021年卖了1345596台吗？", "en", "Were 1,345,596 sold in 2021?"),
        ("Who approves CNY 15,000?", "zh", "15000元由谁批准？"),
        ("Who approves CNY 15,000?", "zh", "1.5万元由谁批准？"),
    ],
)
def test_a_sound_translation_is_taken(
    scripted_chat: Any, question: str, to: str, written: str
) -> None:
    assert translated_question(question, to, scripted_chat(texts=[written])) == written


@pytest.mark.parametrize(
    ("question", "to", "written"),
    [
        ("年假有多少天？", "en", ""),
        ("年假有多少天？", "en", "   "),
        ("年假有多少天？", "en", "年假有多少天？"),
        ("年假有多少天？", "en", "How many days is 年假?"),
        ("How many days of leave?", "zh", "How many days of leave?"),
        ("2026年有多少天假？", "en", "How many days of leave are there?"),
        ("HL-300 卖多少钱？", "en", "How much does the HL-400 cost?"),
        ("年假？", "en", "Annual leave is a benefit " + "that is given to all employees " * 3),
    ],
    ids=["empty", "blank", "same", "both", "english", "number", "other number", "an answer"],
)
def test_what_is_not_sound_is_refused(
    scripted_chat: Any, question: str, to: str, written: str
) -> None:
    assert translated_question(question, to, scripted_chat(texts=[written] * 2)) is None


def test_a_question_that_is_answered_too_is_not_taken(scripted_chat: Any) -> None:
    for written, taken in (("\nHow many days?", True), ("How many days?\nThere are 25.", False)):
        found = translated_question("多少天？", "en", scripted_chat(texts=[written]))
        assert found == ("How many days?" if taken else None)


def test_a_text_is_not_translated(scripted_chat: Any) -> None:
    model = scripted_chat(texts=["x"])
    assert translated_question("假" * 301, "en", model) is None
    assert model.prompts == []


def test_a_translation_that_is_given_up_is_none(scripted_chat: Any) -> None:
    cancel = threading.Event()
    cancel.set()
    assert translated_question("多少天？", "en", scripted_chat(texts=["How many?"]), cancel) is None


@pytest.mark.parametrize("to", ["zh", "en"])
def test_the_prompt_has_the_rule_examples_and_the_question_last(
    scripted_chat: Any, to: str
) -> None:
    model = scripted_chat(texts=["x"])
    translated_question("多少\n天？", to, model)
    (prompt,) = model.prompts
    said = [str(message.content) for message in prompt]
    assert said[0] == TRANSLATE[to]
    assert said[1:-1] == [text for pair in TRANSLATE_EXAMPLES[to] for text in pair]
    assert said[-1] == "多少 天？"
    assert [m.type for m in prompt] == ["system", "human", "ai", "human", "ai", "human"]
