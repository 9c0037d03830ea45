"""All documents in few words, to be searched, sorted and counted before some are shown."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from retrieval.ledger import Ledger
from retrieval.library.records import first_told


@dataclass(frozen=True)
class Entry:
    """A document as a list needs it; `kind` and `root` are those of its source.

    `warnings` are a JSON list of lines, `detail` is JSON of which cause of its `reason` it was.
    `staged` tells whether bytes of it wait to be read.
    """

    document: str
    source: int
    kind: str
    root: str
    collection: str
    path: str
    title: str | None
    status: str
    staged: bool
    reason: str | None
    message: str | None
    bytes: int | None
    pages: int | None
    unit: str | None
    warnings: str
    confidence: float | None
    visible: bool
    ingested_at: str | None
    detail: str = ""


_ENTRIES = """
SELECT d.id AS document, d.source, s.kind, s.root, s.collection, d.path, v.title, d.status,
       d.staged IS NOT NULL AS staged, d.reason, d.message,
       coalesce(v.bytes, d.staged_size) AS bytes, v.pages, v.unit,
       coalesce(v.warnings, '[]') AS warnings, v.confidence, d.version IS NOT NULL AS visible,
       d.ingested_at
FROM documents d JOIN sources s ON s.id=d.source LEFT JOIN versions v ON v.id=d.version
WHERE d.id NOT IN (SELECT document FROM trash)
ORDER BY s.collection, d.path, d.id
"""


def entries(ledger: Ledger) -> list[Entry]:
    """Return all documents that are not in the trash, by collection and path."""
    with ledger.read() as db:
        rows = db.execute(_ENTRIES).fetchall()
    return [_entry(row) for row in rows]


def _entry(row: sqlite3.Row) -> Entry:
    values = dict(row)
    detail = (values["message"] or "").partition("\n")[2]
    return Entry(**{**values, "message": first_told(values["message"]), "detail": detail})
