"""The Documents page: files in, how far they are, files out."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from app.pages.documents.download import download
from app.pages.documents.folders import folders
from app.pages.documents.health import health_line
from app.pages.documents.jobs import in_hand, work_in_hand
from app.pages.documents.listing import listing, unsettled
from app.pages.documents.password_field import ask_for_password
from app.pages.documents.trash import recently_deleted
from app.pages.documents.uploading import upload
from app.pages.parts.notices import place_notice
from app.texts import Words
from app.web import Shared

# Room for the table; what it clicks itself is not seen.
_ROOM = """<style>
.st-key-documents-save { display: none; }
/* At the end of the line of tabs, so that no row moves away when something is deleted. */
.st-key-trash { position: relative; height: 0; min-height: 0; margin-bottom: -1rem; }
.st-key-recently-deleted { position: absolute; right: 0; bottom: 1.5rem; width: auto; }
[data-testid="stMainBlockContainer"] { padding-left: 2rem; padding-right: 2rem; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding-left: 1rem; padding-right: 1rem; }
}
</style>"""
_BUSY, _IDLE = 1.0, 5.0  # seconds between two looks: at work in hand, for work of other processes


def show_documents(shared: Shared, words: Words, document: Page | None = None) -> None:
    """Draw the page; `document` is the one on which a document is opened, if there is one."""
    st.set_page_config(layout="wide")
    st.html(_ROOM)
    st.title(words("documents"), anchor=False)
    # What is told of files comes and goes: in a container, so that what is below keeps its place
    # in the tree, and the field one types in is not made anew.
    with st.container():
        upload(shared, words, document)
        if outdated := shared.kb.outdated():
            st.warning(words("outdated", n=outdated), icon=":material/update:")
    known = shared.kb.jobs()
    busy = bool(in_hand(known))
    # What needs attention comes first, or it would be lost on a later page; the order stays while
    # the list is drawn again and again, so that no row moves away under the mouse.
    first = unsettled(shared.kb.shelf.entries(), known)
    documents, places = st.tabs([words("documents"), words("folders")])

    @st.fragment(run_every=_BUSY if busy else _IDLE)
    def progress() -> None:
        jobs = shared.kb.jobs()
        if busy != bool(in_hand(jobs)):
            st.rerun()  # draws the page once more with the other timer
        with st.container():  # always there, so that what is below keeps its place in the tree
            work_in_hand(shared, words, jobs)
        with st.container():
            ask_for_password(shared, words)
            download(shared, words)
        with st.container(key="trash"):
            recently_deleted(shared, words)
        with st.container():
            listing(shared, words, first, jobs, document)
        health_line(shared, words)
        place_notice(shared, words)

    @st.fragment(run_every=_BUSY if busy else _IDLE)
    def mirrored() -> None:
        folders(shared, words)

    with documents:
        progress()
    with places:
        mirrored()
