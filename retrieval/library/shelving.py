"""Documents and sources that change their collection, and sources that end, in a transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from retrieval.library.editions import write_edition
from retrieval.library.trash import free_path
from retrieval.library.versions import delete_documents


def put_into_source(db: sqlite3.Connection, documents: Sequence[str], source: int) -> list[str]:
    """Make documents those of another source; return which were not of it before.

    Their ids, versions and chunks stay. A name that is taken there gets a number.
    """
    rows = db.execute(
        "SELECT id, path FROM documents WHERE source<>? AND id IN (SELECT value FROM json_each(?))"
        " AND id NOT IN (SELECT document FROM trash) ORDER BY path, id",
        (source, json.dumps(list(documents))),
    ).fetchall()
    for document, path in rows:
        db.execute(
            "UPDATE documents SET source=?, path=? WHERE id=?",
            (source, free_path(db, source, path), document),
        )
        write_edition(db, document)
    return [row[0] for row in rows]


def put_into_collection(db: sqlite3.Connection, source: int, collection: str) -> None:
    """Make a source, and so all its documents, one of another collection."""
    db.execute("UPDATE sources SET collection=? WHERE id=?", (collection, source))
    for row in db.execute("SELECT id FROM documents WHERE source=?", (source,)).fetchall():
        write_edition(db, row[0])


def end_source(db: sqlite3.Connection, source: int) -> None:
    """Delete a source with its documents, those in the trash too."""
    rows = db.execute("SELECT id FROM documents WHERE source=?", (source,)).fetchall()
    delete_documents(db, [row[0] for row in rows])
    db.execute("DELETE FROM sources WHERE id=?", (source,))
