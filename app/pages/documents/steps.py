"""How far the reading of documents is, as the jobs in the ledger say."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.library import INGEST, Entry, Job

Step = tuple[str, int, int]  # reading or embedding, done and total; 0 of 0: not known


def progress_of(
    entry: Entry, job: Job | None, folder: tuple[str, str | None, Step] | None
) -> Step | None:
    """Return how far the reading of a document is; `folder` is what `ingest_step` returns."""
    if job is not None:
        return _step_of(job)
    if folder is None or entry.status not in ("reading", "embedding"):
        return None
    path, collection, step = folder
    return step if path == entry.path and collection in (None, entry.collection) else None


def ingest_step(jobs: Sequence[Job]) -> tuple[str, str | None, Step] | None:
    """Return the file that a running job of folders has in hand, its collection, and how far."""
    for job in jobs:
        if job.kind == INGEST and job.status == "running" and (step := _step_of(job)):
            every = not job.arguments["paths"]
            return (
                str((job.progress or [""])[0]),
                None if every else job.arguments["collection"],
                step,
            )
    return None


def _step_of(job: Job) -> Step | None:
    if not job.progress:
        return None
    _, name, done, total = job.progress
    return str(name), int(done), int(total)
