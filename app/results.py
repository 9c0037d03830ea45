"""What commands report; the fields are those of the JSON that docs/commands.md promises."""

from __future__ import annotations

from dataclasses import dataclass, field


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
