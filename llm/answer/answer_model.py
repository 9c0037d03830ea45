"""The chat model that answers, whether its odds say anything, and how sure it must be."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import BaseMessage

from llm.chat import Calibration

# The prompt, the words for yes and for no, and what cancels: the log-odds of yes.
Odds = Callable[[Sequence[BaseMessage], Sequence[str], Sequence[str], threading.Event], float]

# Log-odds between the two borders: what is less sure than the upper one is told as not sure, what
# is less sure than the lower one is not told.
BETWEEN = 1.25


@dataclass(frozen=True)
class AnswerModel:
    """The model that questions are answered with, and how.

    `context` and `answer_tokens` are in tokens. With `odds` it is asked first whether the passages
    hold the answer, and its `calibrations`, by language and signal, make a certainty of that. An
    answer is told as sure only if it is at least so certain (`least_certainty`, 0 to 1) that they
    do. Statements that the passages do not bear out are left out, or marked when it need not be
    `strict`.
    """

    chat: BaseChatModel
    context: int
    answer_tokens: int
    odds: Odds | None = None
    calibrations: Mapping[str, Mapping[str, Calibration]] = field(default_factory=dict)
    least_certainty: float = 0.0
    strict: bool = True

    @property
    def reserve(self) -> int:
        """The tokens of the context that are kept for the answer."""
        return min(self.answer_tokens, self.context // 4)

    @property
    def least_found(self) -> float:
        """The certainty, 0 to 1, below which there is no answer."""
        return moved(self.least_certainty, -BETWEEN)


def moved(certainty: float, log_odds: float) -> float:
    """Return a certainty, 0 to 1, that is surer by so much; 0 and 1 stay what they are."""
    # By the odds themselves, as 0 and 1 have no log-odds.
    yes, no = certainty * math.exp(log_odds), 1.0 - certainty
    return yes / (yes + no)
