"""The runs of the test questions as they are shown: their counts, and their results."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.conversations import KeptExchange, local_time
from app.quality.measures import STATES, Counts, Measures
from app.service import KnowledgeBase

FEW = 20  # questions below which a share says little


@dataclass(frozen=True)
class PastRun:
    """A run: when it began (local time), its counts, and what decided its answers.

    It has asked `counts.asked` of `total` questions; `over` tells whether it asks no more.
    """

    id: str
    began: datetime
    over: bool
    total: int
    counts: Counts
    settings: Mapping[str, object]

    @property
    def seconds(self) -> float:
        """The mean time of an answer."""
        return self.counts.seconds / self.counts.asked if self.counts.asked else 0.0


@dataclass(frozen=True)
class Result:
    """What came of a test question in a run; `question` is the id that it has or had."""

    question: str
    exchange: KeptExchange
    measures: Measures


def last_runs(kb: KnowledgeBase) -> list[PastRun]:
    """Return the runs in which something was asked, the newest first."""
    return [
        PastRun(
            run.conversation,
            local_time(run.began),
            run.ended is not None,
            run.total,
            Counts.from_json(run.counts),
            _settings(run.settings),
        )
        for run in kb.feedback.runs.all()
    ]


def results_of(kb: KnowledgeBase, run: str) -> list[Result]:
    """Return the results of a run, the worst first, in the order of the questions."""
    answers = {one.exchange: one for one in kb.conversations.read(run)}
    found = [
        Result(one.question, answers[one.exchange], Measures.from_json(one.measures))
        for one in kb.feedback.runs.results(run)
        if one.exchange in answers
    ]
    return sorted(found, key=lambda one: STATES.index(one.measures.state))


def _settings(text: str) -> Mapping[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
