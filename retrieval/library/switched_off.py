"""Passages switched off and on again, inside a transaction: no search finds one that is off.

They are known by their document and text, wherever in it that stands: equal passages of a document
are off together, and stay off when it is read again. `chunks.is_off` says the same of each chunk,
for the queries of every search.
"""

from __future__ import annotations

import sqlite3

from retrieval.index import first_of_equals
from retrieval.ledger import text_hash
from retrieval.library.versions import announce


def switch_passage(db: sqlite3.Connection, document: str, chunk: str, *, on: bool) -> bool:
    """Switch a visible passage of a document on or off; False if it is not there.

    The indexes are told.
    """
    found = db.execute(
        "SELECT c.version, c.text, v.fingerprint FROM chunks c JOIN documents d"
        " ON d.version=c.version JOIN versions v ON v.id=c.version WHERE c.id=? AND d.id=?",
        (chunk, document),
    ).fetchone()
    if found is None:
        return False
    version, text, fingerprint = found
    key = (document, text_hash(text))
    if on:
        db.execute("DELETE FROM switched_off WHERE document=? AND text=?", key)
    else:
        db.execute("INSERT OR IGNORE INTO switched_off VALUES (?, ?)", key)
    rows = db.execute(
        "SELECT id FROM chunks WHERE version=? AND text=? AND is_off=?", (version, text, int(on))
    )
    if not (equal := {str(row[0]) for row in rows}):
        return True
    # Of chunks whose embedded texts are equal, in all documents, an index holds the first.
    before = first_of_equals(db, equal, fingerprint)
    db.execute(
        "UPDATE chunks SET is_off=? WHERE version=? AND text=?", (int(not on), version, text)
    )
    after = first_of_equals(db, equal, fingerprint)
    announce(db, "remove", sorted((before - after) | (set() if on else equal)), fingerprint)
    announce(db, "add", sorted((after - before) | (equal if on else set())), fingerprint)
    return True
