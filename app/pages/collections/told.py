"""What was done a moment ago, told at the top of the page, and undone where that can be."""

from __future__ import annotations

import streamlit as st

from app.errors import EXPECTED, one_line
from app.texts import Words
from app.web import Shared, label

_KEY = "collections-told"


def tell(text: str, removed: str = "") -> None:
    """Have the page say something when it is drawn next; `removed` is an assistant's id."""
    st.session_state[_KEY] = (text, removed)


def draw_told(shared: Shared, words: Words) -> None:
    """Say what was done until something else is."""
    text, removed = st.session_state.get(_KEY) or ("", "")
    if not text:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/info: {text}")
        if removed:
            st.button(
                words("undo"),
                icon=":material/undo:",
                key=f"undo-{removed}",
                on_click=_undo,
                args=(removed, shared, words),
            )


def _undo(assistant: str, shared: Shared, words: Words) -> None:
    try:
        shared.kb.assistants.bring_back(assistant)
        st.session_state.pop(_KEY, None)
    except EXPECTED as error:
        tell(label(words.problem(one_line(error))))
