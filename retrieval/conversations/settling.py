"""Conversations of a copied or foreign ledger: nothing is in hand, nothing deleted comes along."""

from __future__ import annotations

import sqlite3

_WITHOUT_DELETED = (
    "DELETE FROM {table} WHERE exchange NOT IN (SELECT e.id FROM exchanges e"
    " JOIN conversations c ON c.id=e.conversation WHERE c.deleted IS NULL)"
)


def settle_conversations(db: sqlite3.Connection) -> None:
    """Purge deleted conversations, and note that nobody answers the questions in hand.

    Rows are deleted one table after the other: a copy's connection follows no references.
    """
    for table in ("exchange_passages", "exchange_sources"):
        db.execute(_WITHOUT_DELETED.format(table=table))
    db.execute(
        "DELETE FROM exchanges WHERE conversation IN"
        " (SELECT id FROM conversations WHERE deleted IS NOT NULL)"
    )
    db.execute("DELETE FROM conversations WHERE deleted IS NOT NULL")
    db.execute("UPDATE exchanges SET state='interrupted' WHERE state='asked'")
