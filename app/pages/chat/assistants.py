"""Who answers in the chat: an assistant, or nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.control_characters import line
from app.texts import Words
from app.web import Exchange, Shared, label
from retrieval.assistants import Assistant

KEY = "assistant-asked"
_OF = "assistant-of"  # the conversation for which it was chosen


def choose_assistant(
    shared: Shared, words: Words, conversation: str | None, exchanges: Sequence[Exchange]
) -> Assistant | None:
    """Let one choose who answers; nothing is drawn where there are no assistants.

    In a conversation that was opened it is who answered last in it.
    """
    by_id = {one.id: one for one in shared.kb.assistants.all()}
    if exchanges and st.session_state.get(_OF) != conversation:
        st.session_state[KEY] = exchanges[-1].assistant or ""
    st.session_state[_OF] = conversation
    if st.session_state.get(KEY) not in (None, "", *by_id):  # deleted, maybe in another tab
        del st.session_state[KEY]
    if not by_id:
        return None
    chosen = st.selectbox(
        words("assistant"),
        ["", *by_id],
        format_func=lambda key: line(by_id[key].name) if key else words("all_documents"),
        key=KEY,
        width=320,
        persist_state="session",
    )
    return by_id.get(chosen)


def introduced(assistant: Assistant | None, words: Words) -> str:
    """Return what a new chat begins with, as Markdown."""
    if assistant is None:
        return words("chat_hint")
    if assistant.greeting:
        return label(assistant.greeting)
    names = ", ".join(map(label, assistant.collections))
    return words("assistant_from", names=names) if names else words("chat_hint")


def assistant_told(exchange: Exchange, shared: Shared, words: Words) -> str:
    """Return who answered, as Markdown, "" for nobody in particular."""
    if exchange.assistant is None:
        return ""
    found = shared.kb.assistants.get(exchange.assistant)
    return words("assistant_asked", name=label(found.name)) if found else words("assistant_gone")
