"""The exchanges of a conversation read from the ledger, with how their sources stand now."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from retrieval.conversations.rows import StoredExchange, StoredPassage, StoredSource

_EXCHANGES = """
SELECT e.* FROM exchanges e JOIN conversations c ON c.id=e.conversation
WHERE c.id=? AND c.deleted IS NULL ORDER BY e.id DESC LIMIT ?
"""
# A document may have another path by now; one without a version cannot be read at present, and
# so has not been found to be another. One in the trash is gone as long as it is there.
_SOURCES = """
SELECT s.*, d.path AS path_now, d.id AS there, v.sha256 AS sha256_now
FROM exchange_sources s
LEFT JOIN documents d ON d.id=s.document AND d.id NOT IN (SELECT document FROM trash)
LEFT JOIN versions v ON v.id=d.version
WHERE s.exchange BETWEEN ? AND ? AND s.exchange IN (SELECT value FROM json_each(?))
ORDER BY s.exchange, s.ordinal
"""
_PASSAGES = """
SELECT exchange, passage, chunk, best FROM exchange_passages
WHERE exchange BETWEEN ? AND ? AND exchange IN (SELECT value FROM json_each(?))
ORDER BY exchange, passage, part
"""


def read_exchanges(
    db: sqlite3.Connection, conversation: str, last: int | None = None
) -> list[StoredExchange]:
    """Return the exchanges of a conversation, oldest first; only so many of the `last`."""
    rows = db.execute(_EXCHANGES, (conversation, -1 if last is None else last)).fetchall()[::-1]
    if not rows:
        return []
    ids = [int(row["id"]) for row in rows]
    given = (ids[0], ids[-1], str(ids))
    sources: dict[int, list[StoredSource]] = defaultdict(list)
    for row in db.execute(_SOURCES, given):
        sources[row["exchange"]].append(_source(row))
    chunks: dict[int, dict[int, list[sqlite3.Row]]] = defaultdict(lambda: defaultdict(list))
    for row in db.execute(_PASSAGES, given):
        chunks[row["exchange"]][row["passage"]].append(row)
    return [
        StoredExchange(
            **dict(row),
            passages=tuple(_passage(parts) for parts in chunks[row["id"]].values()),
            sources=tuple(sources[row["id"]]),
        )
        for row in rows
    ]


def _passage(parts: list[sqlite3.Row]) -> StoredPassage:
    best = next((part["chunk"] for part in parts if part["best"]), parts[0]["chunk"])
    return StoredPassage(tuple(part["chunk"] for part in parts), best)


def _source(row: sqlite3.Row) -> StoredSource:
    if row["there"] is None:
        return StoredSource(
            kind=row["kind"],
            n=row["n"],
            document="",
            path=row["path"],
            page=row["page"],
            heading="",
            unit=row["unit"],
            confidence=row["confidence"],
            chunk="",
            text="",
            state="removed",
        )
    return StoredSource(
        kind=row["kind"],
        n=row["n"],
        document=row["there"],
        path=row["path_now"],
        page=row["page"],
        heading=row["heading"],
        unit=row["unit"],
        confidence=row["confidence"],
        chunk=row["chunk"],
        text=row["text"],
        sha256=row["sha256"],
        state="current" if row["sha256_now"] in (None, row["sha256"]) else "changed",
    )
