"""Which passages hold an answer, and how sure that is."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import pytest

from llm.presence import Presence, Signals, look

NEVER = threading.Event()


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
    presence = look("How?", list(given), "en", odds_of(given, 1.5), NEVER)
    assert presence.chosen == chosen
    assert presence.signals == Signals(max(given.values()), 1.5)


def test_one_passage_is_chosen_whatever_it_holds() -> None:
    assert look("How?", ["#a"], "en", odds_of({"#a": 0.0}, -4.0), NEVER).chosen == (0,)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_certainty_grows_with_what_speaks_for_it(lang: str) -> None:
    sure = [
        Presence((0,), Signals(stated, enough)).certainty(lang)
        for stated, enough in ((-99, -99), (-3, -3), (0, 0), (3, 0), (3, 3), (99, 99))
    ]
    assert sure == sorted(sure)
    assert 0 < sure[0] < 0.01
    assert 0.99 < sure[-1] < 1.001


def drafts_of(given: dict[str, str]) -> Any:
    """What each block answers by itself."""

    def brief(messages: Sequence[Any], *_: Any) -> str:
        said = str(messages[-1].content)
        return next(text for block, text in given.items() if block in said)

    return brief


def test_those_that_answer_something_else_are_not_chosen() -> None:
    odds = {"#a in Rome": 2.4, "#b in Oslo": 2.5, "#c in Rome": 2.0, "#d by boat": 1.9}
    said = dict(zip(odds, ["Rome", "Oslo", "Rome", "none"], strict=True))
    presence = look("Where?", list(odds), "en", odds_of(odds, 1.0), NEVER, drafts_of(said))
    assert presence.chosen == (0, 2, 3)
    assert [(draft.n, draft.text) for draft in presence.others] == [(1, "Oslo")]
    assert presence.signals == Signals(2.5, 1.0)


def test_what_is_far_less_likely_or_not_in_its_passage_counts_for_nothing() -> None:
    odds = {"#a in Rome": 2.4, "#b in Oslo": 0.5, "#c in Bern": 2.0}
    said = dict(zip(odds, ["Rome", "Oslo", "Paris"], strict=True))
    presence = look("Where?", list(odds), "en", odds_of(odds), NEVER, drafts_of(said))
    assert (presence.chosen, presence.others) == ((0, 2), ())


def test_one_passage_has_nothing_to_be_compared_with() -> None:
    def never(*_: Any) -> str:
        raise AssertionError

    assert look("Where?", ["#a"], "en", odds_of({"#a": 1.0}), NEVER, never).chosen == (0,)
