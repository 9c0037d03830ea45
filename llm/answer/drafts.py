"""The answer according to each passage alone, and whether two of them say the same."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import BaseMessage

from ingest.text import features, in_digits, letters, missing, numbers, script
from llm.chat import complete
from llm.prompts import NONE

# The prompt, and what cancels: a few words.
Brief = Callable[[Sequence[BaseMessage], threading.Event], str]

_TOKENS = 24  # a figure, a date, a name
_CLOSE = Decimal("0.01")  # share: "1.41 billion" and "1,411,750,000" are one figure
_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Draft:
    """What a passage alone answers, with its number from 0 and the log-odds that it does."""

    n: int
    text: str
    odds: float


def brief_of(model: BaseChatModel) -> Brief:
    """Return what has a model write a few words."""

    def brief(messages: Sequence[BaseMessage], cancel: threading.Event) -> str:
        return complete(model, messages, _TOKENS, cancel)

    return brief


def is_stated_in(draft: str, passage: str) -> bool:
    """Tell whether a passage says what was drafted from it: its figures, and half of its words."""
    words = features(draft)
    if not words or letters(draft) in NONE:
        return False
    return not missing(draft, passage) and len(words & features(passage)) * 2 >= len(words)


def disagree(one: str, other: str, question: str) -> bool:
    """Tell whether two drafts cannot both be right.

    Two figures or dates differ when each has a number that the other lacks; two names when they
    have no word in common, what the question says left out. A figure and a name are not compared.
    """
    if all(map(_WORD.search, (one, other))) and script(one) != script(other):
        return False
    one, other = in_digits(one), in_digits(other)
    if numbers(one) or numbers(other):
        return _lacks(one, other, question) and _lacks(other, one, question)
    asked = features(question)
    words = features(one) - asked, features(other) - asked
    plain = [letters(text) for text in (one, other)]
    if plain[0] in plain[1] or plain[1] in plain[0]:
        return False
    return all(words) and not words[0] & words[1]


def group_agreeing(drafts: Sequence[Draft], question: str) -> list[list[Draft]]:
    """Return the drafts that say the same together; the group with the highest odds in sum first.

    Within a group the highest odds come first.
    """
    found: list[list[Draft]] = []
    for draft in sorted(drafts, key=lambda d: -d.odds):
        for group in found:
            if not disagree(draft.text, group[0].text, question):
                group.append(draft)
                break
        else:
            found.append([draft])
    return sorted(found, key=lambda group: -sum(max(draft.odds, 0.0) for draft in group))


def _lacks(one: str, other: str, question: str) -> bool:
    """Tell whether `one` has a number that `other` has not, not even nearly."""
    lacking = set(missing(one, other, question))
    given = [w for number in numbers(other) for w in number.values if w > 9999]
    return any(
        number.text in lacking
        and not any(abs(v - w) <= abs(w) * _CLOSE for v in number.values for w in given)
        for number in numbers(one)
    )
