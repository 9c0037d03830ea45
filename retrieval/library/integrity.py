"""What can be wrong inside a ledger: its pages, its references, its vectors, its keywords."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np

from retrieval.keywords import TERMS
from retrieval.ledger import Ledger

_LINES = 10  # problems that are listed; the first says enough
# Vectors are of length 1. What a model in bfloat16 gives is off by 0.004 at most; one byte wrong
# in a number's exponent changes the length many times that.
_TOLERANCE = 0.05
# What a vector is that belongs to no chunk, as `VectorTable.sweep` has it.
ORPHANED = (
    "(embedded NOT IN (SELECT embedded FROM chunks)"
    " OR fingerprint NOT IN (SELECT fingerprint FROM versions))"
)


def damage(db: sqlite3.Connection) -> list[str]:
    """Return what SQLite finds wrong with a ledger's pages and references, one line each."""
    try:
        pages = [str(row[0]) for row in db.execute(f"PRAGMA integrity_check({_LINES})")]
        references = db.execute("PRAGMA foreign_key_check").fetchmany(_LINES)
    except sqlite3.DatabaseError as error:
        return [str(error)]
    # SQLite from 3.44 on looks into the keyword index too, which is derived and no damage here.
    pages = [line for line in pages if line != "ok" and "inverted index for FTS5" not in line]
    return pages + [f"a row of {r[0]} refers to a row of {r[2]} that is gone" for r in references]


@dataclass(frozen=True)
class VectorState:
    """How the vectors stand to the chunks, all seen at one moment.

    `missing` is how many visible chunks have no vector, by document; `damaged` the keys (text,
    model) of vectors that are none; `orphans` how many belong to no chunk; `busy` whether documents
    are being read or embedded, whose vectors come before their chunks and go after them.
    """

    missing: dict[str, int]
    damaged: list[tuple[str, str]]
    orphans: int
    busy: bool


def vector_state(ledger: Ledger) -> VectorState:
    """Compare the vectors with the chunks; reads every vector once."""
    with ledger.read() as db:
        missing = db.execute(
            "SELECT d.id, count(*) FROM documents d JOIN versions v ON v.id=d.version"
            " JOIN chunks c ON c.version=v.id LEFT JOIN vectors x ON x.embedded=c.embedded"
            " AND x.fingerprint=v.fingerprint WHERE x.embedded IS NULL GROUP BY d.id ORDER BY d.id"
        ).fetchall()
        orphans = db.execute(
            f"SELECT count(*) FROM vectors WHERE {ORPHANED}"  # noqa: S608
        ).fetchone()
        busy = db.execute(
            "SELECT EXISTS (SELECT 1 FROM documents WHERE status IN ('reading', 'embedding'))"
            " OR EXISTS (SELECT 1 FROM jobs WHERE status='running')"
        ).fetchone()
        damaged = _damaged(db)
    return VectorState({r[0]: int(r[1]) for r in missing}, damaged, int(orphans[0]), bool(busy[0]))


@dataclass(frozen=True)
class KeywordState:
    """How the keyword index stands to the chunks, all seen at one moment.

    `waiting` is how many visible chunks are still to be put into it, as after an update; `missing`
    how many it lacks though they were; `stray` how many of its entries belong to no chunk;
    `malformed` whether it contradicts itself.
    """

    waiting: int = 0
    missing: int = 0
    stray: int = 0
    malformed: bool = False

    @property
    def well(self) -> bool:
        """Whether nothing is wrong with it; what waits is no defect."""
        return not (self.missing or self.stray or self.malformed)


def keyword_state(ledger: Ledger) -> KeywordState:
    """Compare the keyword index with the chunks, and with itself."""
    with ledger.read() as db:
        row = db.execute(
            "SELECT count(*) FILTER (WHERE c.keyed=0 OR (SELECT terms FROM keyword_state)<>?),"
            " count(*) FILTER (WHERE c.keyed AND c.number NOT IN (SELECT rowid FROM keywords))"
            " FROM chunks c JOIN documents d ON d.version=c.version",
            (TERMS,),
        ).fetchone()
        stray = db.execute(
            "SELECT count(*) FROM keywords"
            " WHERE rowid NOT IN (SELECT number FROM chunks WHERE keyed)"
        ).fetchone()
    return KeywordState(int(row[0]), int(row[1]), int(stray[0]), _is_malformed(ledger))


def _is_malformed(ledger: Ledger) -> bool:
    if ledger.read_only:  # only a statement that writes, to SQLite, has the index looked at
        return False
    with ledger.write() as db:
        try:
            db.execute("INSERT INTO keywords (keywords) VALUES ('integrity-check')")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            return True
    return False


def drop_vectors(ledger: Ledger, keys: list[tuple[str, str]]) -> None:
    """Delete vectors by text and model, so that they are made again when they are needed."""
    with ledger.write() as db:
        db.executemany("DELETE FROM vectors WHERE embedded=? AND fingerprint=?", keys)


def damaged_vectors(ledger: Ledger) -> list[tuple[str, str]]:
    """Return the keys (text, model) of vectors that are none; reads every vector once."""
    with ledger.read() as db:
        return _damaged(db)


def _damaged(db: sqlite3.Connection) -> list[tuple[str, str]]:
    # The last row of each model, the most frequent length, stays.
    usual = dict(
        db.execute(
            "SELECT fingerprint, length(vector) FROM vectors"
            " GROUP BY 1, 2 ORDER BY 1, count(*), length(vector)"
        ).fetchall()
    )
    rows = db.execute("SELECT embedded, fingerprint, vector FROM vectors")
    return [(r[0], r[1]) for r in rows if len(r[2]) != usual[r[1]] or not _is_unit(r[2])]


def _is_unit(vector: bytes) -> bool:
    if not vector or len(vector) % 4:
        return False
    numbers = np.frombuffer(vector, "<f4").astype(np.float64)  # no overflow, whatever is in it
    return bool(abs(np.linalg.norm(numbers) - 1.0) <= _TOLERANCE)
