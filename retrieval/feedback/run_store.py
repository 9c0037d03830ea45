"""The runs of the test questions: what came of each question, and the counts of each run."""

from __future__ import annotations

from datetime import UTC, datetime

from retrieval.feedback.rows import StoredResult, StoredRun
from retrieval.ledger import Ledger

_MOST = 50  # runs that are kept


class RunStore:
    """Runs by the ids of the conversations that hold their answers."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def begin(self, conversation: str, total: int, settings: str) -> None:
        """Note that a run of so many questions begins; the oldest beyond 50 are deleted.

        Its conversation is made here, and is not listed among those of people.
        """
        now = _now()
        with self._ledger.write() as db:
            db.execute(
                "INSERT INTO conversations (id, title, created, changed) VALUES (?, '', ?, ?)",
                (conversation, now, now),
            )
            db.execute(
                "INSERT INTO quality_runs (conversation, began, total, settings, counts)"
                " VALUES (?, ?, ?, ?, '{}')",
                (conversation, now, total, settings),
            )
            db.execute(
                "DELETE FROM conversations WHERE id IN (SELECT conversation FROM quality_runs"
                " ORDER BY rowid DESC LIMIT -1 OFFSET ?)",
                (_MOST,),
            )

    def note(
        self, conversation: str, exchange: int, question: str, measures: str, counts: str
    ) -> None:
        """Note what came of a question, and the counts of the run so far."""
        with self._ledger.write() as db:
            db.execute(
                "INSERT INTO quality_results (exchange, question, measures)"
                " SELECT id, ?, ? FROM exchanges WHERE id=?",
                (question, measures, exchange),
            )
            db.execute(
                "UPDATE quality_runs SET counts=? WHERE conversation=?", (counts, conversation)
            )

    def end(self, conversation: str) -> None:
        """Note that a run is over, whether all was asked or not."""
        with self._ledger.write() as db:
            db.execute(
                "UPDATE quality_runs SET ended=? WHERE conversation=?", (_now(), conversation)
            )

    def remove(self, conversation: str) -> None:
        """Delete a run with its answers."""
        with self._ledger.write() as db:
            db.execute(
                "DELETE FROM conversations WHERE id IN"
                " (SELECT conversation FROM quality_runs WHERE conversation=?)",
                (conversation,),
            )

    def all(self) -> list[StoredRun]:
        """Return the runs in which something was asked, the newest first."""
        with self._ledger.read() as db:
            rows = db.execute(
                "SELECT r.conversation, r.began, r.ended, r.total, r.settings, r.counts,"
                " (SELECT count(*) FROM quality_results q JOIN exchanges e ON e.id=q.exchange"
                " WHERE e.conversation=r.conversation) AS done"
                " FROM quality_runs r ORDER BY r.rowid DESC"
            ).fetchall()
        return [StoredRun(**dict(row)) for row in rows if row["done"] or row["counts"] != "{}"]

    def results(self, conversation: str) -> list[StoredResult]:
        """Return what came of each question of a run, in the order in which they were asked."""
        with self._ledger.read() as db:
            rows = db.execute(
                "SELECT q.exchange, q.question, q.measures FROM quality_results q"
                " JOIN exchanges e ON e.id=q.exchange WHERE e.conversation=? ORDER BY q.exchange",
                (conversation,),
            ).fetchall()
        return [StoredResult(**dict(row)) for row in rows]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
