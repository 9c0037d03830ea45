"""What commands report; the fields are those of the JSON that docs/commands.md promises."""

from __future__ import annotations

from dataclasses import dataclass, field

from llm.answer import Citation


@dataclass
class Skipped:
    """A file of a kind that is not read."""

    path: str
    reason: str


@dataclass
class Failed:
    """A file that should have been read and could not."""

    path: str
    reason: str
    message: str


@dataclass
class IngestReport:
    """What an ingestion did; `documents` and `chunks` count the whole library afterwards."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    documents: int = 0
    chunks: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Hit:
    """A passage found for a question; they are ordered by `score`."""

    rank: int
    score: float
    document: str
    path: str
    page: int | None
    heading: str
    text: str
    chunk_id: str


@dataclass(frozen=True)
class DocumentRow:
    """A document as `kb list` shows it."""

    document: str
    path: str
    title: str | None
    sha256: str | None
    bytes: int | None
    pages: int | None
    chunks: int
    collection: str
    lang: str | None
    status: str
    error: str | None
    ingested_at: str | None


@dataclass(frozen=True)
class Passage:
    """A passage that a document was cut into."""

    chunk_id: str
    page: int | None
    heading: str
    text: str


@dataclass(frozen=True)
class ShownDocument(DocumentRow):
    """A document as `kb show` shows it; the warnings tell what was left out or replaced in it."""

    passages: tuple[Passage, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Timings:
    """Seconds from the question; the first token is None when no model was called."""

    retrieve_s: float
    first_token_s: float | None
    total_s: float


@dataclass(frozen=True)
class Usage:
    """Tokens read and written by the chat model for the answer, and all calls for the question."""

    prompt_tokens: int
    completion_tokens: int
    calls: int


@dataclass(frozen=True)
class Near:
    """A passage offered with a refusal, as the closest that was found."""

    document: str
    path: str
    page: int | None
    heading: str
    text: str
    chunk_id: str


@dataclass(frozen=True)
class AskResult:
    """An answer with what it stands on; `searched` are the wordings that passages were found by.

    With a refusal there are no citations but, best first, the `closest` passages. `certainty`, 0 to
    1, is how sure it is that the passages hold the answer; None where that was not asked.
    """

    question: str
    answer: str
    grounded: bool
    refused: bool
    citations: tuple[Citation, ...]
    timings: Timings
    usage: Usage
    searched: tuple[str, ...] = ()
    closest: tuple[Near, ...] = ()
    certainty: float | None = None
