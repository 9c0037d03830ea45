"""How a document is: ready, being read, locked, or found by an older version."""

from __future__ import annotations

import streamlit as st

from app.library import Inspected, state_of
from app.pages.documents.actions import told
from app.pages.documents.cells import day
from app.pages.documents.rows import LOCKED
from app.pages.documents.states import entry_state, readers
from app.pages.documents.steps import ingest_step, progress_of
from app.texts import TEXTS, Words
from app.web import Shared, label
from ingest.errors import WRONG_PASSWORD
from retrieval.library import Job

_BUSY = 1.0  # seconds between two looks


def draw_state(shared: Shared, words: Words, found: Inspected) -> None:
    """Draw the state in words, anew while it changes, and what was done just now."""
    busy = _state(found, shared)[0] == "work"

    @st.fragment(run_every=_BUSY if busy else None)
    def state() -> None:
        now = shared.kb.inspector.look(found.row.document) if busy else found
        if now is None or (busy and _state(now, shared)[0] != "work"):
            st.rerun()  # draws the whole page with what was read
        with st.container():
            _draw(shared, words, now)

    state()
    with st.container():
        if (last := told(words)) is not None:
            (st.error if last["wrong"] else st.info)(label(last["text"]))


def _state(found: Inspected, shared: Shared) -> tuple[str, Job | None]:
    reading = readers(shared.kb.jobs())
    return state_of(found.entry, reading), reading.get(found.entry.document)


def _draw(shared: Shared, words: Words, found: Inspected) -> None:
    entry, jobs = found.entry, shared.kb.jobs()
    job = readers(jobs).get(entry.document)
    kind = state_of(entry, readers(jobs))
    step = progress_of(entry, job, ingest_step(jobs))
    working = any(not one.ended for one in jobs)
    said = label(entry_state(entry, job, step, shared.worker.problem, words, working=working))
    if kind == "work":
        share = step[1] / step[2] if step and step[2] else 0.0
        st.progress(min(1.0, share), said)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(words("older_meanwhile" if entry.visible else "not_read_yet"))
            if job is not None and not shared.kb.read_only:
                st.button(
                    words("job_stop"),
                    key="document-stop",
                    disabled=job.cancel,
                    on_click=shared.kb.cancel_all,
                    args=([job.id],),
                )
    elif kind == "trouble" and entry.visible:
        text = words("older_found", reason=_why(found, words), day=day(entry.ingested_at))
        st.warning(text, icon=":material/history:")
    elif kind == "trouble":
        st.error(said, icon=":material/error:")
        if entry.reason != LOCKED:
            st.caption(words("nothing_read"))


def _why(found: Inspected, words: Words) -> str:
    key = f"reason_{found.entry.reason}"
    if found.entry.message == WRONG_PASSWORD:
        key = "wrong_password"
    said = words(key) if key in TEXTS else found.entry.message or ""
    return label(said[:1].upper() + said[1:])
