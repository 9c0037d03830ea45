"""Prompts: what must be in them in both languages; the wording itself is free."""

import pytest
from langchain_core.documents import Document
from langchain_core.messages import HumanMessage, SystemMessage

from llm.answer import is_refusal
from llm.prompts import REFUSAL, SYSTEM, messages, passage_block

LANGUAGES = ["zh", "en"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_model_is_told_the_refusal_sentence_word_for_word(lang: str) -> None:
    assert REFUSAL[lang] in SYSTEM[lang]
    assert is_refusal(REFUSAL[lang])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_passages_come_first_and_the_question_after_them(lang: str) -> None:
    prompt = messages("QUESTION?", ["[1] FIRST", "[2] SECOND"], lang)
    assert isinstance(prompt[0], SystemMessage)
    assert isinstance(prompt[-1], HumanMessage)
    text = str(prompt[-1].content)
    assert -1 < text.index("[1] FIRST") < text.index("[2] SECOND") < text.index("QUESTION?")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_question_leaves_all_before_it_as_it_is(lang: str) -> None:
    one, two = (messages(q, ["[1] FIRST"], lang) for q in ("alpha", "beta"))
    assert one[0] == two[0]
    before = [str(p[-1].content).partition(q)[0] for p, q in ((one, "alpha"), (two, "beta"))]
    assert before[0] == before[1] != ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_braces_in_question_and_passages_are_text(lang: str) -> None:
    text = str(messages("{0} {question} {{x}}", ["[1] {lang} %s"], lang)[-1].content)
    assert "{0} {question} {{x}}" in text
    assert "[1] {lang} %s" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_passage_shows_its_number_place_and_text(lang: str) -> None:
    metadata = {"title": "手册", "path": "a.pdf", "heading": "A > B", "page": 7}
    passage = Document(page_content="  Text.\n", metadata=metadata)
    block = passage_block(3, passage, lang)
    assert block.startswith("[3] ")
    assert all(part in block for part in ("手册", "A > B", "7"))
    assert block.endswith("Text.")
    assert passage_block(3, passage, lang, "Cut.").endswith("Cut.")


def test_a_passage_without_a_place_is_number_and_text() -> None:
    assert passage_block(1, Document(page_content="Text."), "en") == "[1] Text."
