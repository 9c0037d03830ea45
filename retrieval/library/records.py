"""What the library says of its sources and documents."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.documents import Document

# What the status of a document is while bytes of it wait or are read.
UNDER_WAY = ("queued", "reading", "embedding")


@dataclass(frozen=True)
class Source:
    """What is mirrored: a folder, a single file, or the browser's uploads (root '').

    `restored` is 1 when it came with a backup: it is not read before the user has named it.
    """

    id: int
    collection: str
    kind: str
    root: str
    device: str | None = None
    restored: int = 0


@dataclass(frozen=True)
class Sync:
    """What became of a source when it was last looked through; `at` is UTC in ISO 8601."""

    source: int
    at: str
    added: int
    updated: int
    removed: int
    failed: int
    problem: str | None = None


@dataclass(frozen=True)
class Record:
    """A document as the library holds it; `sha256` and the rest are of the visible version.

    `confidence`, 0 to 1, is how sure text recognition was of what came by it; None if nothing did.
    """

    document: str
    source: int
    collection: str
    path: str
    status: str
    title: str | None
    sha256: str | None
    bytes: int | None
    pages: int | None
    chunks: int
    lang: str | None
    pipeline: str | None
    fingerprint: str | None
    staged: str | None
    reason: str | None
    message: str | None
    attempts: int
    ingested_at: str | None
    warnings: tuple[str, ...] = ()
    unit: str | None = None
    author: str = ""
    made: str = ""
    changed: str = ""
    confidence: float | None = None

    @property
    def error(self) -> str | None:
        """Why the last attempt to read the document failed, in one line."""
        return f"{self.reason}: {self.message}" if self.reason else None


RECORDS = """
SELECT d.id AS document, d.source, s.collection, d.path, d.status, v.title,
       coalesce(v.sha256, d.staged) AS sha256, coalesce(v.bytes, d.staged_size) AS bytes,
       v.pages, (SELECT count(*) FROM chunks c WHERE c.version=d.version) AS chunks,
       v.lang, v.pipeline, v.fingerprint, d.staged, d.reason, d.message,
       d.attempts, d.ingested_at, v.warnings, v.unit,
       coalesce(v.author, '') AS author, coalesce(v.made, '') AS made,
       coalesce(v.changed, '') AS changed, v.confidence
FROM (SELECT * FROM documents WHERE id NOT IN (SELECT document FROM trash)) d
JOIN sources s ON s.id=d.source LEFT JOIN versions v ON v.id=d.version
"""


def record(row: sqlite3.Row) -> Record:
    """Return the record of a row of RECORDS."""
    values = dict(row)
    message = first_told(values["message"])
    return Record(**values | {"warnings": _lines(values["warnings"]), "message": message})


def first_told(stored: str | None) -> str | None:
    """Return why a document could not be read; what pages need of it stands in a second line."""
    return stored.partition("\n")[0] if stored else stored


def _lines(stored: str | None) -> tuple[str, ...]:
    """The warnings of a version; what is no list of lines, in a ledger from elsewhere, is none."""
    try:
        found = json.loads(stored or "[]")
    except ValueError:
        return ()
    return tuple(line for line in found if isinstance(line, str)) if isinstance(found, list) else ()


def read_chunks(
    db: sqlite3.Connection, where: str, values: Sequence[object], *, with_off: bool
) -> list[Document]:
    """Return visible chunks; those that are switched off only `with_off`, see `Library.chunks`."""
    told, only = (", c.is_off AS off", "") if with_off else ("", "c.is_off=0 AND ")
    rows = db.execute(
        "SELECT c.id, c.text, c.ordinal, c.page, c.heading, c.header, c.start, c.end,"  # noqa: S608
        " c.confidence, v.unit, v.title, v.lang, v.sha256, d.id AS document, d.path,"
        f" s.collection{told} FROM chunks c"
        " JOIN versions v ON v.id=c.version JOIN documents d ON d.version=v.id"
        f" JOIN sources s ON s.id=d.source WHERE {only}{where}",
        tuple(values),
    )
    return [_as_chunk(row) for row in rows]


def _as_chunk(row: sqlite3.Row) -> Document:
    """Return the chunk of a row, with what is known of its document and version."""
    from langchain_core.documents import Document  # 0.1 s, which `kb list` need not wait for

    metadata = {k: row[k] for k in row.keys() if k not in ("id", "text")}  # noqa: SIM118
    return Document(id=row["id"], page_content=row["text"], metadata=metadata)
