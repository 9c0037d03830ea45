"""What became better and what worse from one run to the next, question by question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.quality.measures import STATES
from app.quality.runs import Result


@dataclass(frozen=True)
class Comparison:
    """The ids of the questions that stand better or worse than before, and how many both runs have.

    One that was worded anew in between is not compared.
    """

    better: frozenset[str]
    worse: frozenset[str]
    common: int


def compare(before: Sequence[Result], now: Sequence[Result]) -> Comparison:
    """Hold the results of a run against those of one before."""
    was = {(one.question, one.exchange.question): one.measures.state for one in before}
    steps = {
        one.question: STATES.index(one.measures.state) - STATES.index(was[key])
        for one in now
        if (key := (one.question, one.exchange.question)) in was
    }
    return Comparison(
        frozenset(question for question, step in steps.items() if step > 0),
        frozenset(question for question, step in steps.items() if step < 0),
        len(steps),
    )
