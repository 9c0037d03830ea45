"""Feedback of a copied or foreign ledger: what hung on a deleted conversation goes with it."""

from __future__ import annotations

import sqlite3

_GONE = "DELETE FROM {table} WHERE exchange NOT IN (SELECT id FROM exchanges)"


def settle_feedback(db: sqlite3.Connection) -> None:
    """Delete verdicts and results whose exchange is gone, and end the runs.

    A copy's connection follows no references, so this comes after the conversations are settled.
    """
    for table in ("verdicts", "quality_results"):
        db.execute(_GONE.format(table=table))
    db.execute("DELETE FROM quality_runs WHERE conversation NOT IN (SELECT id FROM conversations)")
    db.execute("UPDATE quality_runs SET ended=began WHERE ended IS NULL")
