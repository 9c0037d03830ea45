"""Which conversation is open: the browser's address names it, so that a reload keeps it."""

from __future__ import annotations

import streamlit as st

from app.web import Shared

_PARAMETER = "chat"  # of the address
_OPEN, _UNKNOWN = "chat", "chat-unknown"  # in the session: another page's address names none


def open_conversation(shared: Shared) -> str | None:
    """Return the id of the conversation that is open, None for a new one."""
    given = st.query_params.get(_PARAMETER) or st.session_state.get(_OPEN)
    if given is None:
        return None
    if not shared.chats.is_known(given):
        close_chat()
        st.session_state[_UNKNOWN] = True
        return None
    open_chat(given)
    return str(given)


def was_unknown() -> bool:
    """Tell once whether the address named a conversation that is not there."""
    return bool(st.session_state.pop(_UNKNOWN, False))


def open_chat(conversation: str) -> None:
    """Have a conversation drawn."""
    st.session_state[_OPEN] = conversation
    if st.query_params.get(_PARAMETER) != conversation:
        st.query_params[_PARAMETER] = conversation


def close_chat() -> None:
    """Have a new conversation drawn."""
    st.session_state.pop(_OPEN, None)
    st.query_params.pop(_PARAMETER, None)
