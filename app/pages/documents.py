"""The Documents page: files in, how far they are, files out."""

from __future__ import annotations

import logging

import streamlit as st

from app.pages.choosing import choose_one
from app.pages.health import health_line
from app.pages.jobs import in_hand, work_in_hand
from app.pages.listing import listing, unsettled
from app.pages.notices import place_notice
from app.rendering import label
from app.state import Shared
from app.texts import Words
from ingest.errors import ReadError
from retrieval.errors import DiskFullError

log = logging.getLogger(__name__)

_WIDTHS = (9, 4)  # the uploader, where its files go
_BUSY, _IDLE = 1.0, 5.0  # seconds between two looks: at work in hand, for work of other processes


def show(shared: Shared, words: Words) -> None:
    """Draw the page."""
    st.title(words("documents"), anchor=False)
    _upload(shared, words)
    if outdated := shared.kb.outdated():
        st.warning(words("outdated", n=outdated), icon=":material/update:")
    busy = shared.worker.busy or bool(in_hand(shared.kb.jobs()))
    # What needs attention comes first, or it would be lost on a later page; the order stays while
    # the list is drawn again and again, so that no row moves away under the mouse.
    first = unsettled(shared.kb.documents())

    @st.fragment(run_every=_BUSY if busy else _IDLE)
    def progress() -> None:
        jobs = shared.kb.jobs()
        working = bool(in_hand(jobs))
        if busy != (shared.worker.busy or working):
            st.rerun()  # draws the page once more with the other timer
        with st.container():  # always there, so that what is below keeps its place in the tree
            work_in_hand(shared, words, jobs)
        listing(shared, words, first, working)
        health_line(shared, words)
        place_notice(shared, words)

    progress()


def _upload(shared: Shared, words: Words) -> None:
    """Take files in; each upload gets a new uploader, or it would come again at every rerun."""
    if shared.kb.read_only:
        st.info(words("read_only"), icon=":material/lock:")
        return
    state = st.session_state
    batch = state.setdefault("batch", 0)
    place, choice = st.columns(_WIDTHS)
    with choice:
        collection = choose_one(shared, words)
    files = place.file_uploader(
        words("upload"),
        accept_multiple_files=True,
        max_upload_size=shared.kb.settings.max_file_mb,
        disabled=collection is None,
        key=f"files-{batch}",
    )
    if files and collection:
        state["refused"] = []
        for file in files:
            try:
                shared.worker.submit(shared.kb.upload(file.name, file.getvalue(), collection))
            except ReadError as error:
                state["refused"].append((file.name, error.reason))
            except (OSError, DiskFullError):
                log.exception("the upload %r could not be stored", file.name)
                state["refused"].append((file.name, "disk"))
        if state.get("collection-shown") != collection:
            state["collection-shown"] = ""  # all, or the new files would not be seen
        state["batch"] = batch + 1
        st.rerun()
    for name, reason in state.get("refused", []):
        why = words(f"reason_{reason}")
        st.error(words("refused", name=label(name), reason=why), icon=":material/error:")
