"""The button that begins a conversation; the one that is open stays kept."""

from __future__ import annotations

import streamlit as st

from app.pages.chat.address import close_chat
from app.pages.chat.attached import forget_attached
from app.pages.chat.editor import stop_editing
from app.texts import Words


def draw_new_chat(words: Words) -> None:
    """Draw the button."""
    st.button(words("new_chat"), icon=":material/add:", width="stretch", on_click=_new)


def _new() -> None:
    stop_editing()
    forget_attached()
    close_chat()
