"""The jobs in hand, each with how far it is and a way to stop it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.documents.ended_jobs import ended_jobs
from app.pages.documents.states import job_state, job_subject, readers
from app.texts import Words
from app.web import Shared
from retrieval.library import INGEST, Job

_WIDTHS = (11, 2)  # what is done, and the button


def in_hand(jobs: Sequence[Job]) -> list[Job]:
    """Return the jobs that wait or run, for this process or another; the oldest first."""
    return sorted((job for job in jobs if not job.ended), key=lambda job: job.id)


def work_in_hand(shared: Shared, words: Words, jobs: Sequence[Job]) -> None:
    """Draw the jobs that wait or run, what went wrong, and whether another process is at work.

    An upload is shown at its document, and all of them in one line, if they are several.
    """
    ended_jobs(shared, words, jobs)
    if not shared.kb.owner.held and (process := shared.kb.owner.holder()) is not None:
        st.caption(words("other_owner", process=process))
    uploads = list(readers(jobs).values())
    if len(uploads) > 1:
        about, button = st.columns(_WIDTHS, vertical_alignment="center")
        small = "".join(f"  \n:gray[:small[{now}]]" for now in _in_work(uploads, words))
        about.markdown(words("uploads_in_hand", n=len(uploads)) + small)
        button.button(
            words("job_stop_all"),
            key="stop-uploads",
            width="stretch",
            disabled=all(job.cancel for job in uploads),
            on_click=_cancel,
            args=([job.id for job in uploads], shared),
        )
    for job in (job for job in in_hand(jobs) if job.kind == INGEST):
        about, button = st.columns(_WIDTHS, vertical_alignment="center")
        turn = _turn(job, shared, words)
        small = f":gray[:small[{turn}{job_state(job, words)}]]"
        about.markdown(f"{words('job', what=job_subject(job, words))}  \n{small}")
        button.button(
            words("job_stop"),
            key=f"stop-{job.id}",
            width="stretch",
            disabled=job.cancel,
            on_click=_cancel,
            args=([job.id], shared),
        )


def _turn(job: Job, shared: Shared, words: Words) -> str:
    """Return which of the documents of a job is read now, "" where it is not of some documents."""
    asked = job.arguments.get("documents", [])
    if len(asked) < 2 or not job.progress:
        return ""
    paths = {e.document: e.path for e in shared.kb.shelf.entries()}
    at = next((n for n, one in enumerate(asked, 1) if paths.get(one) == job.progress[0]), 0)
    return f"{words('job_turn', done=at, total=len(asked))} · " if at else ""


def _in_work(uploads: Sequence[Job], words: Words) -> list[str]:
    """Return how far the upload is that is being read; nothing while all wait."""
    return [job_state(job, words) for job in uploads if job.progress and not job.cancel][:1]


def _cancel(jobs: Sequence[int], shared: Shared) -> None:
    shared.kb.cancel_all(jobs)
