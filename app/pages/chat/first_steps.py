"""What to do with an empty library, and how far the first documents are."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from app.library import samples
from app.pages.dropping.place import draw_drop
from app.service import DEFAULT_COLLECTION
from app.texts import Words
from app.web import Shared

_LOOK = 1.0  # seconds between two looks at how far they are


def draw_first_steps(shared: Shared, words: Words, document: Page | None = None) -> None:
    """Draw the place for files, three steps, and the offer of the sample documents.

    `document` is the page of a document, None where there is none.
    """
    if shared.kb.read_only:
        st.info(words("empty_read_only"), icon=":material/lock:")
        return
    st.subheader(words("empty_title"), anchor=False)
    draw_drop(shared, words, DEFAULT_COLLECTION, key="first-place", document=document)
    draw_progress(shared, words)
    st.markdown(words("steps"))
    folder = samples()
    if folder is None or shared.worker.busy or shared.kb.documents():
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words("no_files_yet"), width="content")
        count = sum(file.is_file() for file in folder.rglob("*"))
        st.button(
            words("try_samples"),
            key="try-samples",
            icon=":material/library_books:",
            help=words("try_samples_help", n=count),
            on_click=_add_samples,
            args=(shared,),
        )


def draw_progress(shared: Shared, words: Words) -> None:
    """Draw how far the documents are, while they are read; the page follows when one is ready."""
    with st.container():  # always there, so that what is below keeps its place in the tree
        if not shared.worker.busy:
            failed = [row for row in shared.kb.documents() if row.error]
            if failed and len(failed) == len(shared.kb.documents()):
                st.warning(words("none_readable", n=len(failed)), icon=":material/error:")
            return
        answerable = any(row.chunks for row in shared.kb.documents())

        @st.fragment(run_every=_LOOK)
        def progress() -> None:
            rows = shared.kb.documents()
            ready = any(row.chunks for row in rows)
            if not shared.worker.busy or ready != answerable:
                st.rerun()
            done = sum(row.status in ("ready", "failed") for row in rows)
            told = words("reading_progress", n=done, total=len(rows))
            st.progress(
                done / len(rows) if rows else 0.0, told if rows else words("reading_begins")
            )

        progress()


def _add_samples(shared: Shared) -> None:
    if (folder := samples()) is not None:
        shared.kb.shelf.folders.add(str(folder))
        shared.worker.wake()
