"""What became better and what worse since the last report, question by question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from app.evaluation.checklist import Verdict
from app.evaluation.checklist_cells import Judged
from app.evaluation.grouping import ZHIKU

Key = tuple[str, str, str]  # source, id and method


@dataclass(frozen=True)
class Change:
    """A question whose verdict is another one than before; `missing` is what it lacks now."""

    source: str
    kind: str
    id: str
    question: str
    better: bool
    before: str
    after: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """The questions of both reports whose verdicts differ; `common` is how many both have."""

    since: str
    common: int
    questions: list[Change]


class LastReport:
    """The verdicts and times of an earlier report."""

    def __init__(self, value: Mapping[str, Any]) -> None:
        """`value` is the report as JSON; raises KeyError or TypeError where it is none."""
        self.run = str(value["run"])
        self._standing: dict[Key, tuple[int, float, str]] = {}
        self._seconds: dict[str, list[float]] = {}
        for one in value["checked"]:
            found = one["verdict"]
            self._standing[one["source"], one["id"], one["method"]] = _standing(
                found["complete"], found["wrong"], found["facts"], found["outcome"]
            )
            self._seconds.setdefault(one["method"], []).append(float(one["reply"]["total_s"]))

    @property
    def seconds(self) -> dict[str, float]:
        """The median time of an answer of each method."""
        return {method: median(times) for method, times in self._seconds.items()}

    def changes(self, judged: Sequence[Judged]) -> Changes:
        """Return which of these answers of ours are better or worse than they were."""
        found, common = [], 0
        for item, _, verdict in judged:
            before = self._standing.get((item.source, item.id, ZHIKU))
            if before is None:
                continue
            common += 1
            after = _of(verdict)
            if after[:2] != before[:2]:
                found.append(
                    Change(
                        source=item.source,
                        kind=f"{item.lang} {item.part}",
                        id=item.id,
                        question=item.question,
                        better=after[:2] > before[:2],
                        before=before[2],
                        after=after[2],
                        missing=tuple(" | ".join(element) for element in verdict.missing),
                    )
                )
        return Changes(self.run, common, sorted(found, key=lambda change: change.better))


def last_report(file: Path) -> LastReport | None:
    """Return the report that a file holds, None without one that has checklists."""
    try:
        # A device or a pipe may have no end.
        return LastReport(json.loads(file.read_text("utf-8"))) if file.is_file() else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _of(verdict: Verdict) -> tuple[int, float, str]:
    return _standing(verdict.complete, verdict.wrong, verdict.facts, verdict.outcome)


def _standing(
    complete: bool, wrong: bool, facts: float | None, outcome: str
) -> tuple[int, float, str]:
    """Return how good an answer is (complete, else not wrong, else wrong), and that in words."""
    if complete:
        return 2, 1.0, "complete"
    share = facts or 0.0
    if wrong:
        return 0, share, "wrong"
    if outcome == "not_found":
        return 1, 0.0, "not answered"
    return 1, share, f"{share:.0%} of the facts" if facts is not None else "answered, unfounded"
