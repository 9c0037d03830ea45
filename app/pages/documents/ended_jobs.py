"""The jobs that failed, were stopped or held back, each with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.errors import EXPECTED, one_line
from app.library import problem_of
from app.pages.documents.actions import tell
from app.pages.documents.states import job_subject
from app.texts import Words
from app.web import Shared, label
from retrieval.library import INGEST, Job

_WIDTHS = (9, 2, 2)  # what went wrong, and two buttons
_EMPTIED = "emptied"  # the reason for which a job leaves a source as it was


def ended_jobs(shared: Shared, words: Words, jobs: Sequence[Job]) -> None:
    """Say which jobs failed, were stopped or held back, until that is dismissed or retried.

    Those that had ended at the first look are not told. Of uploads their documents tell it.
    """
    ended = {job.id: job for job in jobs if job.ended and job.kind == INGEST}
    told: set[int] = st.session_state.setdefault("jobs-told", set(ended))
    for number in sorted(ended.keys() - told):
        job = ended[number]
        what = job_subject(job, words)
        if job.status == "done":
            if emptied := _emptied(job):
                _held_back(shared, job, emptied, told, words)
            continue
        line, again, button = st.columns(_WIDTHS, vertical_alignment="center")
        if job.status == "failed":
            problem = label(words.problem(problem_of(job)))
            line.error(words("job_failed", what=what, problem=problem), icon=":material/error:")
        else:
            line.info(words("job_cancelled", what=what), icon=":material/block:")
        again.button(
            words("job_retry"),
            key=f"retry-{number}",
            width="stretch",
            on_click=_retry,
            args=(number, told, shared, words),
        )
        _dismiss(button, number, told, words)


def _held_back(shared: Shared, job: Job, roots: list[str], told: set[int], words: Words) -> None:
    """Say that most files of a folder have gone, and ask before their documents go too."""
    line, yes, button = st.columns(_WIDTHS, vertical_alignment="center")
    names = label(", ".join(Path(root).name or root for root in roots))
    line.warning(words("emptied", what=names), icon=":material/folder_off:")
    yes.button(
        words("emptied_yes"),
        key=f"yes-{job.id}",
        width="stretch",
        on_click=_retry,
        args=(job.id, told, shared, words),
        kwargs={"yes": True},
    )
    _dismiss(button, job.id, told, words)


def _emptied(job: Job) -> list[str]:
    """Return the sources that a job left as they were, as most of their files had gone."""
    failed = (job.result or {}).get("failed", [])
    return [entry["path"] for entry in failed if entry["reason"] == _EMPTIED]


def _retry(job: int, told: set[int], shared: Shared, words: Words, *, yes: bool = False) -> None:
    told.add(job)
    try:
        shared.kb.retry(job, yes=yes)
    except EXPECTED as error:  # a full disk
        tell(text=words.problem(one_line(error)), wrong=True)
    shared.worker.wake()


def _dismiss(place: DeltaGenerator, job: int, told: set[int], words: Words) -> None:
    place.button(
        words("dismiss"),
        key=f"told-{job}",
        width="stretch",
        on_click=told.add,
        args=(job,),
    )
