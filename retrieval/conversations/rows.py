"""What the ledger holds of conversations, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# What became of a question; "asked" is one that is being answered.
State = Literal["asked", "answered", "stopped", "failed", "interrupted"]


@dataclass(frozen=True)
class StoredConversation:
    """A chat; the times are UTC, ISO 8601."""

    id: str
    title: str
    created: str
    changed: str


@dataclass(frozen=True)
class StoredPassage:
    """The chunks that a passage was made of, in order; it was found by the `best` of them."""

    chunks: tuple[str, ...]
    best: str


@dataclass(frozen=True)
class StoredSource:
    """A quote that an answer stands on ("cited"), or a text that came closest to a question.

    `state` is how its document stands now: current, changed since, or removed, of which only the
    path is left. `sha256` is that of the version that it was read in, "" if that is not known.
    """

    kind: Literal["cited", "closest"]
    n: int
    document: str
    path: str
    page: int | None
    heading: str
    unit: str | None
    confidence: float | None
    chunk: str
    text: str
    sha256: str = ""
    state: Literal["current", "changed", "removed"] = "current"


@dataclass(frozen=True)
class StoredExchange:
    """A question and what came of it; `within` and `result` are JSON, `asked` is UTC, ISO 8601.

    `demanded` is how sure the answer had to be, None for the setting; `assistant` is the id of who
    answered, None for nobody in particular.
    """

    id: int
    conversation: str
    question: str
    within: str
    demanded: float | None
    asked: str
    state: State
    result: str | None = None
    error: str | None = None
    assistant: str | None = None
    passages: tuple[StoredPassage, ...] = ()
    sources: tuple[StoredSource, ...] = ()
