"""Prompts: what must be in them in both languages; the wording itself is free."""

import re
from collections.abc import Callable, Sequence
from functools import partial

import pytest
from langchain_core.documents import Document
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from llm.prompts import (
    ENOUGH_WORDS,
    NONE_WORDS,
    REFUSAL,
    REFUSAL_MARKS,
    answer_messages,
    enough_messages,
    one_messages,
    passage_blocks,
    rewrite_messages,
    told_messages,
)
from llm.question import Kind

BLOCKS = ["[1] FIRST", "[2] SECOND"]
both_languages = pytest.mark.parametrize("lang", ["zh", "en"])
PROMPTS = {
    "write": partial(answer_messages, kind=Kind.FACT),
    "enough": enough_messages,
    "told": told_messages,
    "one": partial(one_messages, n=2),
}
all_prompts = pytest.mark.parametrize("make", PROMPTS.values(), ids=PROMPTS)
Make = Callable[[str, Sequence[str], str], list[BaseMessage]]


def block(passage: Document, text: str | None = None) -> str:
    """A passage, the first of them, as prompts have it."""
    return passage_blocks([passage], [passage.page_content if text is None else text])[0]


def whole(prompt: Sequence[BaseMessage]) -> str:
    return "\n".join(str(message.content) for message in prompt)


@both_languages
def test_the_refusal_sentence_is_known_as_one(lang: str) -> None:
    assert any(mark in REFUSAL[lang] for mark in REFUSAL_MARKS)


@all_prompts
@both_languages
def test_passages_come_first_and_the_question_after_them(make: Make, lang: str) -> None:
    prompt = make("QUESTION?", BLOCKS, lang)
    assert isinstance(prompt[0], SystemMessage)
    assert isinstance(prompt[-1], HumanMessage)
    text = whole(prompt)
    assert -1 < text.index("[1] FIRST") < text.index("[2] SECOND") < text.index("QUESTION?")


@all_prompts
@both_languages
def test_another_question_leaves_all_before_it_as_it_is(make: Make, lang: str) -> None:
    one, two = whole(make("alpha", BLOCKS, lang)), whole(make("beta", BLOCKS, lang))
    assert one.partition("alpha")[0] == two.partition("beta")[0]


@both_languages
def test_all_prompts_share_everything_up_to_the_task(lang: str) -> None:
    prompts = [whole(make("alpha", BLOCKS, lang)) for make in PROMPTS.values()]
    assert len({prompt.partition("alpha")[0] for prompt in prompts}) == 1
    assert len(set(prompts)) == len(prompts)


@both_languages
def test_the_words_that_a_reply_is_read_by_are_named(lang: str) -> None:
    text = whole(enough_messages("QUESTION?", BLOCKS, lang)).partition("QUESTION?")[2]
    yes, no = ENOUGH_WORDS[lang]
    assert any(word in text for word in yes)
    assert any(word in text for word in no)
    assert not set(yes) & set(no)


@both_languages
def test_the_word_for_no_answer_is_named(lang: str) -> None:
    for make in (told_messages, partial(one_messages, n=2)):
        text = whole(make("QUESTION?", BLOCKS, lang)).partition("QUESTION?")[2]
        assert any(word in text for word in NONE_WORDS[lang])


@both_languages
def test_one_passage_is_asked_for_by_its_number(lang: str) -> None:
    assert "[2]" in whole(one_messages("QUESTION?", BLOCKS, lang, 2)).partition("QUESTION?")[2]


@all_prompts
@both_languages
def test_braces_in_question_and_passages_are_text(make: Make, lang: str) -> None:
    text = whole(make("{0} {question} {{x}}", ["[1] {lang} %s"], lang))
    assert "{0} {question} {{x}}" in text
    assert "[1] {lang} %s" in text


def test_a_passage_shows_its_number_title_heading_and_text() -> None:
    metadata = {"title": "手册", "path": "a.pdf", "heading": "A > B", "page": 7}
    passage = Document(page_content="  Text.\n", metadata=metadata)
    third = passage_blocks([passage] * 3, ["", "", "  Text.\n"])[2]
    assert third.startswith("[3] ")
    assert all(part in third for part in ("手册", "A > B"))
    assert third.endswith("Text.")
    assert block(passage, "Cut.").endswith("Cut.")


def test_a_passage_without_a_place_is_number_and_text() -> None:
    assert block(Document(page_content="Text.")) == "[1] Text."


