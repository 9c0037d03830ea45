"""What a job was to do is asked for again."""

from __future__ import annotations

from pathlib import Path

from app.library.order import Order
from retrieval.errors import LibraryError
from retrieval.library import UPLOAD, Job, Jobs, Library, Record, Uploads


def order_of(library: Library, record: Record) -> Order | None:
    """Return what reads a document once more from its place; None for an upload, which has none."""
    source = next(s for s in library.sources() if s.id == record.source)
    if source.kind == "upload":
        return None
    place = Path(source.root)
    return Order((place if source.kind == "file" else place / record.path,), record.collection)


def require_owner(*, owned: bool) -> None:
    """Raise LibraryError unless this process owns the library: another one knows no password."""
    if not owned:
        raise LibraryError(
            "another process works on the library; try again when it has ended", "other-process"
        )


def retry(jobs: Jobs, uploads: Uploads, library: Library, number: int, *, yes: bool) -> Job:
    """Leave a new job for what one that failed or was stopped was to do, and return it.

    With `yes` also for what a job that is done held back from, as it would have emptied a source.
    Raises LibraryError when there is none of this number, or nothing to do again.
    """
    old = jobs.get(number)
    if old.status not in ("failed", "cancelled") and not (yes and old.status == "done"):
        raise LibraryError(
            f"job {number} is {old.status}; retry one that failed or was stopped", "not-to-retry"
        )
    if old.kind == UPLOAD:
        record = library.get(old.arguments["document"])
        if record is None:
            raise LibraryError(
                f"the document of job {number} was removed; add the file again", "retry-removed"
            )
        return jobs.get(uploads.again(record))
    arguments = {**old.arguments, "yes": yes or old.arguments.get("yes", False)}
    return jobs.get(jobs.ask(old.kind, arguments))
