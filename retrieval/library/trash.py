"""Documents deleted in such a way that they can be had back, inside a transaction.

Such a document shows no version, so nothing that searches can find it: every search goes through
`documents.version`. Its version, chunks and vectors stay until it is deleted for good.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from retrieval.index import next_firsts
from retrieval.keywords import delete_keywords, write_keywords
from retrieval.library.editions import write_edition
from retrieval.library.naming import numbered
from retrieval.library.versions import announce

_PLACE = ".trash/{}"  # the path of a document meanwhile; no scan of a folder finds hidden ones
_OUT = 2  # `chunks.keyed` of a chunk whose words were taken out of the index


def put_into_trash(db: sqlite3.Connection, documents: Sequence[str]) -> list[str]:
    """Hide documents; return those that were there and not hidden before."""
    found = db.execute(
        "SELECT id, version FROM documents WHERE id IN (SELECT value FROM json_each(?))"
        " AND id NOT IN (SELECT document FROM trash)",
        (json.dumps(list(documents)),),
    ).fetchall()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for document, version in found:
        db.execute(
            "INSERT INTO trash SELECT id, version, path, ? FROM documents WHERE id=?",
            (now, document),
        )
        if version is not None:
            _hide(db, version)
        db.execute(
            "UPDATE documents SET version=NULL, path=?, described=0,"
            " status=iif(staged IS NULL, 'ready', 'queued') WHERE id=?",
            (_PLACE.format(document), document),
        )
        db.execute("DELETE FROM editions WHERE document=?", (document,))
    return [row[0] for row in found]


def take_from_trash(db: sqlite3.Connection, documents: Sequence[str]) -> list[str]:
    """Show documents again that were hidden; return those that are back, in the order given.

    An upload whose name was taken meanwhile gets a number. A file of a folder that was read again
    meanwhile stands in its own place, and the hidden document stays hidden.
    """
    rows = db.execute(
        "SELECT t.document, t.version, t.path, d.source, s.kind FROM json_each(?) given"
        " JOIN trash t ON t.document=given.value"
        " JOIN documents d ON d.id=t.document JOIN sources s ON s.id=d.source ORDER BY given.key",
        (json.dumps(list(documents)),),
    ).fetchall()
    back = []
    for document, version, path, source, kind in rows:
        place = free_path(db, source, path)
        if place != path and kind != "upload":
            continue
        db.execute("UPDATE documents SET version=?, path=? WHERE id=?", (version, place, document))
        db.execute("DELETE FROM trash WHERE document=?", (document,))
        if version is not None:
            _show(db, version)
            write_edition(db, document)
        back.append(document)
    return back


def free_path(db: sqlite3.Connection, source: int, path: str) -> str:
    """Return a path, with a number in its name where another document of the source has it."""
    taken = "SELECT 1 FROM documents WHERE source=? AND path=?"
    return next(p for p in numbered(path) if not db.execute(taken, (source, p)).fetchone())


def _hide(db: sqlite3.Connection, version: int) -> None:
    """Tell the indexes that a version's chunks are gone; it is visible still."""
    ids, fingerprint = _chunks(db, version)
    announce(db, "add", next_firsts(db, version, fingerprint), fingerprint)
    announce(db, "remove", ids, fingerprint)
    delete_keywords(db, version)
    db.execute("UPDATE chunks SET keyed=? WHERE version=?", (_OUT, version))


def _show(db: sqlite3.Connection, version: int) -> None:
    """Tell the indexes of the chunks of a version that is visible again."""
    ids, fingerprint = _chunks(db, version)
    announce(db, "remove", next_firsts(db, version, fingerprint), fingerprint)
    announce(db, "add", ids, fingerprint)
    delete_keywords(db, version)  # all were put in anew meanwhile, perhaps
    write_keywords(db, version)


def _chunks(db: sqlite3.Connection, version: int) -> tuple[list[str], str]:
    fingerprint = db.execute("SELECT fingerprint FROM versions WHERE id=?", (version,)).fetchone()
    rows = db.execute("SELECT id FROM chunks WHERE version=? ORDER BY ordinal", (version,))
    return [str(row[0]) for row in rows], str(fingerprint[0])
