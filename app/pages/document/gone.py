"""A document that is not there: what is said, and having back one that was deleted just now."""

from __future__ import annotations

import streamlit as st

from app.control_characters import line
from app.pages.documents.actions import tell
from app.texts import Words
from app.web import Shared, label

_THROWN = "document-thrown"  # the id and the name of the one that was deleted on its page


def throw(shared: Shared, document: str, name: str) -> None:
    """Delete a document so that it can be had back; called before the page is drawn."""
    if shared.kb.shelf.throw([document]):
        st.session_state[_THROWN] = (document, line(name))
        shared.keeper.wake()


def draw_gone(shared: Shared, words: Words) -> None:
    """Say that there is no such document; offer to undo, if it was deleted on this page."""
    document, name = st.session_state.get(_THROWN, ("", ""))
    if not document or document != st.query_params.get("doc"):
        st.info(words("document_unknown"), icon=":material/info:")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words("document_deleted", name=label(name)), width="content")
        st.button(
            words("act_undo"),
            key="document-undo",
            icon=":material/undo:",
            on_click=_undo,
            args=(shared, document),
        )


def _undo(shared: Shared, document: str) -> None:
    st.session_state.pop(_THROWN, None)
    back = shared.kb.shelf.restore([document])
    shared.keeper.wake()
    shared.worker.wake()
    if back:
        tell("restored", len(back))
