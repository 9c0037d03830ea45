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
