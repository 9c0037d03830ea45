"""Is the answer there? What a model says of each passage alone, and of the best together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from langchain_core.messages import BaseMessage

from ingest.text import is_fuller_date
from llm.answer.answerability import Answerability, Likeliest, Signals
from llm.answer.drafts import Brief, Draft, group_agreeing, is_stated_in
from llm.answer.months import told_of_another_month
from llm.answer.unknown_names import unknown_share
from llm.prompts import (
    ENOUGH_WORDS,
    NONE_WORDS,
    YES_NO,
    brief_messages,
    check_messages,
    enough_messages,
)
from llm.question import asks_for_all

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


class Judge:
    """Asks of each passage alone whether it states the answer, then of the best together.

    One that is shown all at once overlooks the right one among others (docs/measured/answers.md).
    With `brief` each also answers by itself: where they differ, those of the likelier answer are
    chosen, isolated first and then joined (after Xiang et al., "Certifiably Robust RAG against
    Retrieval Corruption", 2024).
    """

    def __init__(
        self,
        wordings: Mapping[int, Wording],
        blocks: Mapping[int, str],
        odds: Odds,
        cancel: threading.Event,
        brief: Brief | None = None,
    ) -> None:
        """`blocks` are the passages as the prompt has them, by number from 0, at least one.

        `wordings` are the question for each: in the passage's own language a small model judges
        better.
        """
        self._wordings = wordings
        self._blocks = blocks
        self._odds = odds
        self._cancel = cancel
        self._brief = brief
        self._stated_odds: dict[int, float] = {}
        self._brief_odds: dict[int, float] = {}
        self._brief_answers: dict[int, str] = {}

    def read(self, n: int) -> None:
        """Ask of the passage with this number, if it is one for this question."""
        if n not in self._blocks:
            return
        question, lang = self._wordings[n]
        block = [self._blocks[n]]
        checked = check_messages(question, block, lang)
        self._stated_odds[n] = self._odds(checked, *YES_NO[lang], self._cancel)
        self._brief_odds[n] = 0.0
        if self._brief:
            asked = brief_messages(question, block, lang)
            self._brief_odds[n] = -self._odds(asked, NONE_WORDS[lang], (), self._cancel)
            may_count = self._stated_odds[n] >= max(self._stated_odds.values()) - _DRAFTED
            if self._brief_odds[n] > 0 and may_count:
                self._brief_answers[n] = self._brief(asked, self._cancel)

    def answerability(self) -> Answerability:
        """Choose among the passages, all of which were read, and ask of those chosen together."""
        drafts, asked = self._drafts(), self._wordings[min(self._blocks)][0]
        apart = self._of_other_months(drafts)
        drafts = [draft for draft in drafts if draft.n not in apart]
        if listing := asks_for_all(asked):  # others then name more of the same
            others, contrary = sorted(drafts, key=lambda draft: -draft.odds), set[int]()
        else:
            others = [draft for group in group_agreeing(drafts, asked)[1:] for draft in group]
            contrary = {draft.n for draft in others}
        # Where nothing else is left, the model that reads them all is to judge.
        beside = contrary if self._blocks.keys() <= contrary | apart else contrary | apart
        chosen = self._best(self._blocks.keys() - beside)
        question, lang = self._wordings[chosen[0]]
        read = [self._blocks[n] for n in chosen]
        together = enough_messages(question, read, lang)
        signals = Signals(
            stated=max(self._stated_odds.values()),
            enough=self._odds(together, *ENOUGH_WORDS[lang], self._cancel),
            told=max(self._brief_odds[n] for n in chosen) if self._brief else None,
            absent=unknown_share(question, read),
        )
        said = {} if listing else {draft.n: draft.text for draft in drafts if draft.n in chosen}
        return Answerability(chosen, signals, lang, tuple(others), self._likeliest(chosen[0], said))

    def _best(self, numbers: AbstractSet[int]) -> tuple[int, ...]:
        """Return the passages to answer from among these, the likeliest first."""
        sure = {n: self._stated_odds[n] + self._brief_odds[n] * _TOLD for n in sorted(numbers)}
        ranked = sorted(sure, key=lambda n: -sure[n])
        near = [n for n in ranked[_AT_LEAST:_AT_MOST] if sure[n] >= sure[ranked[0]] - _NEARLY]
        return *ranked[:_AT_LEAST], *near

    def _likeliest(self, best: int, said: Mapping[int, str]) -> Likeliest:
        """Return the best passage with what it answers, or one with more of the same date."""
        at, told = best, said.get(best, "")
        for n, text in said.items():
            if is_fuller_date(told, text):
                at, told = n, text
        return Likeliest(at, self._wordings[at][0], told)

    def _of_other_months(self, drafts: Sequence[Draft]) -> set[int]:
        """Return the passages that answer what was so in another month than the question's."""
        return {
            draft.n
            for draft in drafts
            if told_of_another_month(draft.text, self._blocks[draft.n], self._wordings[draft.n][0])
        }

    def _drafts(self) -> list[Draft]:
        """Return what passages answer by themselves, of those that may well state the answer."""
        likely = max(self._stated_odds.values()) - _DRAFTED
        return [
            Draft(n, text, self._stated_odds[n])
            for n, text in sorted(self._brief_answers.items())
            if self._stated_odds[n] >= likely and is_stated_in(text, self._blocks[n])
        ]
