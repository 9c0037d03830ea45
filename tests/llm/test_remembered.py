"""Odds that are asked for once."""

from __future__ import annotations

import threading
from typing import Any

from langchain_core.messages import HumanMessage

from llm.remembered import _MOST, RememberedOdds

YES_NO = ("yes",), ("no",)


class Counting:
    """Odds that grow with each call."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, *_: Any) -> float:
        self.calls += 1
        return float(self.calls)


def test_the_same_prompt_is_asked_once() -> None:
    model = Counting()
    odds, never = RememberedOdds(model), threading.Event()
    assert odds([HumanMessage("a")], *YES_NO, never) == 1
    assert odds([HumanMessage("b")], *YES_NO, never) == 2
    assert odds([HumanMessage("a")], *YES_NO, never) == 1
    assert odds([HumanMessage("a")], ("no",), ("yes",), never) == 3


def test_of_a_cancelled_call_nothing_is_kept() -> None:
    model, cancel = Counting(), threading.Event()
    odds = RememberedOdds(model)
    cancel.set()
    assert odds([HumanMessage("a")], *YES_NO, cancel) == 1
    assert odds([HumanMessage("a")], *YES_NO, threading.Event()) == 2


def test_the_oldest_are_forgotten() -> None:
    model = Counting()
    odds, never = RememberedOdds(model), threading.Event()
    for n in range(_MOST + 1):
        odds([HumanMessage(str(n))], *YES_NO, never)
    assert odds([HumanMessage(str(_MOST))], *YES_NO, never) == _MOST + 1
    assert odds([HumanMessage("0")], *YES_NO, never) == _MOST + 2
