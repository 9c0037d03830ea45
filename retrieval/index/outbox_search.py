"""Chroma's hits joined with the changes that it has not been told."""

from __future__ import annotations

import sqlite3

from retrieval.errors import LibraryError
from retrieval.index.chroma_index import ChromaIndex
from retrieval.index.equal_texts import with_equals
from retrieval.index.exact import Hits, nearest
from retrieval.index.searchable import pending, searchable_of
from retrieval.ledger import Vector

_TAIL = 2000  # changes that a question looks through; with more, exact search is as fast


def both(
    chroma: ChromaIndex,
    db: sqlite3.Connection,
    fingerprint: str,
    applied: int,
    vector: Vector,
    k: int,
) -> Hits | None:
    """Return the k nearest chunks of the ledger's state; None when Chroma lacks too much of it.

    `applied` is the last change that Chroma holds. Raises LibraryError when it finds fewer chunks
    than it has, and whatever Chroma raises.
    """
    changes = pending(db, fingerprint, applied)
    if len(changes) > _TAIL:
        return None
    changed = {chunk for _, chunk, _ in changes}
    tail = searchable_of(db, sorted(changed), fingerprint)
    found = chroma.search(vector, k + len(changed))
    if len(found) < k and len(found) < (held := chroma.count()):
        raise LibraryError(f"a search found {len(found)} of {held} chunks", "index")
    hits = [hit for hit in found if hit[0] not in changed] + nearest(tail, vector, k)
    best = sorted(hits, key=lambda hit: -hit[1])[:k]
    return with_equals(db, best, fingerprint, k)
