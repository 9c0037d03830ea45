"""Answers in a manner: the form is taken from it, and no fact."""

from typing import Any

import pytest
from langchain_core.documents import Document

from ingest.text import script
from llm.answer import Answer, AnswerModel, Question, answer
from llm.prompts import Manner

PASSAGES = {
    "en": "Full-time employees have 25 days of paid leave a year.",
    "zh": "正式员工每年享有25天带薪年假。",
}
ASKED = {"en": "How many days of leave do I have?", "zh": "年假有多少天？"}
EXAMPLE = {
    "en": ("How much leave is there?", "You have 99 days of leave. Enjoy your time!"),
    "zh": ("我有几天年假？", "您每年有99天年假，祝您休假愉快！"),
}
RIGHT = {"en": "You have 25 days of leave a year.", "zh": "您每年有25天年假。"}
both_languages = pytest.mark.parametrize("lang", ["zh", "en"])


def answered(model: Any, question: str, manner: Manner, passage: str) -> Answer:
    asked = Question(question, script(question), [Document(id="1", page_content=passage)])
    asked.manner = manner
    *_, last = answer(asked, AnswerModel(model, model.context, 300))
    assert isinstance(last, Answer)
    return last


@both_languages
def test_a_figure_of_an_example_is_left_out_and_the_answer_written_without_it(
    scripted_chat: Any, lang: str
) -> None:
    model = scripted_chat(texts=[EXAMPLE[lang][1], RIGHT[lang]])
    manner = Manner(examples=(EXAMPLE[lang],), tone="brief")
    last = answered(model, ASKED[lang], manner, PASSAGES[lang])
    assert last.answer == f"{RIGHT[lang]}[1]"
    assert last.outcome == "answered"
    first, second = (str(prompt[-1].content) for prompt in model.prompts)
    assert "99" in first
    assert "99" not in second
    assert manner.told(lang).rpartition("\n\n")[2] in second  # the tone stays


@both_languages
def test_what_stands_in_an_instruction_alone_is_not_said(scripted_chat: Any, lang: str) -> None:
    told = {"en": "Managers approve dogs in the office.", "zh": "主管可以批准带狗上班。"}[lang]
    model = scripted_chat(texts=[f"{RIGHT[lang]} {told}"])
    last = answered(model, ASKED[lang], Manner(told), PASSAGES[lang])
    assert last.answer == f"{RIGHT[lang]}[1]"
    assert last.outcome == "answered"


def test_an_ordered_greeting_is_dropped_without_doubt(scripted_chat: Any) -> None:
    model = scripted_chat(texts=[f"Dear colleague! {RIGHT['en']}"])
    manner = Manner('Begin with "Dear colleague!"')
    last = answered(model, ASKED["en"], manner, PASSAGES["en"])
    assert (last.answer, last.outcome) == (f"{RIGHT['en']}[1]", "answered")
    assert len(model.prompts) == 1


def test_words_that_a_passage_has_too_may_be_said(scripted_chat: Any) -> None:
    model = scripted_chat(texts=[RIGHT["en"]])
    manner = Manner(examples=(("What of leave?", "You have 25 days of paid leave a year."),))
    assert answered(model, ASKED["en"], manner, PASSAGES["en"]).outcome == "answered"


def test_examples_beyond_a_quarter_of_the_prompt_are_not_shown(scripted_chat: Any) -> None:
    model = scripted_chat(texts=[RIGHT["en"]], context=1400)
    examples = tuple((f"Case {n}?", f"FORM{n} " + "word " * 150) for n in range(5))
    last = answered(model, ASKED["en"], Manner(examples=examples), PASSAGES["en"])
    shown = str(model.prompts[0][-1].content)
    assert "FORM0" in shown
    assert "FORM4" not in shown
    assert last.outcome == "answered"


@both_languages
def test_the_form_of_an_example_may_be_taken_over(scripted_chat: Any, lang: str) -> None:
    says = EXAMPLE[lang][1].replace("99", "25")
    model = scripted_chat(texts=[says])
    last = answered(model, ASKED[lang], Manner(examples=(EXAMPLE[lang],)), PASSAGES[lang])
    assert "25" in last.answer
    assert last.outcome == "answered"
    assert len(model.prompts) == 1


def test_what_follows_a_fact_of_an_instruction_is_not_taken_for_the_answer(
    scripted_chat: Any,
) -> None:
    told = "The period of notice is 17 months."
    drill = "The fire drill takes place twice a year."
    passage = f"The notice period is 6 weeks. {drill}"
    right = "The notice period is 6 weeks."
    model = scripted_chat(texts=[f"{told} {drill}", right])
    last = answered(model, "How long is the notice period?", Manner(told), passage)
    assert last.answer == f"{right}[1]"
