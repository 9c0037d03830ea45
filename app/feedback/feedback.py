"""The feedback of a library: verdicts on answers, test questions made of them, and their runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.conversations import Conversations, Exchange, KeptExchange
from ingest.text import collapsed, folded
from llm.answer import Answer
from retrieval.conversations import filter_to_json
from retrieval.feedback import (
    LONGEST_BETTER,
    LONGEST_NOTE,
    RunStore,
    StoredVerdict,
    TestQuestion,
    TestQuestionStore,
    TestSource,
    VerdictStore,
)
from retrieval.ledger import Ledger

Known = tuple[str, str | None]  # what is asked, and of whom


@dataclass(frozen=True)
class JudgedAnswer:
    """An answer and what somebody thinks of it; `given_at` is UTC, ISO 8601.

    `asked` is the question as it stands alone, whatever was said before it.
    """

    exchange: KeptExchange
    verdict: StoredVerdict
    given_at: str
    asked: str


class Feedback:
    """What people think of answers; `runs` are those of the test questions."""

    def __init__(self, ledger: Ledger, conversations: Callable[[], Conversations]) -> None:
        self.runs = RunStore(ledger)
        self._verdicts = VerdictStore(ledger)
        self._questions = TestQuestionStore(ledger)
        self._conversations = conversations

    # -- verdicts

    def verdict(self, exchange: int | None) -> StoredVerdict | None:
        """Return the verdict on an answer, None if there is none."""
        return None if exchange is None else self._verdicts.get(exchange)

    def rate(
        self,
        exchange: int,
        verdict: Literal["good", "bad", ""],
        reason: str = "",
        note: str = "",
        better: str = "",
    ) -> None:
        """Keep a verdict in place of the one before; "" takes it back. Long texts are cut off.

        A `better` answer is what the test question of this answer expects from then on, unless
        somebody wrote another there.
        """
        if not verdict:
            self._verdicts.remove(exchange)
            return
        note, better = note.strip()[:LONGEST_NOTE], better.strip()[:LONGEST_BETTER]
        before = self._verdicts.get(exchange)
        self._verdicts.put(exchange, StoredVerdict(verdict, reason, note, better))
        if better:
            self._expect(exchange, better, ("", before.better if before else ""))

    def judged(self) -> list[JudgedAnswer]:
        """Return the answers that have a verdict, oldest first."""
        found = self._verdicts.all()
        kept: dict[int, tuple[KeptExchange, bool]] = {}
        for conversation in dict.fromkeys(j.conversation for j in found):
            for n, one in enumerate(self._conversations().read(conversation)):
                kept[one.exchange] = one, n == 0
        return [
            JudgedAnswer(one, j.verdict, j.given_at, _alone(one, is_first=is_first))
            for j in found
            if j.exchange in kept
            for one, is_first in [kept[j.exchange]]
            if one.look().result is not None
        ]

    # -- test questions

    def questions(self) -> list[TestQuestion]:
        """Return the test questions, oldest first."""
        return self._questions.all()

    def put(self, *questions: TestQuestion) -> list[TestQuestion]:
        """Keep test questions, in place of those of their ids.

        Raises LibraryError, and keeps none, when one cannot be kept.
        """
        return self._questions.put(questions)

    def remove(self, question: str) -> None:
        """Delete the test question of an id, with its answers in the runs."""
        self._questions.remove(question)

    def known(self) -> frozenset[Known]:
        """Return what `is_kept` needs to know of the test questions."""
        return frozenset(map(_known, self.questions()))

    @staticmethod
    def is_kept(exchange: Exchange, known: frozenset[Known]) -> bool:
        """Tell whether the question of an exchange is a test question."""
        result = exchange.look().result
        asked = [exchange.question, *(result.searched[:1] if result else ())]
        return any((_plain(one), exchange.assistant) in known for one in asked)

    def keep(self, exchange: Exchange) -> TestQuestion:
        """Make a test question of an exchange; what is right follows from the verdict on it."""
        (kept,) = self.put(self._of_exchange(exchange))
        return kept

    def not_kept(self) -> list[TestQuestion]:
        """Return the test questions that could be made of judged answers and are not there yet."""
        there, found = set(self.known()), list[TestQuestion]()
        for one in reversed(self.judged()):  # the last verdict on a question counts
            made = _test_question(one.exchange, one.asked, one.verdict)
            if _known(made) not in there:
                there.add(_known(made))
                found.append(made)
        return found[::-1]

    def _expect(self, exchange: int, better: str, instead_of: Sequence[str]) -> None:
        """Have the test question of an exchange expect an answer, in place of one of these."""
        judged = (j for j in self._verdicts.all() if j.exchange == exchange)
        said = self._conversations().read(next(judged).conversation)
        for n, one in enumerate(said):
            if one.exchange == exchange:
                key = _plain(_alone(one, is_first=n == 0)), one.assistant
                some = [q for q in self.questions() if _known(q) == key]
                self.put(*(replace(q, expected=better) for q in some if q.expected in instead_of))

    def _of_exchange(self, exchange: Exchange) -> TestQuestion:
        said = self._conversations().read(exchange.conversation)
        is_first = not said or said[0].exchange == exchange.exchange
        asked = _alone(exchange, is_first=is_first)
        return _test_question(exchange, asked, self.verdict(exchange.exchange))


def _alone(exchange: Exchange, *, is_first: bool) -> str:
    """Return a question as it was searched for, where it may lean on what was said before."""
    result = exchange.look().result
    if is_first or result is None or not result.searched:
        return exchange.question
    return result.searched[0]


def _test_question(exchange: Exchange, asked: str, verdict: StoredVerdict | None) -> TestQuestion:
    """Return what can be tested of an exchange.

    A bad answer says nothing of where the right one stands. A refusal that is good says that there
    is no answer.
    """
    result = exchange.look().result
    bad = verdict is not None and verdict.verdict == "bad"
    good_refusal = verdict is not None and not bad and result is not None and result.refused
    return TestQuestion(
        question=asked,
        within=filter_to_json(exchange.within),
        assistant=exchange.assistant,
        answerable=not good_refusal,
        expected=verdict.better if verdict else "",
        sources=() if bad or result is None else _sources(exchange, result),
    )


def _sources(exchange: Exchange, result: Answer) -> tuple[TestSource, ...]:
    progress = exchange.look()
    return tuple(
        TestSource(c.document, c.path, c.page, c.quote)
        for c in result.citations
        if progress.state(c) != "removed"
    )


def _known(question: TestQuestion) -> Known:
    return _plain(question.question), question.assistant


def _plain(text: str) -> str:
    return folded(collapsed(text)).strip(" ?？。.!！")
