"""What is being done with a document or a job, in words."""

from __future__ import annotations

from pathlib import Path

from app.rendering import label
from app.results import DocumentRow
from app.service import DEFAULT_COLLECTION
from app.texts import TEXTS, Words
from app.worker import Worker
from retrieval.jobs import Job

_NAMED = 3  # paths of a job that are named


def document_state(row: DocumentRow, worker: Worker, words: Words, working: bool) -> str:
    """Return what is being done with a document, or what came of it, as Markdown.

    A document of a folder that waits while no job is `working` was left by one that was stopped.
    """
    if step := worker.step(row.document):
        if step.name == "blocked":
            return f":small[{words('blocked', problem=label(step.problem))}]"
        return _step(step.name, step.done, step.total, words)
    if worker.trouble(row.document) is not None:
        return _wrong(words("failed", reason=words("unexpected")))
    if row.error:
        reason, _, message = row.error.partition(": ")
        key = f"reason_{reason}"
        why = words(key) if key in TEXTS else label(message)
        return _wrong(words("stale" if row.chunks else "failed", reason=why))
    if row.status == "queued" and not working:
        return f":small[{words('left')}]"
    return words(row.status)


def job_subject(job: Job, words: Words) -> str:
    """Return the names of a job's folders and files, and its collection unless that is usual."""
    paths = [Path(path) for path in job.arguments.get("paths", [])]
    if not paths:
        return words("every_source")
    names = label(", ".join(path.name or str(path) for path in paths[:_NAMED]))
    if len(paths) > _NAMED:
        names += "…"
    collection = job.arguments.get("collection", DEFAULT_COLLECTION)
    return names if collection == DEFAULT_COLLECTION else f"{names} · {label(collection)}"


def job_state(job: Job, words: Words) -> str:
    """Return how far a job is: the file in hand and what is done with it."""
    if job.cancel:
        return words("job_stopping")
    if job.status == "queued":
        return words("queued")
    if not job.progress:
        return words("job_looking")
    path, name, done, total = job.progress
    return f"{label(path)} · {_step(name, done, total, words)}"


def _step(name: str, done: int, total: int, words: Words) -> str:
    key = "embedding_share" if name == "embedding" and total else name
    return words(key, done=done, total=total)


def _wrong(text: str) -> str:
    return f":small[:red[{text}]]"
