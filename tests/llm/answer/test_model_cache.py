"""Odds and drafts that are asked for once."""

from __future__ import annotations

import threading
from typing import Any

from langchain_core.messages import HumanMessage

from llm.answer import ModelCache

YES_NO = ("yes",), ("no",)


class Counting:
    """Odds that grow with each call."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, *_: Any) -> float:
        self.calls += 1
        return float(self.calls)

    def brief(self, *_: Any) -> str:
        self.calls += 1
        return f"draft {self.calls}"


def test_the_same_prompt_is_asked_once() -> None:
    model = Counting()
    odds, never = ModelCache(model, model.brief).odds, threading.Event()
    assert odds([HumanMessage("a")], *YES_NO, never) == 1
    assert odds([HumanMessage("b")], *YES_NO, never) == 2
    assert odds([HumanMessage("a")], *YES_NO, never) == 1
    assert odds([HumanMessage("a")], ("no",), ("yes",), never) == 3


def test_of_a_cancelled_call_nothing_is_kept() -> None:
    model, cancel = Counting(), threading.Event()
    odds = ModelCache(model, model.brief).odds
    cancel.set()
    assert odds([HumanMessage("a")], *YES_NO, cancel) == 1
    assert odds([HumanMessage("a")], *YES_NO, threading.Event()) == 2


def test_the_oldest_are_forgotten() -> None:
    model = Counting()
    odds, never = ModelCache(model, model.brief).odds, threading.Event()
    for n in range(1, 2001):
        assert odds([HumanMessage(str(n))], *YES_NO, never) == n
    assert odds([HumanMessage("2000")], *YES_NO, never) == 2000
    assert odds([HumanMessage("1")], *YES_NO, never) == 2001  # asked anew


def test_a_draft_is_written_once_and_is_no_odds() -> None:
    model, never = Counting(), threading.Event()
    asked = ModelCache(model, model.brief)
    assert asked.brief([HumanMessage("a")], never) == "draft 1"
    assert asked.odds([HumanMessage("a")], *YES_NO, never) == 2
    assert asked.brief([HumanMessage("a")], never) == "draft 1"
    never.set()
    assert asked.brief([HumanMessage("b")], never) == "draft 3"
    assert asked.brief([HumanMessage("b")], never) == "draft 4"
