"""Files that are locked with a password, read in the process that was told it.

A password is never written down: it goes to the process that reads the file through a pipe, and is
forgotten with the command. So these files are read by the process that asks, also where another one
owns the library and does its jobs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.results import Failed, IngestReport, Warned
from ingest.errors import ReadError
from ingest.reasons import has_gaps
from retrieval.library import Library

if TYPE_CHECKING:
    from app.library.document_pipeline import DocumentPipeline
    from app.library.mirror import IngestProgress

# Asks for the password of the file with this path; "" leaves it locked.
AskPassword = Callable[[str], str]

_RUNS = 2  # vectors that are new may be swept by the owner before their document is published


def nobody(_path: str) -> str:
    """Know no password."""
    return ""


class Locked:
    """Reads what an ingestion found locked."""

    def __init__(self, library: Library, pipeline: DocumentPipeline) -> None:
        self._library = library
        self._pipeline = pipeline

    def open(
        self,
        report: IngestReport,
        passwords: Sequence[str],
        ask: AskPassword,
        progress: IngestProgress,
    ) -> None:
        """Try passwords, then those that somebody is asked for; correct the report.

        What opened one file is tried at the next, before anybody is asked.
        """
        known = list(passwords)
        for failed in [f for f in report.failed if f.reason == "encrypted" and f.document]:
            self._open(failed, known, ask, report, progress)
        counts = self._library.counts()
        report.documents, report.chunks = counts["documents"], counts["chunks"]

    def _open(
        self,
        failed: Failed,
        known: list[str],
        ask: AskPassword,
        report: IngestReport,
        progress: IngestProgress,
    ) -> None:
        tried = list(known)
        error: ReadError | None = ReadError("encrypted", failed.message)
        before = self._library.get(failed.document or "")
        if before is None:
            return
        while error is not None and error.reason == "encrypted":
            if not tried:
                if not (password := ask(failed.path)):
                    break
                tried = [password]
            error = self._read(before.document, tried, progress)
            if error is None and tried[0] not in known:
                known.insert(0, tried[0])
            tried = []
        report.failed.remove(failed)
        after = self._library.get(before.document)
        if error is not None:
            report.failed.append(Failed(failed.path, error.reason, str(error), failed.document))
        elif after is not None:
            name = "updated" if before.chunks else "added"
            setattr(report, name, getattr(report, name) + 1)
            if has_gaps(after.warnings):
                report.warned.append(Warned(after.path, list(after.warnings)))

    def _read(
        self, document: str, passwords: Sequence[str], progress: IngestProgress
    ) -> ReadError | None:
        for _ in range(_RUNS):
            record = self._library.get(document)
            if record is None or (record.status == "ready" and not record.error):
                break
            if error := self._pipeline.run(
                record, lambda *step, path=record.path: progress(path, *step), passwords
            ):
                return error
        return None
