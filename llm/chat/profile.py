"""What a chat model can do, as a probe measured it; kept, so that it is measured once."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from llm.chat.probe_tasks import tasks_digest

_LARGEST = 1 << 16  # bytes of a kept profile; it has about 500
# Area under the curve of odds, in each language, from which they tell passages that hold the answer
# from those that do not. Of 24 questions, odds that say nothing reach it in one of 400 models.
_TELLS = 0.7
_OFTEN = 0.75  # share of replies that have to be right for the rest

_PENALTY = 0.1  # on the squared slope; each question counts for at most a quarter

Share = Annotated[float, Field(ge=0, le=1)]


Told = tuple[float, bool]  # a signal, and whether there is an answer


class Calibration(BaseModel):
    """How a signal of a model, as log-odds, becomes log-odds that can be compared and added.

    These are `offset + slope * signal`. `area` is the area under the curve: how often an answerable
    question had the higher signal of two.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    slope: float = Field(ge=0, le=20)
    offset: float = Field(ge=-100, le=100)
    area: Share

    @property
    def tells(self) -> bool:
        """Whether the signal tells passages that hold an answer from others."""
        return self.area >= _TELLS

    def log_odds(self, signal: float) -> float:
        """Return the log-odds that the passages hold the answer."""
        return self.offset + self.slope * signal


class Profile(BaseModel):
    """What was measured of a model; one of which nothing is known can do nothing.

    `calibrations` is by language of the prompt ("zh", "en") and by signal ("enough", "told"),
    `answered` the share of questions that it answered right by the number of passages shown,
    `cited` the share of answers with the number of the right passage alone, `reworded` the share of
    questions that it translated well. None is what was not measured.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    calibrations: dict[str, dict[str, Calibration]] = Field(default_factory=dict)
    answered: dict[int, Share] = Field(default_factory=dict)
    cited: Share | None = None
    reworded: Share | None = None

    @property
    def judges(self) -> bool:
        """Whether its odds tell passages that hold an answer from others, in every language."""
        return bool(self.calibrations) and all(
            any(signal.tells for signal in signals.values())
            for signals in self.calibrations.values()
        )

    @property
    def cites(self) -> bool:
        """Whether the numbers of passages that it writes behind its sentences are right."""
        return self.cited is not None and self.cited >= _OFTEN

    @property
    def passages(self) -> int:
        """How many passages it reads at once without losing the right one: 2, 4 or 8."""
        most = 2
        for count in sorted(self.answered):
            if self.answered[count] < _OFTEN:
                break
            most = count
        return most

    @property
    def rewords(self) -> bool:
        """Whether it translates and splits questions soundly."""
        return self.reworded is not None and self.reworded >= _OFTEN


class _Kept(BaseModel):
    """A profile in its file, with the questions that it was measured with."""

    model_config = ConfigDict(extra="forbid", strict=True)

    asked: str
    profile: Profile


def shipped_profile(made_of: Sequence[str]) -> Profile | None:
    """Return the profile of a model that we measured; `made_of` is the SHA-256 of its only file.

    They are in shipped_profiles.json, which `python bench/profiles.py` writes.
    """
    path = resources.files("llm") / "chat" / "shipped_profiles.json"
    shipped = json.loads(path.read_text("utf-8"))
    found = shipped.get(made_of[0]) if len(made_of) == 1 else None
    return None if found is None else _Kept.model_validate_json(json.dumps(found)).profile


def profile_key(*parts: str) -> str:
    """Return what a profile is kept under: 32 hex digits of all that makes up a model."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def kept_profile(folder: Path, key: str, measure: Callable[[], Profile]) -> Profile:
    """Return the profile of that key from its file in `folder`, or else measure and keep it.

    A file that is damaged, out of bounds, or of other questions than are asked today is measured
    again. A folder that cannot be written keeps nothing.
    """
    path = folder / f"{key}.json"
    with contextlib.suppress(OSError, ValidationError):
        with path.open("rb") as stream:
            kept = _Kept.model_validate_json(stream.read(_LARGEST))
        if kept.asked == tasks_digest():
            return kept.profile
    profile = measure()
    temporary = path.with_name(f"{key}.{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        temporary.write_text(
            _Kept(asked=tasks_digest(), profile=profile).model_dump_json(indent=1), "utf-8"
        )
        temporary.replace(path)
    return profile


def calibrate(told: Sequence[Told]) -> Calibration:
    """Return the calibration of a signal, each value with whether the question was answerable.

    The method is Platt's (Probabilistic outputs for support vector machines, 1999) with his
    smoothed targets, so that a signal without a fault gets no endless slope, and with a small
    penalty on the slope, as the questions are few. Each signal is fitted alone: so few questions
    do not tell how much each of two is worth. One that says the opposite has no slope. Needs both
    kinds.
    """
    values = np.array([value for value, _ in told])
    answerable = np.array([yes for _, yes in told])
    spread = float(values.std()) or 1.0
    middle = float(values.mean())
    yes, no = values[answerable], values[~answerable]
    higher = (yes[:, None] > no).mean() + (yes[:, None] == no).mean() / 2
    target = np.where(answerable, (len(yes) + 1) / (len(yes) + 2), 1 / (len(no) + 2))
    inputs = (values - middle) / spread if higher > 0.5 else np.zeros(len(values))
    weight, constant = _logistic(inputs, target)
    slope = min(max(weight, 0.0) / spread, 20.0)
    offset = constant - slope * middle
    return Calibration(
        slope=round(slope, 4),
        offset=round(max(-100.0, min(offset, 100.0)), 4),
        area=round(float(higher), 4),
    )


def _logistic(
    inputs: npt.NDArray[np.float64], target: npt.NDArray[np.float64]
) -> tuple[float, float]:
    """Return the weight and the constant of a logistic regression, by Newton's method."""
    columns = np.column_stack([inputs, np.ones(len(inputs))])
    penalty = np.diag([_PENALTY, 1e-6])
    weights = np.zeros(2)
    for _ in range(50):  # ten are enough
        likely = 0.5 + 0.5 * np.tanh(columns @ weights / 2)
        slope = columns.T @ (likely - target) + penalty @ weights
        bend = (columns.T * (likely * (1 - likely))) @ columns + penalty
        step = np.linalg.solve(bend, slope)
        weights -= step * min(1.0, 2 / max(float(np.abs(step).max()), 1e-9))
    return float(weights[0]), float(weights[1])