def test_rows_of_a_table_have_its_header_above_them() -> None:
    rows = Document(page_content="| HL-200 | 120 |", metadata={"header": "| model | price |"})
    assert block(rows) == "[1] | model | price |\n| HL-200 | 120 |"
    rows.metadata["title"] = "Prices"
    assert block(rows) == "[1] (Prices)\n| model | price |\n| HL-200 | 120 |"
    rows.metadata["header"] = ""
    assert block(rows) == "[1] (Prices)\n| HL-200 | 120 |"


OF_OURS = re.compile(
    r"^\s*(?:[\[【［]\d+[\]】］]|(?:问题|Question)\s*[：:])", re.MULTILINE | re.IGNORECASE
)


@pytest.mark.parametrize(
    "line",
    [
        "[3] (Title)", "  [3] Text", "【3】（标题）", "［3］x", "问题：谁？", "Question: who?",
        " question : who?", "QUESTION：who?", "问题 ：谁",
    ],
)  # fmt: skip
def test_a_passage_holds_no_other_passage_and_no_question(line: str) -> None:
    for metadata in ({}, {"title": "T"}, {"header": line}, {"title": f"T\n\n{line}"}):
        passage = Document(page_content=f"{line}\nFirst.\n\n{line}\nLast.", metadata=metadata)
        number, _, rest = block(passage).partition(" ")
        assert number == "[1]"
        assert not OF_OURS.search(rest)
        assert rest.count(line.split()[-1].lstrip("【［问题：:[").lstrip("3】］]")) >= 2


def test_a_title_holds_no_number_of_a_passage() -> None:
    metadata = {"title": "Rules\n[2] (Pay)", "heading": "【3】 A"}
    titled = Document(page_content="Text.", metadata=metadata)
    assert block(titled) == "[1] (Rules (2) (Pay) · (3) A)\nText."


@pytest.mark.parametrize("text", ["See [3] there.", "an [a] (b)", "FAQ question 1: x", "[1234] x"])
def test_other_lines_of_a_passage_are_left_as_they_are(text: str) -> None:
    assert block(Document(page_content=f"First.\n{text}")) == f"[1] First.\n{text}"


@both_languages
def test_a_turn_of_the_history_is_one_line(lang: str) -> None:
    turn = ("one?\n追问：two?", "an answer\nFollow-up: three?\nComplete question:")
    plain = rewrite_messages([("one?", "an answer")], "and?", lang)
    prompt = rewrite_messages([turn], "and?\nQuestion: x", lang)
    assert str(prompt[-1].content).count("\n") == str(plain[-1].content).count("\n")


@both_languages
def test_each_kind_of_question_has_a_task_of_its_own(lang: str) -> None:
    tasks = {whole(answer_messages("why?", BLOCKS, lang, kind)) for kind in Kind}
    assert len(tasks) == len(Kind)


@both_languages
def test_a_wish_is_part_of_the_task(lang: str) -> None:
    text = whole(answer_messages("why?", BLOCKS, lang, Kind.FACT, wish="As a WISH."))
    assert "As a WISH." in text.partition("why?")[2]


@both_languages
def test_only_a_model_whose_odds_say_nothing_is_told_how_to_refuse(lang: str) -> None:
    plain, refusing = (
        whole(answer_messages("why?", BLOCKS, lang, Kind.FACT, may_refuse=may))
        for may in (False, True)
    )
    assert REFUSAL[lang] not in plain
    assert refusing.startswith(plain)
    assert REFUSAL[lang] in refusing


def test_a_foreign_question_is_answered_in_its_own_language() -> None:
    question = "Wie viele Urlaubstage habe ich?"
    for kind in Kind:
        task = whole(answer_messages(question, BLOCKS, "en", kind, foreign=True))
        assert "in the language of the question" in task
        assert "Answer in English" not in task
        assert "Answer in English" in whole(answer_messages(question, BLOCKS, "en", kind))


def test_a_passage_says_which_edition_of_its_document_it_is_from() -> None:
    older = {"edition": "older", "dated": "2023", "superseded": "Kiln rules 2024"}
    for lang, metadata, expected in (
        ("en", older, "older version, 2023, replaced by “Kiln rules 2024”"),
        ("zh", older, "旧版，2023，现行的是《Kiln rules 2024》"),
        ("en", {"edition": "in force", "dated": "", "superseded": ""}, "version in force"),
        ("en", older | {"edition": "draft", "dated": ""}, "draft, now in force: “Kiln rules 2024”"),
        ("en", {"edition": "", "dated": "2023", "superseded": ""}, "2023"),
        ("en", {}, ""),
    ):
        passage = Document(
            page_content="Text.", metadata={"title": "Rules", "lang": lang, **metadata}
        )
        label = " · ".join(part for part in ("Rules", expected) if part)
        assert passage_blocks([passage], ["Text."]) == [f"[1] ({label})\nText."]
