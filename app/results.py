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
    """A file that should have been read and could not; `document` is its id in the list, if any."""

    path: str
    reason: str
    message: str
    document: str | None = None


@dataclass
class Warned:
    """A file that was read, but not whole: what was left out or replaced in it."""

    path: str
    warnings: list[str]


@dataclass
class IngestReport:
    """What an ingestion did; `documents` and `chunks` count the whole library afterwards.

    `reread` are those of the updated ones whose bytes are the same, and that were read by an older
    reader, or without text recognition. `warned` are those read now of which something was left
    out or replaced.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    documents: int = 0
    chunks: int = 0
    seconds: float = 0.0
    reread: int = 0
    warned: list[Warned] = field(default_factory=list)


@dataclass(frozen=True)
class SourceChange:
    """What became of a file of a source that is watched, or of the source.

    `event` is added, updated, renamed, removed, skipped, failed or unreachable; `path` is as in
    `kb list`, `source` the folder or file that is watched. `message` says why, of a renamed file
    its old path, or what was left out when it was read.
    """

    event: str
    path: str
    source: str
    message: str = ""


@dataclass(frozen=True)
class Hit:
    """A passage found for a question; they are ordered by `score`.

    `unit` is what `page` counts: page, slide or sheet; `confidence`, 0 to 1, how sure text
    recognition was of the passage, None where its text was not recognised but read.
    """

    rank: int
    score: float
    document: str
    path: str
    page: int | None
    heading: str
    text: str
    chunk_id: str
    unit: str | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class DocumentRow:
    """A document as `kb list` shows it.

    `pages` are counted in `unit`: page, slide or sheet. `author`, `made` and `changed` (days,
    ISO 8601) are what the file says of itself. `confidence` is that of text recognition, None where
    nothing was recognised. The warnings tell what was left out or replaced in it.
    """

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
    unit: str | None = None
    author: str | None = None
    made: str | None = None
    changed: str | None = None
    confidence: float | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A passage that a document was cut into; `unit` and `confidence` are as in `Hit`.

    One that is `off` was switched off: no search finds it.
    """

    chunk_id: str
    page: int | None
    heading: str
    text: str
    unit: str | None = None
    confidence: float | None = None
    off: bool = False


@dataclass(frozen=True)
class ShownDocument(DocumentRow):
    """A document as `kb show` shows it."""

    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class ShownBlock:
    """A block of a document as its reader understood it.

    `kind` is heading, paragraph, item, table, code, caption, footnote or note; `level` that of a
    heading, from 1, or of an item, from 0. `name` is that of a sheet. `boxes` have left, top, right
    and bottom of its lines, in points from the upper left corner of the page, as far as they are
    known. `confidence` is as in `Hit`.
    """

    page: int | None
    kind: str
    level: int
    text: str
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    name: str = ""
    confidence: float | None = None


@dataclass(frozen=True)
class ShownWithBlocks(ShownDocument):
    """A document as `kb show --blocks` shows it."""

    blocks: tuple[ShownBlock, ...] = ()
