"""What was done a moment ago, told above the test questions, and undone where that can be."""

from __future__ import annotations

import streamlit as st

from app.texts import Words
from app.web import Shared
from retrieval.feedback import TestQuestion

_KEY = "quality-told"


def tell(text: str, deleted: TestQuestion | None = None) -> None:
    """Have the page say something when it is drawn next; a `deleted` question can be had back."""
    st.session_state[_KEY] = (text, deleted)


def draw_told(shared: Shared, words: Words) -> None:
    """Say what was done until something else is."""
    text, deleted = st.session_state.get(_KEY) or ("", None)
    if not text:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/info: {text}")
        if deleted is not None:
            st.button(
                words("undo"),
                icon=":material/undo:",
                key="question-undo",
                on_click=_undo,
                args=(deleted, shared),
            )


def _undo(deleted: TestQuestion, shared: Shared) -> None:
    shared.kb.feedback.put(deleted)
    st.session_state.pop(_KEY, None)
