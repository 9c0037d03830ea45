"""Versions of documents written and deleted, inside a transaction of the library."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from langchain_core.documents import Document

from retrieval.conversations import forget_documents
from retrieval.feedback import forget_documents as forget_in_feedback
from retrieval.index import next_firsts
from retrieval.keywords import delete_keywords, write_keywords
from retrieval.ledger import text_hash
from retrieval.library.editions import write_edition
from retrieval.library.parts import StoredPart, write_parts


@dataclass(frozen=True)
class Version:
    """What was read from certain bytes in a certain way.

    `pages` are counted in `unit`: page, slide or sheet. `made` and `changed` are ISO 8601.
    """

    sha256: str
    bytes: int
    pipeline: str
    fingerprint: str
    title: str | None
    lang: str
    pages: int | None
    warnings: tuple[str, ...] = ()
    unit: str | None = None
    author: str = ""
    made: str = ""
    changed: str = ""


def chunk_id(document: str, version: Version, ordinal: int, embedded: str) -> str:
    """Return the id of a chunk: a hash of where it stands, what was read and what was embedded.

    32 hex digits. The same id means the same vector, so an index never has to rewrite one.
    """
    key = "\n".join((document, version.sha256, version.pipeline, str(ordinal), embedded))
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def write_version(
    db: sqlite3.Connection,
    document: str,
    version: Version,
    chunks: Sequence[Document],
    embedded: Sequence[str],
    parts: Sequence[StoredPart] = (),
) -> None:
    """Put a version and its chunks in place of the one before, and tell the indexes.

    `chunks`, `embedded` and `parts` are those of `Library.publish`.
    """
    _delete_chunks(db, [document])
    cursor = db.execute(
        "INSERT INTO versions (document, sha256, bytes, pipeline, fingerprint, title,"
        " lang, pages, warnings, unit, author, made, changed, confidence)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document,
            version.sha256,
            version.bytes,
            version.pipeline,
            version.fingerprint,
            version.title,
            version.lang,
            version.pages,
            json.dumps(version.warnings),
            version.unit,
            version.author,
            version.made,
            version.changed,
            _confidence(chunks),
        ),
    )
    ids = [chunk_id(document, version, i, text) for i, text in enumerate(embedded)]
    off = {r[0] for r in db.execute("SELECT text FROM switched_off WHERE document=?", (document,))}
    db.executemany(
        "INSERT INTO chunks (id, version, ordinal, page, heading, header, start, end, text,"
        " embedded, confidence, is_off) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                ids[i],
                cursor.lastrowid,
                i,
                m.get("page"),
                m["heading"],
                m.get("header", ""),
                m["start"],
                m["end"],
                chunk.page_content,
                embedded[i],
                m.get("confidence"),
                int(bool(off) and text_hash(chunk.page_content) in off),
            )
            for i, chunk in enumerate(chunks)
            for m in (chunk.metadata,)
        ],
    )
    write_parts(db, int(cursor.lastrowid or 0), parts)
    write_keywords(db, int(cursor.lastrowid or 0))
    announce(db, "add", ids, version.fingerprint)
    db.execute(
        "UPDATE documents SET version=?, status='ready', staged=NULL, staged_size=NULL,"
        " reason=NULL, message=NULL, attempts=0, ingested_at=? WHERE id=?",
        (cursor.lastrowid, _now(), document),
    )
    db.execute("DELETE FROM versions WHERE document=? AND id<>?", (document, cursor.lastrowid))
    write_edition(db, document)


def _confidence(chunks: Sequence[Document]) -> float | None:
    """How sure recognition was of the characters that were recognised, None if none were."""
    told = [(len(c.page_content), c.metadata.get("confidence")) for c in chunks]
    sure = [(length, share) for length, share in told if share is not None]
    total = sum(length for length, _ in sure)
    return sum(length * share for length, share in sure) / total if total else None


def delete_documents(db: sqlite3.Connection, documents: Sequence[str]) -> None:
    """Delete documents with their versions and chunks, and tell the indexes.

    What belongs to them elsewhere in the ledger goes too.
    """
    forget_documents(db, documents)
    forget_in_feedback(db, documents)
    _delete_chunks(db, documents)
    for document in documents:
        db.execute("UPDATE documents SET version=NULL WHERE id=?", (document,))
        db.execute("DELETE FROM documents WHERE id=?", (document,))


def _delete_chunks(db: sqlite3.Connection, documents: Sequence[str]) -> None:
    for document in documents:
        for v in db.execute(
            "SELECT id, fingerprint FROM versions WHERE document=?", (document,)
        ).fetchall():
            ids = [r[0] for r in db.execute("SELECT id FROM chunks WHERE version=?", (v[0],))]
            if heirs := next_firsts(db, v[0], v[1]):
                announce(db, "add", heirs, v[1])
            announce(db, "remove", ids, v[1])
            delete_keywords(db, v[0])
            db.execute("DELETE FROM chunks WHERE version=?", (v[0],))


def announce(db: sqlite3.Connection, op: str, ids: Sequence[str], fingerprint: str) -> None:
    """Leave a word for the vector indexes: that these chunks came ("add") or went ("remove")."""
    db.executemany(
        "INSERT INTO changes (op, chunk, fingerprint) VALUES (?, ?, ?)",
        [(op, i, fingerprint) for i in ids],
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
