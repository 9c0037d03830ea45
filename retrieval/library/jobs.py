"""Jobs: work that any process may ask for and the owner of the library does."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from retrieval.errors import LibraryError
from retrieval.ledger import Ledger

INGEST = "ingest"  # folders and files: {paths, collection, keep, yes}
UPLOAD = "upload"  # one document whose bytes are staged: {document, path, collection}
MAX_ATTEMPTS = 5  # a job whose owner died that often is given up, so that it kills no sixth
_KEPT = 200  # ended jobs of a kind that can still be looked at
ENDED = ("done", "failed", "cancelled")


@dataclass(frozen=True)
class Job:
    """A job as the ledger holds it; times are UTC in ISO 8601.

    `problem` is why it failed, for programs; `message` says it in a line.
    """

    id: int
    kind: str
    arguments: dict[str, Any]
    status: str
    attempts: int
    cancel: bool
    progress: list[Any] | None
    result: dict[str, Any] | None
    message: str | None
    asked_at: str
    ended_at: str | None
    problem: dict[str, Any] | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will be done for it."""
        return self.status in ENDED


class Jobs:
    """The ledger's jobs. Every public method is one transaction."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def ask(self, kind: str, arguments: Mapping[str, Any]) -> int:
        """Leave a job for the owner and return its id; an equal one that waits is joined."""
        text = json.dumps(arguments, ensure_ascii=False, sort_keys=True)
        with self._ledger.write() as db:
            row = db.execute(
                "SELECT id FROM jobs WHERE status='queued' AND cancel=0 AND kind=? AND arguments=?",
                (kind, text),
            ).fetchone()
            if row is None:
                row = db.execute(
                    "INSERT INTO jobs (kind, arguments, status, asked_at)"
                    " VALUES (?, ?, 'queued', ?) RETURNING id",
                    (kind, text, _now()),
                ).fetchone()
        return int(row[0])

    def get(self, job: int) -> Job:
        """Return a job. Raises LibraryError when there is none of this id."""
        with self._ledger.read() as db:
            row = db.execute("SELECT * FROM jobs WHERE id=?", (job,)).fetchone()
        if row is None:
            raise LibraryError(
                f"there is no job {job}; `kb jobs list` shows them", "no-job", job=job
            )
        return _job(row)

    def all(self) -> list[Job]:
        """Return the jobs that are kept, the newest first."""
        with self._ledger.read() as db:
            rows = db.execute("SELECT * FROM jobs ORDER BY id DESC").fetchall()
        return [_job(row) for row in rows]

    def open(self, kind: str) -> list[Job]:
        """Return the jobs of a kind that wait or run, the oldest first."""
        with self._ledger.read() as db:
            rows = db.execute(
                "SELECT * FROM jobs WHERE status IN ('queued', 'running') AND kind=? ORDER BY id",
                (kind,),
            ).fetchall()
        return [_job(row) for row in rows]

    def recover(self) -> list[Job]:
        """Put what an owner that died had in hand back into the queue; for the new owner.

        What was begun MAX_ATTEMPTS times is given up, what had been asked to stop is stopped;
        these are returned.
        """
        with self._ledger.write() as db:
            ended = db.execute(
                "UPDATE jobs SET status='failed', ended_at=?, message='given up: the process that"
                " did it ended ' || attempts || ' times; ask for it again to go on',"
                " result=json_object('problem', json_object('line', '', 'reason', 'job-given-up',"
                " 'values', json_object('n', attempts)))"
                " WHERE status='running' AND attempts>=? RETURNING *",
                (_now(), MAX_ATTEMPTS),
            ).fetchall()
            db.execute("UPDATE jobs SET status='queued' WHERE status='running'")
            ended += db.execute(
                "UPDATE jobs SET status='cancelled', ended_at=? WHERE status='queued' AND cancel=1"
                " RETURNING *",
                (_now(),),
            ).fetchall()
        return [_job(row) for row in ended]

    def take(self, *kinds: str) -> Job | None:
        """Begin the next job of these kinds, or of any; None when none waits. For the owner only.

        Uploads go before folders, whose files may be many; else the job that has waited longest.
        """
        wanted = json.dumps(kinds or (UPLOAD, INGEST))
        some = "status='queued' AND kind IN (SELECT value FROM json_each(?))"
        with self._ledger.read() as db:
            if not db.execute(f"SELECT 1 FROM jobs WHERE {some} LIMIT 1", (wanted,)).fetchone():  # noqa: S608
                return None
        with self._ledger.write() as db:
            row = db.execute(
                "UPDATE jobs SET status='running', attempts=attempts+1, progress=NULL WHERE id="  # noqa: S608
                f"(SELECT id FROM jobs WHERE {some} ORDER BY kind<>?, id LIMIT 1) RETURNING *",
                (wanted, UPLOAD),
            ).fetchone()
        return _job(row) if row else None

    def report(self, job: int, progress: list[Any]) -> bool:
        """Note how far a job is; tell whether it shall stop, as one that has ended shall."""
        with self._ledger.write(lasting=False) as db:
            row = db.execute(
                "UPDATE jobs SET progress=? WHERE id=? AND status='running' RETURNING cancel",
                (json.dumps(progress, ensure_ascii=False), job),
            ).fetchone()
        return row is None or bool(row[0])

    def put_back(self, job: int) -> None:
        """Let a job wait again that was stopped with its process: it was no attempt."""
        with self._ledger.write() as db:
            db.execute(
                "UPDATE jobs SET status='queued', attempts=attempts-1, progress=NULL"
                " WHERE id=? AND status='running'",
                (job,),
            )

    def end(
        self,
        job: int,
        status: str,
        result: Mapping[str, Any] | None = None,
        message: str | None = None,
    ) -> None:
        """Note how a job ended: done, failed or cancelled. The oldest ended ones are forgotten.

        The `result` of one that failed is `{"problem": …}`.
        """
        with self._ledger.write() as db:
            db.execute(
                "UPDATE jobs SET status=?, result=?, message=?, progress=NULL, ended_at=?"
                " WHERE id=?",
                (status, json.dumps(result, ensure_ascii=False), message, _now(), job),
            )
            _forget_old(db)

    def cancel(self, job: int, message: str | None = None) -> None:
        """Ask that a job stops: one that waits at once, one that runs after its next step."""
        self.cancel_all([job], message)

    def cancel_all(self, jobs: Sequence[int], message: str | None = None) -> list[Job]:
        """Ask that jobs stop, as `cancel` does; return those that ended at once."""
        with self._ledger.write() as db:
            rows = db.execute(
                "UPDATE jobs SET cancel=1, status=iif(status='queued', 'cancelled', status),"
                " ended_at=iif(status='queued', ?, ended_at),"
                " message=iif(status='queued', ?, message)"
                " WHERE id IN (SELECT value FROM json_each(?)) AND status IN ('queued', 'running')"
                " RETURNING *",
                (_now(), message, json.dumps(list(jobs))),
            ).fetchall()
        return [job for job in map(_job, rows) if job.ended]

    def withdraw(self, documents: Sequence[str], message: str) -> None:
        """End the jobs of uploads that wait to read these documents."""
        with self._ledger.write() as db:
            db.execute(
                "UPDATE jobs SET status='cancelled', ended_at=?, message=? WHERE status='queued'"
                " AND kind=? AND json_extract(arguments, '$.document') IN"
                " (SELECT value FROM json_each(?))",
                (_now(), message, UPLOAD, json.dumps(list(documents))),
            )
            _forget_old(db)


def _forget_old(db: sqlite3.Connection) -> None:
    db.execute(
        "DELETE FROM jobs AS old WHERE ended_at IS NOT NULL AND id NOT IN (SELECT id"
        " FROM jobs WHERE ended_at IS NOT NULL AND kind=old.kind ORDER BY id DESC LIMIT ?)",
        (_KEPT,),
    )


def _job(row: sqlite3.Row) -> Job:
    values = dict(row)
    for name in ("arguments", "progress", "result"):
        values[name] = json.loads(values[name]) if values[name] else None
    if values["status"] == "failed":  # the column holds what it ended with, of either kind
        values |= {"result": None, "problem": (values["result"] or {}).get("problem")}
    return Job(**{**values, "cancel": bool(values["cancel"])})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
