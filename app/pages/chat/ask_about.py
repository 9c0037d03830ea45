"""A new chat about one document, which another page asks for."""

from __future__ import annotations

import streamlit as st

from app.pages.chat.address import close_chat
from app.pages.chat.assistants import KEY as ASSISTANT
from app.pages.chat.attached import forget_attached
from app.pages.chat.editor import stop_editing
from app.pages.chat.filters import NOTHING

_ABOUT = "ask-about"  # the document, until the chat is drawn


def ask_about(document: str) -> None:
    """Have the chat begin anew with this document alone, without an assistant."""
    st.session_state[_ABOUT] = document


def is_asked() -> bool:
    """Tell whether a new chat is to begin, and the chat was not drawn yet."""
    return _ABOUT in st.session_state


def begin_asked() -> None:
    """Begin the chat that was asked for; on the page of the chat, before it is drawn."""
    if (document := st.session_state.pop(_ABOUT, None)) is None:
        return
    stop_editing()
    forget_attached()
    close_chat()
    st.session_state.update({**NOTHING, "documents-asked": [document], ASSISTANT: ""})
