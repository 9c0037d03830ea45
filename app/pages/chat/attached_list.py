"""The files that are attached to a question, each with how far it is."""

from __future__ import annotations

import streamlit as st

from app.pages.chat.attached import known
from app.pages.documents.states import entry_state, readers
from app.pages.documents.steps import ingest_step, progress_of
from app.texts import Words
from app.web import Shared, label
from retrieval.library import shown

_LOOK = 1.0  # seconds between two looks at how far they are


def draw_attached(shared: Shared, words: Words, waits: bool) -> None:
    """Draw the files with how far they are, looking again while one is being read."""

    drawn = False

    @st.fragment(run_every=_LOOK if waits else None)
    def files() -> None:
        nonlocal drawn
        now = known(shared, st.session_state.get("attached", []))
        # Not while the page is drawn: a question typed just now would be lost with that run.
        if drawn and waits and not now.waits:
            st.rerun()  # a question may wait for it
        drawn = True
        jobs = shared.kb.jobs()
        reading, working = readers(jobs), any(not job.ended for job in jobs)
        folder, problem = ingest_step(jobs), shared.worker.problem
        st.caption(words("attached"))
        for document, row in now.rows.items():
            job = reading.get(document)
            step = progress_of(row, job, folder)
            state = label(entry_state(row, job, step, problem, words, working=working))
            _draw_file(
                document, f"{label(shown(row.path))} · {state}", label(shown(row.path)), words
            )
        for document in now.gone:
            _draw_file(document, words("document_gone"), words("document_gone"), words)

    files()


def _draw_file(document: str, told: str, name: str, words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/description: {told}")
        st.button(
            "",
            key=f"detach-{document}",
            icon=":material/close:",
            type="tertiary",
            help=words("attached_remove", name=name),
            on_click=_detach,
            args=(document,),
        )


def _detach(document: str) -> None:
    ids: list[str] = st.session_state.get("attached", [])
    if document in ids:
        ids.remove(document)
