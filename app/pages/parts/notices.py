"""What to know before asking: an empty library, missing models, where answers are written."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from app.texts import Words
from app.web import Shared, label


def chat_notices(
    shared: Shared, words: Words, documents: Page | None, *, welcome: bool = False
) -> bool:
    """Say what hinders answers, and what to do about it; tell whether the library can be asked.

    Where one is to be made `welcome` nothing is said of an empty one: the page does that.
    """
    answerable = _library_notice(shared, words, documents, welcome=welcome)
    if answerable or shared.warmup.problem is not None:
        _models_notice(shared, words)
    return answerable


def _library_notice(shared: Shared, words: Words, documents: Page | None, *, welcome: bool) -> bool:
    """Say what to do about an empty or outdated library; tell whether it can be asked."""
    rows = shared.kb.documents()
    if outdated := shared.kb.outdated():
        st.warning(words("outdated", n=outdated), icon=":material/update:")
    if any(row.chunks for row in rows):
        return True
    if welcome:
        return False
    with st.container(border=True):
        if shared.worker.busy:
            st.markdown(words("not_ready"))
        else:
            st.subheader(words("empty_title"), anchor=False)
            st.markdown(words("empty_hint"))
        if documents is not None:
            st.page_link(documents, label=words("to_documents"))
    return False


def place_notice(shared: Shared, words: Words) -> None:
    """Say where answers are written, and so where questions and passages go."""
    place = shared.kb.settings.endpoint
    if place is None:
        st.caption(words("on_this_machine"))
    elif place.local:
        st.caption(words("on_this_machine_server", url=label(place.url)))
    else:
        st.warning(words("leaves_machine", host=label(place.host)), icon=":material/public:")
        if not place.encrypted:
            st.warning(words("not_encrypted"), icon=":material/lock_open:")


def _models_notice(shared: Shared, words: Words) -> None:
    """Say that the models are being loaded, or why they could not be."""
    if shared.warmup.loading:

        @st.fragment(run_every=1.0)
        def loading() -> None:
            if not shared.warmup.loading:
                st.rerun()
            st.status(words("models_loading"))

        loading()
    elif (problem := shared.warmup.problem) is not None:
        why = label(words.problem(problem))
        st.error(words("models_failed", problem=why), icon=":material/error:")
        st.button(words("retry"), on_click=shared.warmup.start)
