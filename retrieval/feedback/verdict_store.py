"""The verdicts of the ledger: one for each answer, changed and taken back."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from retrieval.feedback.rows import JudgedExchange, StoredVerdict
from retrieval.ledger import Ledger

_COLUMNS = "verdict, reason, note, better"


class VerdictStore:
    """Verdicts by the id of the exchange that they are on."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, exchange: int) -> StoredVerdict | None:
        """Return the verdict on an answer, None if there is none."""
        with self._ledger.read() as db:
            row = db.execute(
                f"SELECT {_COLUMNS} FROM verdicts WHERE exchange=?",  # noqa: S608
                (exchange,),
            ).fetchone()
        return _verdict(row) if row else None

    def put(self, exchange: int, verdict: StoredVerdict) -> bool:
        """Keep a verdict in place of the one before; False when the exchange is gone."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._ledger.write() as db:
            return (
                db.execute(
                    "INSERT INTO verdicts (exchange, verdict, reason, note, better, given_at)"
                    " SELECT id, ?2, ?3, ?4, ?5, ?6 FROM exchanges WHERE id=?1"
                    " ON CONFLICT (exchange) DO UPDATE SET"
                    " verdict=?2, reason=?3, note=?4, better=?5, given_at=?6",
                    (exchange, verdict.verdict, verdict.reason, verdict.note, verdict.better, now),
                ).rowcount
                > 0
            )

    def remove(self, exchange: int) -> None:
        """Take the verdict on an answer back."""
        with self._ledger.write() as db:
            db.execute("DELETE FROM verdicts WHERE exchange=?", (exchange,))

    def all(self) -> list[JudgedExchange]:
        """Return the verdicts on answers of conversations that are not deleted, oldest first."""
        with self._ledger.read() as db:
            rows = db.execute(
                f"SELECT e.conversation, v.exchange, v.given_at, {_COLUMNS} FROM verdicts v"  # noqa: S608
                " JOIN exchanges e ON e.id=v.exchange JOIN conversations c ON c.id=e.conversation"
                " WHERE c.deleted IS NULL ORDER BY v.exchange"
            ).fetchall()
        return [
            JudgedExchange(r["conversation"], int(r["exchange"]), r["given_at"], _verdict(r))
            for r in rows
        ]


def _verdict(row: sqlite3.Row) -> StoredVerdict:
    return StoredVerdict(row["verdict"], row["reason"], row["note"], row["better"])
