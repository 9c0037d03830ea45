"""Which passages hold an answer, and how sure that is."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import pytest

from llm.answer.answerability import Answerability, Likeliest, Signals
from llm.answer.judge import Judge

NEVER = threading.Event()


def heard(question: str, blocks: Sequence[str], odds: Any, brief: Any = None) -> Answerability:
    """What comes of hearing all passages, from the last to the first."""
    judge = Judge(
        dict.fromkeys(range(len(blocks)), (question, "en")),
        dict(enumerate(blocks)),
        odds,
        NEVER,
        brief,
    )
    for n in reversed(range(len(blocks))):
        judge.read(n)
    return judge.answerability()


def odds_of(given: dict[str, float], together: float = 0.0) -> Any:
    """Odds by the one block that a prompt holds, and for several of them."""

    def odds(messages: Sequence[Any], *_: Any) -> float:
        said = str(messages[-1].content)
        held = [value for block, value in given.items() if block in said]
        return held[0] if len(held) == 1 and len(given) > 1 else together

    return odds


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ({"#a": 1.0, "#b": 5.0, "#c": 3.0, "#d": -2.0}, (1, 2)),
        ({"#a": 4.5, "#b": 5.0, "#c": 4.2, "#d": 4.0, "#e": 4.9}, (1, 4, 0, 2)),
        ({"#a": -3.0, "#b": -5.0}, (0, 1)),
    ],
)
def test_the_best_two_are_chosen_and_those_nearly_as_good(
    given: dict[str, float], chosen: tuple[int, ...]
) -> None:
    presence = heard("How?", list(given), odds_of(given, 1.5))
    assert presence.chosen == chosen
    assert presence.signals == Signals(max(given.values()), 1.5)


def test_one_passage_is_chosen_whatever_it_holds() -> None:
    assert heard("How?", ["#a"], odds_of({"#a": 0.0}, -4.0)).chosen == (0,)


class Asked:
    """Odds of each block by itself, and what it answers."""

    def __init__(self, **given: tuple[float, str]) -> None:
        self.given = given
        self.written: list[str] = []

    def odds(self, messages: Sequence[Any], yes: Sequence[str], *_: Any) -> float:
        held = self._held(messages)
        if "none" in yes:
            return 3.0 if self.given[held[0]][1] == "none" else -2.0
        return self.given[held[0]][0] if len(held) == 1 else 1.0

    def brief(self, messages: Sequence[Any], *_: Any) -> str:
        self.written += self._held(messages)
        return self.given[self.written[-1]][1]

    def _held(self, messages: Sequence[Any]) -> list[str]:
        said = str(messages[-1].content)
        return [block for block in self.given if f"#{block} " in said]

    def hear(self, question: str = "Where?") -> Answerability:
        blocks = [f"#{block} {text} it is" for block, (_, text) in self.given.items()]
        return heard(question, blocks, self.odds, self.brief)


def test_those_that_answer_something_else_are_not_chosen() -> None:
    presence = Asked(a=(2.4, "Rome"), b=(2.5, "Oslo"), c=(2.0, "Rome"), d=(1.9, "none")).hear()
    assert presence.chosen == (0, 2)
    assert [(draft.n, draft.text) for draft in presence.others] == [(1, "Oslo")]
    assert presence.signals == Signals(2.5, 1.0, 2.0)


def test_what_others_name_of_all_that_is_asked_for_is_no_contradiction() -> None:
    asked = Asked(a=(2.4, "Rome"), b=(2.5, "Oslo"), c=(2.0, "Rome"))
    presence = asked.hear("Which cities are they?")
    assert presence.chosen == (1, 0, 2)
    assert [(d.n, d.text) for d in presence.others] == [(1, "Oslo"), (0, "Rome"), (2, "Rome")]


def test_a_draft_is_written_where_there_is_one_and_it_may_count() -> None:
    asked = Asked(a=(2.4, "Rome"), b=(0.5, "Oslo"), c=(2.0, "none"))
    presence = asked.hear()
    assert (presence.chosen, presence.others) == ((0, 1), ())  # c has no answer of its own
    assert asked.written == ["b", "a"]  # from the last to the first: b was the best by then


def test_what_does_not_stand_in_its_passage_counts_for_nothing() -> None:
    asked = Asked(a=(2.4, "Rome"), b=(2.0, "Rome"))
    blocks = ["#a Rome it is", "#b Bern it is"]
    asked.given["b"] = (2.0, "Oslo")
    assert heard("Where?", blocks, asked.odds, asked.brief).others == ()


def test_one_passage_answers_by_itself() -> None:
    asked = Asked(a=(1.0, "Rome"))
    presence = asked.hear()
    assert (presence.chosen, presence.signals.told, asked.written) == ((0,), 2.0, ["a"])
    assert presence.likeliest == Likeliest(0, "Where?", "Rome")


def test_what_was_so_in_another_month_is_no_answer() -> None:
    blocks = ["#a In May 2020 Alm joined.", "#b In June 2020 Bo joined.", "#c A list."]
    asked = Asked(a=(1.0, "Alm"), b=(2.5, "Bo"), c=(0.0, "none"))
    june = heard("Who joined in June 2020?", blocks, asked.odds, asked.brief)
    assert june.likeliest == Likeliest(1, "Who joined in June 2020?", "Bo")
    may = heard("Who joined in May 2020?", blocks, asked.odds, asked.brief)
    assert (may.chosen, may.others) == ((0, 2), ())
    assert may.likeliest == Likeliest(0, "Who joined in May 2020?", "Alm")
    none = heard("Who joined in July 2020?", blocks[:2], asked.odds, asked.brief)
    assert none.chosen == (1, 0)  # nothing else is left to answer from
    assert none.likeliest == Likeliest(1, "Who joined in July 2020?", "")


def test_where_few_words_cannot_tell_it_they_are_not_asked_for() -> None:
    presence = heard("How?", ["#a", "#b"], odds_of({"#a": 1.0, "#b": 0.0}))
    assert presence.signals.told is None


def test_what_the_best_passage_answers_is_told_with_how_it_was_asked() -> None:
    given = {"a": (2.0, "Rome"), "b": (2.5, "Oslo"), "c": (2.4, "Oslo")}
    presence = Asked(**given).hear()
    assert presence.chosen[0] == 1
    assert presence.likeliest == Likeliest(1, "Where?", "Oslo")
    listed = Asked(**given).hear("Which cities are they?").likeliest
    assert listed == Likeliest(1, "Which cities are they?", "")  # one of several, maybe
    nothing = Asked(a=(2.0, "none"), b=(1.0, "none")).hear().likeliest
    assert nothing == Likeliest(0, "Where?", "")


def test_of_the_same_date_the_fullest_is_told() -> None:
    presence = Asked(a=(2.4, "8 May"), b=(2.0, "8 May 2022"), c=(1.8, "9 May 2022")).hear()
    assert (presence.chosen, presence.likeliest) == ((0, 1), Likeliest(1, "Where?", "8 May 2022"))
