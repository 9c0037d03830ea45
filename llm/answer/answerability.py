"""How sure it is that passages hold the answer, and which of them do."""

from __future__ import annotations

import math
from dataclasses import dataclass

from llm.answer.drafts import Draft


@dataclass(frozen=True)
class Signals:
    """What speaks for the answer being there, as log-odds.

    `stated`: that a passage states the answer, asked of each alone, the best of them; `enough`:
    that the question can be answered from those chosen together; `told`: that the answer in a few
    words, asked of each alone, is not "none", the best of those chosen; None where not asked.
    `absent` is no odds but the share of the question's names that none of those chosen has: a
    model that is shown what another company did says that it is the answer.
    """

    stated: float
    enough: float
    told: float | None = None
    absent: float = 0.0


@dataclass(frozen=True)
class AnswerabilityWeights:
    """A logistic regression on the signals, fitted by `bench/fit_presence.py`."""

    stated: float
    enough: float
    told: float
    absent: float
    bias: float


# Small models say yes in one language more readily than in the other. By language, and whether
# the answer in a few words was asked for. Set by hand: `absent` in Chinese, where four questions
# had such names, those of what is told in one piece, which are an earlier fit's, and the biases:
# by what they refuse of other questions than those of the fit (docs/measured/answers.md).
WEIGHTS = {
    ("zh", True): AnswerabilityWeights(
        stated=0.73, enough=-0.07, told=0.68, absent=-1.0, bias=-0.87
    ),
    ("en", True): AnswerabilityWeights(
        stated=-0.01, enough=0.96, told=0.34, absent=-1.83, bias=-0.89
    ),
    ("zh", False): AnswerabilityWeights(
        stated=0.41, enough=1.58, told=0.0, absent=-1.0, bias=-3.73
    ),
    ("en", False): AnswerabilityWeights(
        stated=0.95, enough=1.96, told=0.0, absent=-1.83, bias=-3.46
    ),
}


@dataclass(frozen=True)
class Likeliest:
    """The passage an answer is likeliest to come from, by its number from 0.

    `asked` is the question as the passage was asked it, in its language where that was to be had;
    `said` what it answers by itself: "" for a list, or if it was not asked for that, or answers
    nothing that stands there.
    """

    n: int
    asked: str
    said: str = ""


@dataclass(frozen=True)
class Answerability:
    """The numbers of the passages to answer from, best first from 0, and the signals of them.

    `lang` is the language they were asked for in, `likeliest` the best of them. `others` are what
    passages that were not chosen answer instead, the likeliest first; of a question for all of
    something, what each answers.
    """

    chosen: tuple[int, ...]
    signals: Signals
    lang: str
    others: tuple[Draft, ...] = ()
    likeliest: Likeliest | None = None

    @property
    def certainty(self) -> float:
        """How sure it is that the passages hold the answer, 0 to 1."""
        signals = self.signals
        weights = WEIGHTS[self.lang, signals.told is not None]
        total = weights.bias + weights.stated * signals.stated + weights.enough * signals.enough
        total += weights.told * (signals.told or 0.0) + weights.absent * signals.absent
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
