"""How answers are to be given, as a prompt says it."""

import pytest

from llm.prompts import TONES, Manner, answer_messages
from llm.question import Kind

BLOCKS = ["[1] FIRST"]
both_languages = pytest.mark.parametrize("lang", ["zh", "en"])
GIVEN = Manner("INSTRUCTION", (("ASKED ONE", "SAID ONE"), ("ASKED TWO", "SAID TWO")), "formal")


def prompt(lang: str, manner: Manner, **more: object) -> str:
    messages = answer_messages("QUESTION?", BLOCKS, lang, Kind.FACT, manner=manner, **more)  # type: ignore[arg-type]
    return "\n".join(str(message.content) for message in messages)


@both_languages
def test_nothing_wanted_changes_no_byte(lang: str) -> None:
    usual = answer_messages("QUESTION?", BLOCKS, lang, Kind.FACT)
    assert answer_messages("QUESTION?", BLOCKS, lang, Kind.FACT, manner=Manner()) == usual
    assert answer_messages("QUESTION?", BLOCKS, lang, Kind.FACT, manner=Manner(" \n")) == usual


@both_languages
def test_passages_and_question_come_first_so_that_they_stay_cached(lang: str) -> None:
    usual, given = prompt(lang, Manner()), prompt(lang, GIVEN)
    cached = usual[: usual.index("QUESTION?") + len("QUESTION?")]
    assert given.startswith(cached)


@both_languages
def test_the_rule_that_answers_come_from_the_passages_has_the_last_word(lang: str) -> None:
    usual, given = prompt(lang, Manner()), prompt(lang, GIVEN)
    task = usual.rpartition("\n\n")[2]
    assert given.endswith(task)
    for text in ("INSTRUCTION", "ASKED ONE", "SAID ONE", "ASKED TWO", "SAID TWO"):
        assert 0 < given.index(text) < given.index(task)


@both_languages
def test_each_tone_but_the_usual_is_said(lang: str) -> None:
    said = {prompt(lang, Manner(tone=tone)) for tone in TONES}
    assert len(said) == len(TONES)
    assert prompt(lang, Manner(tone="neutral")) == prompt(lang, Manner())


@both_languages
def test_a_wish_for_another_form_wins_over_the_examples(lang: str) -> None:
    given = prompt(lang, GIVEN, wish="AS A TABLE")
    assert "SAID ONE" not in given
    assert 0 < given.index("INSTRUCTION") < given.index("AS A TABLE")


def test_what_is_to_be_in_one_language_is_so_for_a_foreign_question() -> None:
    foreign = prompt("zh", Manner(), foreign=True)
    assert "language of the question" in foreign
    assert "language of the question" not in prompt("zh", Manner(lang="zh"), foreign=True)
