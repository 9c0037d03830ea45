"""What a pull tells while it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Step = Literal["waiting", "connecting", "downloading", "checking", "joining", "converting"]


@dataclass(frozen=True)
class PullProgress:
    """How far one file of a model is: `done` of `total` bytes, total None while unknown."""

    model_id: str
    source: str
    step: Step
    file: str
    done: int
    total: int | None


Report = Callable[[PullProgress], None]


@dataclass(frozen=True)
class Teller:
    """Reports on one model from one source, so that only the rest need be said each time."""

    model_id: str
    source: str
    report: Report

    def __call__(self, step: Step, file: str, done: int = 0, total: int | None = None) -> None:
        """Report that `done` of `total` bytes of the file have gone through the step."""
        self.report(PullProgress(self.model_id, self.source, step, file, done, total))
