"""The first step of an answer: are the passages such that they hold it?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from llm.answer.answer_model import Odds
from llm.answer.question import Question
from llm.answer.unknown_names import unknown_names
from llm.prompts import ENOUGH_WORDS, NONE_WORDS, enough_messages, told_messages


@dataclass(frozen=True)
class Signals:
    """What speaks for the answer being there, as log-odds of the model that read all passages.

    `enough`: that the question can be answered from them; `told`: that the answer in a few words
    is not "none". `unknown` are the question's names that no passage has: a model that is shown
    what another company did says that it is the answer.
    """

    enough: float
    told: float
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Weights:
    """A logistic regression on the signals, by the language of the question."""

    enough: float
    told: float
    unknown: float
    bias: float


WEIGHTS = {
    "zh": Weights(enough=0.5, told=0.5, unknown=-1.0, bias=0.0),
    "en": Weights(enough=0.5, told=0.5, unknown=-1.5, bias=0.0),
}


def read(question: Question, blocks: Sequence[str], odds: Odds) -> Signals:
    """Ask the model that reads the passages, once, two things about all of them."""
    text, lang, cancel = question.in_prompt, question.lang, question.cancel
    enough = odds(enough_messages(text, blocks, lang), *ENOUGH_WORDS[lang], cancel)
    told = -odds(told_messages(text, blocks, lang), NONE_WORDS[lang], (), cancel)
    return Signals(enough, told, unknown_names(question.text, blocks))


def certainty(signals: Signals, lang: str) -> float:
    """Return how sure it is that the passages hold the answer, 0 to 1."""
    weights = WEIGHTS[lang]
    total = weights.bias + weights.enough * signals.enough + weights.told * signals.told
    total += weights.unknown * bool(signals.unknown)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
