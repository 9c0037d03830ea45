"""What became of a source that was looked through, noted in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from app.results import IngestReport
from ingest.errors import ReadError
from retrieval.library import Library, Sync


@contextmanager
def noted(library: Library, source: int, report: IngestReport, *, really: bool) -> Iterator[None]:
    """Note what is done inside with a source, as its report tells, or why it is not looked through.

    Nothing is noted unless `really`.
    """
    before, problem = _counts(report), None
    try:
        yield
    except ReadError as error:
        problem = str(error)
        raise
    finally:
        if really:
            added, updated, removed, failed = (
                now - old for now, old in zip(_counts(report), before, strict=True)
            )
            library.note_sync(Sync(source, _now(), added, updated, removed, failed, problem))


def unreachable(library: Library, source: int) -> ReadError:
    """Note that nothing is where a source was, and return the error that says so."""
    error = ReadError(
        "vanished", "the source cannot be reached; nothing of it was removed", "folder-gone"
    )
    library.note_sync(Sync(source, _now(), 0, 0, 0, 0, str(error)))
    return error


def _counts(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.removed, len(report.failed)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
