"""The jobs in hand, each with how far it is and a way to stop it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.states import job_state, job_subject
from app.rendering import label
from app.state import Shared
from app.texts import Words
from retrieval.jobs import Job

_WIDTHS = (11, 2)  # what is done, and the button


def in_hand(jobs: Sequence[Job]) -> list[Job]:
    """Return the jobs that wait or run, for this process or another; the oldest first."""
    return sorted((job for job in jobs if not job.ended), key=lambda job: job.id)


def work_in_hand(shared: Shared, words: Words, jobs: Sequence[Job]) -> None:
    """Draw the jobs that wait or run, what went wrong, and whether another process is at work."""
    _ended(jobs, words)
    if not shared.kb.owner.held and (process := shared.kb.owner.holder()) is not None:
        st.caption(words("other_owner", process=process))
    for job in in_hand(jobs):
        about, button = st.columns(_WIDTHS, vertical_alignment="center")
        small = f":gray[:small[{job_state(job, words)}]]"
        about.markdown(f"{words('job', what=job_subject(job, words))}  \n{small}")
        button.button(
            words("job_stop"),
            key=f"stop-{job.id}",
            width="stretch",
            disabled=job.cancel,
            on_click=_cancel,
            args=(job.id, shared),
        )


def _cancel(job: int, shared: Shared) -> None:
    shared.kb.cancel(job)


def _ended(jobs: Sequence[Job], words: Words) -> None:
    """Say which jobs failed or were stopped since the first look, until that is dismissed."""
    ended = {job.id: job for job in jobs if job.ended}
    told: set[int] = st.session_state.setdefault("jobs-told", set(ended))
    for number in sorted(ended.keys() - told):
        job = ended[number]
        if job.status == "done":
            continue
        line, button = st.columns(_WIDTHS, vertical_alignment="center")
        what = job_subject(job, words)
        if job.status == "failed":
            problem = label(job.message or words("unexpected"))
            line.error(words("job_failed", what=what, problem=problem), icon=":material/error:")
        else:
            line.info(words("job_cancelled", what=what), icon=":material/block:")
        button.button(
            words("dismiss"),
            key=f"told-{number}",
            width="stretch",
            on_click=told.add,
            args=(number,),
        )
