"""What a job was to do is asked for again."""

from __future__ import annotations

from retrieval.errors import LibraryError
from retrieval.library import UPLOAD, Job, Jobs, Library, Uploads


def retry(jobs: Jobs, uploads: Uploads, library: Library, number: int, *, yes: bool) -> Job:
    """Leave a new job for what one that failed or was stopped was to do, and return it.

    With `yes` also for what a job that is done held back from, as it would have emptied a source.
    Raises LibraryError when there is none of this number, or nothing to do again.
    """
    old = jobs.get(number)
    if old.status not in ("failed", "cancelled") and not (yes and old.status == "done"):
        raise LibraryError(f"job {number} is {old.status}; retry one that failed or was stopped")
    if old.kind == UPLOAD:
        record = library.get(old.arguments["document"])
        if record is None:
            raise LibraryError(f"the document of job {number} was removed; add the file again")
        return jobs.get(uploads.again(record))
    arguments = {**old.arguments, "yes": yes or old.arguments.get("yes", False)}
    return jobs.get(jobs.ask(old.kind, arguments))
