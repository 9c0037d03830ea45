"""A question and what came of it, in hand or kept: what a page draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from langchain_core.documents import Document

from llm.answer import Answer, Citation, ClosestPassage, ReadingPart
from retrieval.ledger import Filter

# How a source's document stands to what it was when the answer was written.
SourceState = Literal["current", "changed", "removed"]


@dataclass(frozen=True)
class AnswerProgress:
    """How far an answer is: waiting, loading, searching, reading, writing or done.

    While it waits, `ahead` answers are written before it, which take about `wait_seconds`, if that
    is known. `step` is the part that was read last for
    a summary, None for an answer. `cited` are the ids of the passages that the numbers in a growing
    `text` stand for. When done, `result` holds the checked answer, unless `error` says
    what went wrong ("" if that was unexpected), the answer was `stopped` before there was any text,
    or it was `interrupted`, as the app ended meanwhile. `seconds` have passed since it was asked.
    """

    phase: str = "waiting"
    passages: tuple[Document, ...] = ()
    step: ReadingPart | None = None
    text: str = ""
    cited: Mapping[int, str] = field(default_factory=dict)
    result: Answer | None = None
    error: str | None = None
    stopped: bool = False
    seconds: float = 0.0
    ahead: int = 0
    wait_seconds: float | None = None
    interrupted: bool = False
    states: Mapping[Citation | ClosestPassage, SourceState] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        """Whether nothing more will come."""
        return self.phase == "done"

    def state(self, source: Citation | ClosestPassage) -> SourceState:
        """Return how a source's document stands now; of a removed one only the path is known."""
        return self.states.get(source, "current")


class Exchange(Protocol):
    """A question and what came of it, in hand or kept.

    `id` tells it from others on a page.
    `conversation` and `exchange` are its ids in the ledger; `exchange` is None where it could not
    be kept. `certainty` is how sure the answer had to be, None for the setting.
    """

    @property
    def id(self) -> str:
        """What tells it from others on a page."""
        ...

    @property
    def conversation(self) -> str:
        """Its conversation's id."""
        ...

    @property
    def exchange(self) -> int | None:
        """Its id in the ledger."""
        ...

    @property
    def question(self) -> str:
        """What was asked."""
        ...

    @property
    def within(self) -> Filter:
        """The filter it was asked under."""
        ...

    @property
    def certainty(self) -> float | None:
        """How sure the answer had to be."""
        ...

    @property
    def assistant(self) -> str | None:
        """The id of who answers, None for nobody in particular."""
        ...

    def look(self) -> AnswerProgress:
        """Return how far the answer is."""
        ...


@dataclass(frozen=True)
class KeptExchange:
    """An exchange as the ledger holds it; `asked` is UTC, ISO 8601."""

    conversation: str
    exchange: int
    question: str
    within: Filter
    certainty: float | None
    asked: str
    progress: AnswerProgress
    assistant: str | None = None

    @property
    def id(self) -> str:
        """What tells it from others on a page."""
        return str(self.exchange)

    def look(self) -> AnswerProgress:
        """Return what came of it."""
        return self.progress
