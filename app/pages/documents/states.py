"""What is being done with a document or a job, in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from app.control_characters import line
from app.library import state_of
from app.pages.documents.steps import Step
from app.service import DEFAULT_COLLECTION
from app.texts import TEXTS, Words
from app.web import label
from ingest.errors import WRONG_PASSWORD
from retrieval.library import UPLOAD, Entry, Job

# Reasons of several causes, of which the message names the one.
DETAILED = ("damaged", "needs-ocr", "not-text", "too-large", "vanished")
_NAMED = 3  # paths of a job that are named


def entry_state(
    entry: Entry,
    job: Job | None,
    step: Step | None,
    problem: str | None,
    words: Words,
    *,
    working: bool,
) -> str:
    """Return what is being done with a document, or what came of it, in words.

    `job` is the one that reads it as an upload, `step` how far that or a folder's job is, `problem`
    what uploads wait for. A document of a folder that waits while no job is `working` was left by
    one that was stopped.
    """
    if job is not None and job.cancel:
        return words("job_stopping")
    if step is not None:
        return _step(*step, words)
    if job is not None and job.status == "queued" and problem:
        return words("blocked", problem=line(words.problem(problem)))
    if job is not None:
        return words("queued" if job.status == "queued" else "reading")
    if entry.reason:
        key = f"reason_{entry.reason}"
        if entry.message == WRONG_PASSWORD:
            key = "wrong_password"
        why = words(key) if key in TEXTS else line(entry.message or "")
        return words("stale" if entry.visible else "failed", reason=why)
    if entry.status == "queued" and not working:
        return words("left")
    if entry.status == "ready" and state_of(entry) == "warned":
        return words("ready_warned")
    return words(entry.status)


def cause_of(entry: Entry, words: Words) -> str:
    """Return which of several causes of its reason it was, "" where the reason says all."""
    try:
        told = json.loads(entry.detail or "{}")
        return words(f"detail_{told['detail']}", **told["values"])
    except (ValueError, KeyError, TypeError, IndexError):  # read by an earlier release
        return line(entry.message or "") if entry.reason in DETAILED else ""


def readers(jobs: Sequence[Job]) -> dict[str, Job]:
    """Return the jobs of uploads that wait or run, by the id of the document that each reads."""
    return {j.arguments["document"]: j for j in jobs if j.kind == UPLOAD and not j.ended}


def job_subject(job: Job, words: Words) -> str:
    """Return the names of a job's folders and files, and its collection unless that is usual."""
    if documents := job.arguments.get("documents"):
        return words("some_documents", n=len(documents))
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
    key = f"{name}_share" if total and f"{name}_share" in TEXTS else name
    return words(key, done=done, total=total)
