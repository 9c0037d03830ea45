"""The first step of an answer: are the passages such that they hold it?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from llm.answer.answer_model import Odds
from llm.answer.question import Question
from llm.answer.unknown_names import unknown_names
from llm.chat import Calibration
from llm.prompts import ENOUGH_WORDS, NONE_WORDS, enough_messages, told_messages
from llm.question import Kind

# Log-odds taken for names of the question that no passage has. Few questions have such names, so
# that no probe can measure it; set by hand.
_UNKNOWN = 1.0
# Log-odds added where no fact was asked for: passages that speak of a matter hold something of its
# reasons, steps or cases. Set by hand: of 54 ordinary questions of these kinds that had an answer,
# 13 would be told as not sure without it, and 3 with it.
_OPEN = 1.0
# Of a model that was not measured the odds count as they are, at half their size.
_UNMEASURED = Calibration(slope=0.5, offset=0.0, area=1.0)


@dataclass(frozen=True)
class Reading:
    """How sure it is that the passages hold the answer, 0 to 1, before a word is written.

    `unknown` are the question's names that no passage has: a model that is shown what another
    company did says that it is the answer.
    """

    certainty: float
    unknown: tuple[str, ...] = ()


def can_be_read(question: Question) -> bool:
    """Tell whether the odds say anything about a question.

    They do not where it wants a yes or no: the model takes it for what it is to answer itself. Of
    ten such questions that had an answer both odds said of nine that there was none.
    """
    return question.form != Kind.YES_NO


def read(
    question: Question,
    blocks: Sequence[str],
    odds: Odds,
    calibrations: Mapping[str, Calibration] | None = None,
) -> Reading:
    """Ask the model that reads the passages about all of them, once, and return how sure it is.

    It is asked whether they are enough; and for a question that a few words answer, what they are,
    which may be "none". The certainty is the mean of what the model's `calibrations`, by "enough"
    and "told", make of both as log-odds; a signal that says nothing of this model is not asked for.
    """
    text, lang, cancel = question.in_prompt, question.lang, question.cancel
    asked = {
        "enough": lambda: odds(enough_messages(text, blocks, lang), *ENOUGH_WORDS[lang], cancel)
    }
    is_fact = question.form == Kind.FACT
    if is_fact:
        none = NONE_WORDS[lang], ()
        asked["told"] = lambda: -odds(told_messages(text, blocks, lang), *none, cancel)
    known = {name: (calibrations or {}).get(name, _UNMEASURED) for name in asked}
    useful = [name for name, calibration in known.items() if calibration.slope] or ["enough"]
    signals = [known[name].log_odds(asked[name]()) for name in useful]
    unknown = unknown_names(question.text, blocks, question.called)
    total = sum(signals) / len(signals) + _OPEN * (not is_fact) - _UNKNOWN * bool(unknown)
    return Reading(0.5 + 0.5 * math.tanh(total / 2), unknown)
