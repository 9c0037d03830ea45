"""What the ledger says can be found with one embedding model: the truth an index is held to."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import LibraryError
from retrieval.ledger import Ledger, steps

SEARCHABLE = (
    " FROM chunks c JOIN documents d ON d.version=c.version AND c.is_off=0"
    " JOIN versions v ON v.id=c.version"
    " JOIN vectors e ON e.embedded=c.embedded AND e.fingerprint=v.fingerprint"
)


@dataclass(frozen=True)
class Vectors:
    """Chunk ids, and a row of float32 for each."""

    ids: list[str]
    matrix: NDArray[np.float32]

    def last(self, n: int) -> Vectors:
        """Return the last n of them."""
        return Vectors(self.ids[-n:], self.matrix[-n:])


def newest_change(db: sqlite3.Connection) -> int:
    """Return the number of the last change that was ever made, 0 if there was none."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name='changes'").fetchone()
    return int(row[0]) if row else 0


def searchable_ids(db: sqlite3.Connection, fingerprint: str) -> list[str]:
    """Return the ids of the chunks that can be found, and have a vector of this model."""
    rows = db.execute(f"SELECT c.id{SEARCHABLE} WHERE v.fingerprint=?", (fingerprint,))
    return [row[0] for row in rows]


def stored(db: sqlite3.Connection, fingerprint: str) -> tuple[int, int]:
    """Return how many vectors of this model there are, and their size in bytes."""
    row = db.execute(
        "SELECT count(*), coalesce(sum(length(vector)), 0) FROM vectors WHERE fingerprint=?",
        (fingerprint,),
    ).fetchone()
    return int(row[0]), int(row[1])


def searchable(db: sqlite3.Connection, fingerprint: str) -> tuple[Vectors, list[str]]:
    """Return the chunks that can be found with a vector of this model, and each one's document."""
    # Two scans put together here: as one join, SQLite took four times as long. By the index of what
    # is off, as to read `is_off`, behind the text, in each row took a tenth longer.
    vectors = db.execute(
        "SELECT embedded, vector FROM vectors WHERE fingerprint=?", (fingerprint,)
    ).fetchall()
    row_of = {row[0]: i for i, row in enumerate(vectors)}
    chunks = db.execute(
        "SELECT c.id, c.embedded, d.id FROM chunks c JOIN documents d"
        " ON d.version=c.version JOIN versions v ON v.id=c.version"
        " WHERE v.fingerprint=? AND c.number NOT IN (SELECT number FROM chunks WHERE is_off=1)",
        (fingerprint,),
    ).fetchall()
    found = [(row[0], row_of[row[1]], row[2]) for row in chunks if row[1] in row_of]
    matrix = _matrix([row[1] for row in vectors])[[row for _, row, _ in found]]
    return Vectors([chunk for chunk, _, _ in found], matrix), [document for _, _, document in found]


def searchable_of(db: sqlite3.Connection, ids: Sequence[str], fingerprint: str) -> Vectors:
    """Return those of the chunks that can be found with a vector of this model."""
    rows: list[sqlite3.Row] = []
    for part in steps(ids):
        marks = ",".join("?" * len(part))
        rows += db.execute(
            f"SELECT c.id, e.vector{SEARCHABLE} WHERE v.fingerprint=? AND c.id IN ({marks})",
            (fingerprint, *part),
        ).fetchall()
    return stacked(rows)


def some_searchable(ledger: Ledger, fingerprint: str, applied: int, n: int) -> Vectors:
    """Return up to n of the searchable chunks, those whose ids come first after a random one.

    None that changed after `applied`: an index that holds the changes up to it lacks them.
    """
    with ledger.read() as db:
        rows = db.execute(
            f"SELECT c.id, e.vector{SEARCHABLE} WHERE v.fingerprint=? AND c.id>=?"  # noqa: S608
            " AND c.id NOT IN (SELECT chunk FROM changes WHERE fingerprint=? AND seq>?)"
            " ORDER BY c.id LIMIT ?",
            (fingerprint, secrets.token_hex(16), fingerprint, applied, n),
        ).fetchall()
    return stacked(rows)


def pending(db: sqlite3.Connection, fingerprint: str, applied: int) -> list[tuple[int, str, str]]:
    """Return (number, chunk, add or remove) of the changes that an index lacks, in order."""
    rows = db.execute(
        "SELECT seq, chunk, op FROM changes WHERE fingerprint=? AND seq>? ORDER BY seq",
        (fingerprint, applied),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def stacked(rows: Sequence[sqlite3.Row]) -> Vectors:
    """Return rows of a chunk's id and its vector put together."""
    return Vectors([row[0] for row in rows], _matrix([row[1] for row in rows]))


def _matrix(vectors: Sequence[bytes]) -> NDArray[np.float32]:
    if not vectors:
        return np.zeros((0, 0), np.float32)
    if len({len(vector) for vector in vectors}) > 1 or len(vectors[0]) % 4:
        raise LibraryError(
            "vectors in the ledger are damaged; `kb doctor --repair` makes them again",
            "vectors-damaged",
        )
    return np.frombuffer(b"".join(vectors), "<f4").reshape(len(vectors), -1)
