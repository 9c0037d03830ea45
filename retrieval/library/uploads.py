"""Uploads: documents with a job each, both changed in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from retrieval.errors import LibraryError
from retrieval.ledger import Ledger
from retrieval.library.jobs import INGEST, UPLOAD, Job, Jobs
from retrieval.library.library import Library
from retrieval.library.records import Record, Source

STOPPED = "it was stopped before it was read; retry it"
LEFT = "it was stopped before it was read; `kb ingest` goes on with it"
REMOVED = "the document was removed"


class Uploads:
    """What is uploaded and waits in the queue of jobs; every public method is one transaction."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._library = Library(ledger)
        self._jobs = Jobs(ledger)

    def put(self, source: Source, path: str, sha256: str, size: int) -> str:
        """Note that bytes wait to be read, leave a job for them, and return the document's id.

        A job that reads other bytes of the document sees that they are not wanted any more.
        """
        with self._ledger.write():
            document = self._library.stage(source, path, sha256, size)
            self._ask(document, path, source.collection)
        return document

    def again(self, record: Record) -> int:
        """Leave a job that reads a document once more, from the bytes the library has of it.

        Raises LibraryError when it has none.
        """
        if record.sha256 is None:
            raise LibraryError(
                f"the library has no bytes of {record.path!r}; add the file again",
                "no-bytes",
                path=record.path,
            )
        with self._ledger.write() as db:
            db.execute(
                "UPDATE documents SET staged=coalesce(staged, ?), status='queued', reason=NULL,"
                " staged_size=coalesce(staged_size, ?), message=NULL, attempts=0 WHERE id=?",
                (record.sha256, record.bytes, record.document),
            )
            return self._ask(record.document, record.path, record.collection)

    def remove(self, documents: Sequence[str]) -> None:
        """Take documents out of the library, and the jobs that wait for them out of the queue."""
        with self._ledger.write():
            self._library.remove(documents)
            self._jobs.withdraw(documents, REMOVED)

    def cancel(self, job: int) -> Job:
        """Ask that a job of any kind stops; return it. Raises LibraryError if there is none."""
        with self._ledger.write():
            self.cancel_all([job])
            return self._jobs.get(job)

    def cancel_all(self, jobs: Sequence[int]) -> None:
        """Ask that these jobs stop; those that have ended, or are forgotten, are left alone."""
        with self._ledger.write():
            self._give_up(self._jobs.cancel_all(jobs), "stopped", STOPPED)

    def end(
        self, job: Job, status: str, result: Mapping[str, Any] | None = None, message: str = ""
    ) -> None:
        """End a job that was stopped or failed, and note that in the documents that still wait.

        At once: who sees that the job has ended sees what became of its documents.
        """
        with self._ledger.write():
            self._jobs.end(job.id, status, result, message)
            self.leave()
            self._give_up([job], "stopped", STOPPED)

    def leave(self) -> None:
        """Note that documents of folders were stopped which wait, and no job will read them."""
        with self._ledger.write() as db:
            if not self._jobs.open(INGEST):
                db.execute(
                    "UPDATE documents SET status=iif(version IS NULL, 'failed', 'ready'),"
                    " reason='stopped', message=? WHERE status='queued' AND source IN"
                    " (SELECT id FROM sources WHERE kind<>'upload')",
                    (LEFT,),
                )

    def give_up(self, job: Job, reason: str, message: str) -> None:
        """Note why the job of an upload left its document unread, if no other job reads it."""
        with self._ledger.write():
            self._give_up([job], reason, message)

    def _give_up(self, jobs: Sequence[Job], reason: str, message: str) -> None:
        left = {job.id: job.arguments["document"] for job in jobs if job.kind == UPLOAD}
        if not left:
            return
        read = {j.arguments["document"] for j in self._jobs.open(UPLOAD) if j.id not in left}
        for document in set(left.values()) - read:
            record = self._library.get(document)
            if record and record.staged:
                self._library.give_up(record, reason, message)

    def recover(self) -> None:
        """Put back what an owner that died had in hand; for the new owner.

        Uploads that wait without a job, as those of an older release, get one.
        """
        with self._ledger.write():
            for job in self._jobs.recover():
                if job.status == "cancelled":
                    self.give_up(job, "stopped", STOPPED)
                else:
                    self.give_up(job, "crashed", job.message or "given up")
            self._library.recover()
            uploads = {s.id for s in self._library.sources() if s.kind == "upload"}
            having = {job.arguments["document"] for job in self._jobs.open(UPLOAD)}
            for r in self._library.records():
                if r.source in uploads and r.staged and not r.reason and r.document not in having:
                    self._ask(r.document, r.path, r.collection)
            self.leave()

    def _ask(self, document: str, path: str, collection: str) -> int:
        return self._jobs.ask(
            UPLOAD, {"document": document, "path": path, "collection": collection}
        )
