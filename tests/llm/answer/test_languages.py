"""In which language and characters an answer is given."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.documents import Document

from llm.answer import AnswerModel, Question, answer

OPENING = "办理步骤如下：\n\n1. 在系统里填写请假单。\n2. 由主管审批。"


def test_a_traditional_question_is_answered_in_traditional_characters(reply: Any) -> None:
    passages = ["在系统里填写请假单。由主管审批。"]
    last = reply("請假要怎麼辦理？", passages, OPENING)
    assert last.answer == "辦理步驟如下：\n\n1. 在系統裏填寫請假單。[1]\n2. 由主管審批。[1]"
    assert last.citations[0].quote in passages[0]  # word for word, as the document has it
    assert reply("请假要怎么办理？", passages, OPENING).answer.startswith("办理步骤如下：")


def test_an_english_question_has_no_chinese_answer_and_keeps_chinese_names(reply: Any) -> None:
    passages = ["The house is 清风楼. 出差住宿的上限为每晚600元。"]
    said = "The house is 清风楼. 出差住宿的上限为每晚600元。"
    last = reply("Which house is it?", passages, said)
    assert last.answer.startswith("The house is 清风楼.[1]")
    assert "出差" not in last.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Wie viele Urlaubstage habe ich?", "Sie haben 25 Urlaubstage im Jahr."),
        ("Сколько дней отпуска у меня?", "У вас 25 дней отпуска в год."),
        ("休暇は何日ありますか？", "休暇は一年に25日あります。"),
    ],
)
def test_another_language_is_answered_in_it_and_cited_by_its_figures(
    scripted_chat: Any, question: str, says: str
) -> None:
    model = scripted_chat(texts=[says])
    passages = [Document(page_content="You have 25 days of leave a year.")]
    *_, last = answer(Question(question, "en", passages), AnswerModel(model, 4096, 200))
    assert last.answer == f"{says}[1]"  # type: ignore[union-attr]
    assert last.outcome == "answered"  # type: ignore[union-attr]
    asked = str(model.prompts[0][-1].content).partition(question)[2]
    assert "in the language of the question" in asked


def test_another_language_is_cited_without_figures_too(reply: Any) -> None:
    passages = ["Dogs may come to the office on Fridays."]
    last = reply("Darf der Hund mit und wenn ja, wann?", passages, "Ja, am Freitag.", lang="en")
    assert (last.answer, last.outcome) == ("Ja, am Freitag.[1]", "answered")


def test_a_figure_made_up_in_another_language_is_left_out(reply: Any) -> None:
    passages = ["You have 25 days of leave a year."]
    last = reply("Wie viele Urlaubstage habe ich?", passages, "Sie haben 77 Urlaubstage.")
    assert "77" not in last.answer
    assert last.outcome == "unsure"
