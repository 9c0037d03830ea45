"""Is the answer there? How sure the model is that some passages hold it."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace

from langchain_core.messages import BaseMessage

from llm.prompts import (
    ENOUGH_WORDS,
    REFUSAL_BEGINS,
    YES_NO,
    check_messages,
    enough_messages,
    messages,
)

# The prompt, the words for yes and for no, and what cancels: the log-odds of yes.
Odds = Callable[[Sequence[BaseMessage], Sequence[str], Sequence[str], threading.Event], float]
# The prompt, a reply and what cancels: the mean log-probability of the reply's tokens.
Likelihood = Callable[[Sequence[BaseMessage], str, threading.Event], float]


@dataclass(frozen=True)
class Judge:
    """What a chat model can be asked beside an answer; without logits it has no likelihood."""

    odds: Odds
    likelihood: Likelihood | None = None


@dataclass(frozen=True)
class Signals:
    """What speaks for the answer being there; all come from passages already in the cache.

    `stated`: the log-odds of yes to "do the passages state the answer?", `enough`: to "can it be
    answered from them alone?", `refusing`: the mean log-probability of a refusal's beginning
    where the model may refuse, `writing`: that of the answer it wrote where it may not.
    """

    stated: float
    enough: float
    refusing: float = 0.0
    writing: float = 0.0


@dataclass(frozen=True)
class Weights:
    """A logistic regression on the signals, fitted by `bench/fit_presence.py`."""

    stated: float
    enough: float
    refusing: float
    writing: float
    bias: float


# Small models say yes in one language more readily than in the other.
AFTER = {
    "zh": Weights(0.5, 0.7, -1.0, 4.0, -1.0),
    "en": Weights(0.5, 0.7, -1.0, 4.0, -1.0),
}
# Before an answer is written.
BEFORE = {
    "zh": Weights(0.5, 0.7, -1.0, 0.0, -3.0),
    "en": Weights(0.5, 0.7, -1.0, 0.0, 0.0),
}
# Of a model that tells no likelihoods, such as one behind a server.
ODDS_ALONE = {
    "zh": Weights(0.6, 0.9, 0.0, 0.0, -3.0),
    "en": Weights(0.6, 0.9, 0.0, 0.0, 0.0),
}

LEAST = 0.5
_HOPELESS = 0.2  # share of the least certainty below which no word can change it
_CLEAR = 0.2  # share of the rest within which an answer is shown while it is written


def certainty(signals: Signals, weights: Weights) -> float:
    """Return how sure it is that the answer is there, 0 to 1."""
    *each, bias = astuple(weights)
    total = bias + sum(w * s for w, s in zip(each, astuple(signals), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


class Doubt:
    """Whether the passages hold the answer, asked before and, where that is not clear, after it.

    `hopeless`: so unlikely that nothing need be written. `open`: to be settled by what is written,
    which nobody should see before. `certainty` is the last word, 0 to 1.
    """

    def __init__(
        self,
        judge: Judge,
        question: str,
        blocks: Sequence[str],
        lang: str,
        least: float,
        cancel: threading.Event,
    ) -> None:
        """Ask the model; `blocks` are the passages as its prompt has them."""
        self._judge, self._lang, self._least, self._cancel = judge, lang, least, cancel
        self._signals = asked(question, blocks, lang, judge, cancel)
        weights = ODDS_ALONE if judge.likelihood is None else BEFORE
        self.certainty = certainty(self._signals, weights[lang])
        if judge.likelihood is None:
            self.hopeless, self.open = self.certainty < least, False
        else:
            self.hopeless = self.certainty < least * _HOPELESS
            self.open = not self.hopeless and self.certainty < 1 - (1 - least) * _CLEAR

    def settle(self, prompt: Sequence[BaseMessage], written: str) -> bool:
        """Tell whether an answer should not be given, from how sure the model was of its words."""
        if self._judge.likelihood is not None and self.open:
            writing = self._judge.likelihood(prompt, written, self._cancel)
            self.certainty = certainty(replace(self._signals, writing=writing), AFTER[self._lang])
        return self.certainty < self._least


def asked(
    question: str, blocks: Sequence[str], lang: str, judge: Judge, cancel: threading.Event
) -> Signals:
    """Return what can be told before an answer is written."""
    stated = judge.odds(check_messages(question, blocks, lang), *YES_NO[lang], cancel)
    enough = judge.odds(enough_messages(question, blocks, lang), *ENOUGH_WORDS[lang], cancel)
    refusing = 0.0
    if judge.likelihood is not None:
        refusing = judge.likelihood(messages(question, blocks, lang), REFUSAL_BEGINS[lang], cancel)
    return Signals(stated, enough, refusing)
