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
        small = f":gray[:small[{job_state(job, words)}]]"
        about.markdown(f"{words('job', what=job_subject(job, words))}  \n{small}")
        button.button(
            words("job_stop"),
            key=f"stop-{job.id}",
            width="stretch",
            disabled=job.cancel,
            on_click=_cancel,
            args=([job.id], shared),
        )


def _in_work(uploads: Sequence[Job], words: Words) -> list[str]:
    """Return how far the upload is that is being read; nothing while all wait."""
    return [job_state(job, words) for job in uploads if job.progress and not job.cancel][:1]


def _cancel(jobs: Sequence[int], shared: Shared) -> None:
    shared.kb.cancel_all(jobs)
