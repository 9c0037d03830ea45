"""The first step of an answer: are the passages such that they hold it?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from llm.answer.answer_model import Odds
from llm.answer.question import Question
from llm.answer.unknown_names import unknown_names
from llm.chat import Calibration
from llm.prompts import ENOUGH_WORDS, NONE_WORDS, enough_messages, told_messages
from llm.question import Kind


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


# Log-odds taken for names of the question that no passage has. Few questions have such names, so
# that no probe can measure it; set by hand.
_UNKNOWN = 1.0
# Of a model that was not measured both odds count the same.
_UNMEASURED = Calibration(weights={"enough": 0.5, "told": 0.5}, offset=0.0, area=1.0)


def can_be_read(question: Question) -> bool:
    """Tell whether the odds say anything about a question.

    They do not where it wants a yes or no: the model takes it for what it is to answer itself. Of
    ten such questions that had an answer both odds said of nine that there was none.
    """
    return question.form != Kind.YES_NO


def read(question: Question, blocks: Sequence[str], odds: Odds) -> Signals:
    """Ask the model that reads the passages, once, two things about all of them."""
    text, lang, cancel = question.in_prompt, question.lang, question.cancel
    enough = odds(enough_messages(text, blocks, lang), *ENOUGH_WORDS[lang], cancel)
    told = -odds(told_messages(text, blocks, lang), NONE_WORDS[lang], (), cancel)
    return Signals(enough, told, unknown_names(question.text, blocks))


def certainty(signals: Signals, calibration: Calibration | None) -> float:
    """Return how sure it is that the passages hold the answer, 0 to 1.

    `calibration` is that of the model in the language of the question, None if it was not measured.
    """
    odds = {"enough": signals.enough, "told": signals.told}
    total = (calibration or _UNMEASURED).log_odds(odds) - _UNKNOWN * bool(signals.unknown)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
