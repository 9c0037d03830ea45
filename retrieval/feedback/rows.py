"""What the ledger holds of verdicts, test questions and runs, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from retrieval.conversations import filter_from_json
from retrieval.ledger import Filter

# In characters.
LONGEST_NOTE = 1_000
LONGEST_BETTER = 4_000  # of the answer that would be right
LONGEST_TEST_QUESTION = 20_000

Verdict = Literal["good", "bad"]


@dataclass(frozen=True)
class StoredVerdict:
    """What somebody thinks of an answer; `better` is the one that would be right, if it was told.

    `reason` is one word, "" where none was given.
    """

    verdict: Verdict
    reason: str = ""
    note: str = ""
    better: str = ""


@dataclass(frozen=True)
class JudgedExchange:
    """A verdict, and the answer it is on; `given_at` is UTC, ISO 8601."""

    conversation: str
    exchange: int
    given_at: str
    verdict: StoredVerdict


@dataclass(frozen=True)
class TestSource:
    """Where a right answer stands; of a document that was removed only the path is left."""

    __test__ = False  # no test, whatever its name is

    document: str | None
    path: str
    page: int | None = None
    quote: str = ""


@dataclass(frozen=True)
class TestQuestion:
    """A test question; `within` is JSON, `id` is "" before it was put into the ledger.

    A right answer holds one alternative of each of `must` and none of `must_not`; `expected` is
    one, in whole sentences.
    """

    __test__ = False  # no test, whatever its name is

    question: str
    within: str = "{}"
    assistant: str | None = None
    answerable: bool = True
    expected: str = ""
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    sources: tuple[TestSource, ...] = ()
    id: str = ""

    @property
    def where(self) -> Filter:
        """The filter that it is asked under."""
        return filter_from_json(self.within)


@dataclass(frozen=True)
class StoredRun:
    """A run of the test questions; its times are UTC, ISO 8601.

    `settings` and `counts` are JSON. `done` questions of `total` have a result. The answers are the
    exchanges of its `conversation`.
    """

    conversation: str
    began: str
    ended: str | None
    total: int
    settings: str
    counts: str
    done: int


@dataclass(frozen=True)
class StoredResult:
    """What came of one test question in a run; `measures` is JSON."""

    exchange: int
    question: str
    measures: str
