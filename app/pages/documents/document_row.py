"""One document in the list: its name, its state, and how it is stopped, retried or deleted."""

from __future__ import annotations

import streamlit as st

from app.pages.documents.delete_button import ask_to_delete
from app.pages.documents.password_field import LOCKED, ask_for_password
from app.pages.documents.states import document_state
from app.pages.parts.places import recognised, unit_key
from app.results import DocumentRow
from app.service import DEFAULT_COLLECTION
from app.texts import Words
from app.web import Shared, label
from retrieval.library import Job, shown

_WIDTHS = (14, 10, 1.5, 1.5)  # name, state, stop or retry, delete
_TOLD = 8  # warnings that are shown; `kb show` has all
# Reasons of several causes, of which the message names the one.
_DETAILED = ("damaged", "needs-ocr", "not-text", "too-large", "vanished")


def draw_row(
    row: DocumentRow,
    job: Job | None,
    shared: Shared,
    words: Words,
    working: bool,
) -> None:
    """Draw a document; `job` reads it as an upload, `working` tells of any job at all.

    What was left out or replaced when it was read unfolds at a sign.
    """
    name, state, act, delete = st.columns(_WIDTHS, vertical_alignment="center")
    title = row.title if row.title and row.title not in row.path else ""
    numbers = ((f"{unit_key(row.unit)}s", row.pages), ("chunks", row.chunks))
    counts = [words(key, n=n) for key, n in numbers if n]
    home = row.collection if row.collection != DEFAULT_COLLECTION else ""
    small = label(
        " · ".join(filter(None, (home, title, *counts, recognised(row.confidence, words))))
    )
    head = f"**{label(shown(row.path))}**" + (f"  \n:gray[:small[{small}]]" if small else "")
    name.markdown(head)
    detail = _detail(row, words) if job is None else None
    state.markdown(document_state(row, job, shared.worker.problem, words, working), help=detail)
    if shared.kb.read_only:
        return
    if job is not None:
        act.button(
            "",
            key=f"stop-{job.id}",
            icon=":material/stop_circle:",
            help=words("job_stop"),
            type="tertiary",
            disabled=job.cancel,
            on_click=_stop,
            args=(job.id, shared),
        )
    elif row.error and row.error.startswith(LOCKED):
        ask_for_password(act, row, shared, words)
    elif row.error:
        act.button(
            "",
            key=f"again-{row.document}",
            icon=":material/refresh:",
            help=words("job_retry"),
            type="tertiary",
            on_click=_again,
            args=(row, shared, words),
        )
    ask_to_delete(delete, row, shared, words)


def _detail(row: DocumentRow, words: Words) -> str | None:
    """Return what unfolds at the sign beside a state: what went wrong, or was left out."""
    reason, _, more = (row.error or "").partition(": ")
    if reason in _DETAILED:
        return label(more)
    told = "\n".join(f"- {label(line)}" for line in row.warnings[:_TOLD])
    return f"{words('warnings')}\n{told}" if told else None


def _stop(job: int, shared: Shared) -> None:
    shared.kb.cancel(job)


def _again(row: DocumentRow, shared: Shared, words: Words) -> None:
    if any(there.document == row.document for there in shared.kb.documents()):
        shared.kb.read_again(row.document)
        shared.worker.wake()
        st.toast(words("again", name=label(shown(row.path))), icon=":material/refresh:")
