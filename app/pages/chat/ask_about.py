"""A new chat about one document."""

from __future__ import annotations

import streamlit as st

from app.pages.chat.address import close_chat
from app.pages.chat.assistants import KEY as ASSISTANT
from app.pages.chat.attached import forget_attached
from app.pages.chat.editor import stop_editing
from app.pages.chat.filters import NOTHING


def ask_about(document: str) -> None:
    """Have a new chat begin that asks this document alone, without an assistant."""
    stop_editing()
    forget_attached()
    close_chat()
    st.session_state.update({**NOTHING, "documents-asked": [document], ASSISTANT: ""})
