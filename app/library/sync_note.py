"""What became of a source that was looked through, noted in the ledger."""

from __future__ import annotations

from datetime import UTC, datetime

from app.results import IngestReport
from ingest.errors import ReadError
from retrieval.library import Library, Sync


class SyncNote:
    """Counts what an ingestion does from now on, and notes it of one source."""

    def __init__(self, library: Library, source: int, report: IngestReport) -> None:
        self._library = library
        self._source = source
        self._report = report
        self._before = _counts(report)

    def note(self, problem: str | None = None) -> None:
        """Note what was done since; `problem` is why the source could not be looked through."""
        counts = zip(_counts(self._report), self._before, strict=True)
        added, updated, removed, failed = (now - before for now, before in counts)
        self._library.note_sync(
            Sync(self._source, _now(), added, updated, removed, failed, problem)
        )


def unreachable(library: Library, source: int) -> ReadError:
    """Note that nothing is where a source was, and return the error that says so."""
    error = ReadError("vanished", "the source cannot be reached; nothing of it was removed")
    library.note_sync(Sync(source, _now(), 0, 0, 0, 0, str(error)))
    return error


def _counts(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.removed, len(report.failed)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
