"""Chunks with equal texts: Chroma is told the first of them, and a search finds them all.

A graph of nearest neighbours that holds many equal vectors loses others. The first is that with the
lowest number, which is the oldest; when it goes, the ledger's outbox tells the next one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from retrieval.index.exact import Hits
from retrieval.index.searchable import SEARCHABLE, Vectors, stacked
from retrieval.ledger import steps


def firsts(db: sqlite3.Connection, fingerprint: str) -> Vectors:
    """Return the first of each set of equal chunks that can be found: what an index holds."""
    return stacked(
        db.execute(
            f"SELECT c.id, e.vector, min(c.number){SEARCHABLE} WHERE v.fingerprint=?"
            " GROUP BY c.embedded",
            (fingerprint,),
        ).fetchall()
    )


def first_ids(db: sqlite3.Connection, fingerprint: str) -> list[str]:
    """Return the ids of these chunks."""
    rows = db.execute(
        f"SELECT c.id, min(c.number){SEARCHABLE} WHERE v.fingerprint=? GROUP BY c.embedded",
        (fingerprint,),
    )
    return [row[0] for row in rows]


def firsts_of(db: sqlite3.Connection, ids: Sequence[str], fingerprint: str) -> Vectors:
    """Return those of the chunks that can be found and are the first of their equals."""
    rows: list[sqlite3.Row] = []
    for part in steps(ids):
        marks = ",".join("?" * len(part))
        rows += db.execute(
            f"SELECT c.id, e.vector{SEARCHABLE} WHERE v.fingerprint=? AND c.id IN ({marks})"  # noqa: S608
            " AND NOT EXISTS (SELECT 1 FROM chunks o JOIN documents p ON p.version=o.version"
            " JOIN versions w ON w.id=o.version AND w.fingerprint=v.fingerprint"
            " WHERE o.embedded=c.embedded AND o.number<c.number AND o.is_off=0)",
            (fingerprint, *part),
        ).fetchall()
    return stacked(rows)


def first_of_equals(db: sqlite3.Connection, ids: Iterable[str], fingerprint: str) -> set[str]:
    """Return, of what can be found and is equal to one of these chunks, the first of each text."""
    rows = db.execute(
        f"SELECT c.id, min(c.number){SEARCHABLE} WHERE v.fingerprint=? AND c.embedded IN"  # noqa: S608
        " (SELECT embedded FROM chunks WHERE id IN (SELECT value FROM json_each(?)))"
        " GROUP BY c.embedded",
        (fingerprint, json.dumps(sorted(ids))),
    )
    return {row[0] for row in rows}


def next_firsts(db: sqlite3.Connection, version: int, fingerprint: str) -> list[str]:
    """Return the chunks of others that are first when those of this version are gone."""
    rows = db.execute(
        "SELECT o.id, min(o.number) FROM (SELECT embedded, min(number) AS number FROM chunks"
        " WHERE version=?1 AND is_off=0 GROUP BY embedded) g"
        " CROSS JOIN chunks o ON o.embedded=g.embedded AND o.is_off=0"
        " JOIN versions w ON w.id=o.version AND w.fingerprint=?2"
        " JOIN documents p ON p.version=o.version"
        " WHERE o.version<>?1 GROUP BY o.embedded HAVING min(o.number)>g.number",
        (version, fingerprint),
    )
    return [row[0] for row in rows]


def with_equals(db: sqlite3.Connection, hits: Hits, fingerprint: str, k: int) -> Hits:
    """Return the k best of some hits and of the chunks that are equal to them, best first."""
    found: dict[str, float] = {}
    equals: dict[str, list[str]] = {}
    for hit, other in db.execute(
        "SELECT c.id, o.id FROM json_each(?) h CROSS JOIN chunks c ON c.id=h.value"
        " CROSS JOIN chunks o ON o.embedded=c.embedded AND o.id<>c.id AND o.is_off=0"
        " JOIN documents d ON d.version=o.version"
        " JOIN versions v ON v.id=o.version AND v.fingerprint=? LIMIT ?",
        (json.dumps([hit for hit, _ in hits]), fingerprint, k),
    ):
        equals.setdefault(hit, []).append(other)
    for hit, score in hits:
        for one in (hit, *equals.get(hit, ())):
            found.setdefault(one, score)
    return list(found.items())[:k]
