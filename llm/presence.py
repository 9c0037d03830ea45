"""Is the answer there? Which passages hold it, and how sure that is."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from langchain_core.messages import BaseMessage

from llm.drafts import Brief, Draft, groups, stands
from llm.listing import asks_for_all
from llm.names import absent
from llm.prompts import (
    ENOUGH_WORDS,
    NONE_WORDS,
    YES_NO,
    brief_messages,
    check_messages,
    enough_messages,
)

# The prompt, the words for yes and for no, and what cancels: the log-odds of yes.
Odds = Callable[[Sequence[BaseMessage], Sequence[str], Sequence[str], threading.Event], float]

Wording = tuple[str, str]  # a question, and its language: "zh" or "en"

# Passages that the answer is written from: the two best, and others that are nearly as good. One
# alone is not enough for questions about two things; the rest only lead a small model astray.
_AT_LEAST, _AT_MOST = 2, 4
_NEARLY = 1.0  # log-odds
# How much a passage's own answer counts beside its yes: of ten passages that were right among
# others, eight had the highest odds of a yes, and all the highest sum.
_TOLD = 0.5
_DRAFTED = 1.5  # log-odds below the best within which a passage's own answer counts


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
class Weights:
    """A logistic regression on the signals, fitted by `bench/fit_presence.py`."""

    stated: float
    enough: float
    told: float
    absent: float
    bias: float


# Small models say yes in one language more readily than in the other. By language, and whether
# the answer in a few words was asked for. Set by hand: `absent` in Chinese, where four questions
# had such names, and those of what is told in one piece, which are an earlier fit's.
WEIGHTS = {
    ("zh", True): Weights(stated=0.73, enough=-0.07, told=0.68, absent=-1.0, bias=-0.75),
    ("en", True): Weights(stated=-0.01, enough=0.96, told=0.34, absent=-1.83, bias=-0.52),
    ("zh", False): Weights(stated=0.41, enough=1.58, told=0.0, absent=-1.0, bias=-3.73),
    ("en", False): Weights(stated=0.95, enough=1.96, told=0.0, absent=-1.83, bias=-2.84),
}


@dataclass(frozen=True)
class Presence:
    """The numbers of the passages to answer from, best first from 0, and the signals of them.

    `lang` is the language they were asked for in. `others` are what passages that were not chosen
    answer instead, the likeliest first; of a question for all of something, what each answers.
    """

    chosen: tuple[int, ...]
    signals: Signals
    lang: str
    others: tuple[Draft, ...] = ()

    @property
    def certainty(self) -> float:
        """How sure it is that the passages hold the answer, 0 to 1."""
        signals = self.signals
        weights = WEIGHTS[self.lang, signals.told is not None]
        total = weights.bias + weights.stated * signals.stated + weights.enough * signals.enough
        total += weights.told * (signals.told or 0.0) + weights.absent * signals.absent
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def look(
    wordings: Sequence[Wording],
    blocks: Sequence[str],
    odds: Odds,
    cancel: threading.Event,
    brief: Brief | None = None,
) -> Presence:
    """Ask a model of each passage alone whether it states the answer, then of the best together.

    `blocks` are the passages as the prompt has them, at least one, and `wordings` the question for
    each: in the passage's own language a small model judges better. One that is shown all at once
    overlooks the right one among others (docs/answers.md). With `brief` each also answers by
    itself: where they differ, those of the likelier answer are chosen, isolated first and then
    joined (after Xiang et al., "Certifiably Robust RAG against Retrieval Corruption", 2024).
    """
    stated = [0.0] * len(blocks)
    told = [0.0] * len(blocks)
    said = [""] * len(blocks)
    # The first is the likeliest and asked last: its beginning is then in the model's cache.
    for n in reversed(range(len(blocks))):
        question, lang = wordings[n]
        stated[n] = odds(check_messages(question, [blocks[n]], lang), *YES_NO[lang], cancel)
        if brief:
            asked = brief_messages(question, [blocks[n]], lang)
            told[n] = -odds(asked, NONE_WORDS[lang], (), cancel)
            if told[n] > 0 and len(blocks) > 1 and stated[n] >= max(stated[n:]) - _DRAFTED:
                said[n] = brief(asked, cancel)
    likely = max(stated) - _DRAFTED
    drafts = [
        Draft(n, text, stated[n])
        for n, text in enumerate(said)
        if stated[n] >= likely and stands(text, blocks[n])
    ]
    others = [draft for group in groups(drafts, wordings[0][0])[1:] for draft in group]
    contrary = {draft.n for draft in others}
    if asks_for_all(wordings[0][0]):  # others then name more of the same
        others, contrary = sorted(drafts, key=lambda draft: -draft.odds), set()
    sure = [one + other * _TOLD for one, other in zip(stated, told, strict=True)]
    ranked = sorted((n for n in range(len(blocks)) if n not in contrary), key=lambda n: -sure[n])
    near = [n for n in ranked[_AT_LEAST:_AT_MOST] if sure[n] >= sure[ranked[0]] - _NEARLY]
    chosen = (*ranked[:_AT_LEAST], *near)
    question, lang = wordings[chosen[0]]
    read = [blocks[n] for n in chosen]
    signals = Signals(
        stated=max(stated),
        enough=odds(enough_messages(question, read, lang), *ENOUGH_WORDS[lang], cancel),
        told=max(told[n] for n in chosen) if brief else None,
        absent=absent(question, read),
    )
    return Presence(chosen, signals, lang, tuple(others))
