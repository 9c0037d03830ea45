"""The Documents page: files in, how far they are, files out."""

from __future__ import annotations

import logging

import streamlit as st

from app.pages.listing import listing, unsettled
from app.rendering import label
from app.state import Shared
from app.texts import Words
from ingest.errors import ReadError

log = logging.getLogger(__name__)


def show(shared: Shared, words: Words) -> None:
    """Draw the page."""
    st.title(words("documents"), anchor=False)
    _upload(shared, words)
    if outdated := shared.kb.outdated():
        st.warning(words("outdated", n=outdated), icon=":material/update:")
    busy = shared.worker.busy
    # What needs attention comes first, or it would be lost on a later page; the order stays while
    # the list is drawn again and again, so that no row moves away under the mouse.
    first = unsettled(shared.kb.documents())

    @st.fragment(run_every=1.0 if busy else None)
    def progress() -> None:
        if busy and not shared.worker.busy:
            st.rerun()  # draws the page once more without the timer
        listing(shared, words, first)

    progress()


def _upload(shared: Shared, words: Words) -> None:
    """Take files in; each upload gets a new uploader, or it would come again at every rerun."""
    state = st.session_state
    batch = state.setdefault("batch", 0)
    files = st.file_uploader(
        words("upload"),
        accept_multiple_files=True,
        max_upload_size=shared.kb.settings.max_file_mb,
        key=f"files-{batch}",
    )
    if files:
        state["refused"] = []
        for file in files:
            try:
                shared.worker.submit(shared.kb.upload(file.name, file.getvalue()))
            except ReadError as error:
                state["refused"].append((file.name, error.reason))
            except OSError:
                log.exception("the upload %r could not be stored", file.name)
                state["refused"].append((file.name, "disk"))
        state["batch"] = batch + 1
        st.rerun()
    for name, reason in state.get("refused", []):
        why = words(f"reason_{reason}")
        st.error(words("refused", name=label(name), reason=why), icon=":material/error:")
