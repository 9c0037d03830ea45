"""Who answers in the chat: an assistant, or nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from app.control_characters import line
from app.texts import Words
from app.web import Exchange, Shared, label
from retrieval.assistants import Assistant

KEY = "assistant-asked"
NOWHERE = ("",)  # collections of this name there are none
_OF = "assistant-of"  # the conversation for which it was chosen


def choose_assistant(
    shared: Shared, words: Words, conversation: str | None, exchanges: Sequence[Exchange]
) -> Assistant | None:
    """Let one choose who answers; nothing is drawn where there are no assistants.

    In a conversation that was opened it is who answered last in it. One that was deleted, maybe in
    another tab, stays chosen as `removed`: nobody else may see more than it did.
    """
    by_id = {one.id: one for one in shared.kb.assistants.all()}
    if exchanges and st.session_state.get(_OF) != conversation:
        st.session_state[KEY] = exchanges[-1].assistant or ""
    st.session_state[_OF] = conversation
    if (asked := st.session_state.get(KEY)) and asked not in by_id:
        gone = shared.kb.assistants.get(asked) or Assistant("", id=asked)
        by_id[asked] = replace(gone, removed=True)
    if not by_id:
        return None
    chosen = st.selectbox(
        words("assistant"),
        ["", *by_id],
        format_func=lambda key: _called(by_id[key], words) if key else words("all_documents"),
        key=KEY,
        width=320,
        persist_state="session",
    )
    return by_id.get(chosen)


def _called(one: Assistant, words: Words) -> str:
    if one.removed:
        return words("assistant_was", name=line(one.name)) if one.name else words("assistant_gone")
    return line(one.name)


def seen_by(assistant: Assistant | None) -> tuple[str, ...]:
    """Return the collections that are asked, () for all; of one that is gone, none that exists."""
    if assistant is None:
        return ()
    return NOWHERE if assistant.removed else assistant.collections


def tell_gone(assistant: Assistant | None, words: Words) -> None:
    """Say so when who was chosen is not there any more, with a way to ask all documents."""
    # Always there, so that what is below keeps its place in the tree.
    with st.container(horizontal=True, vertical_alignment="center"):
        if assistant is not None and assistant.removed:
            st.warning(words("assistant_lost_here"), icon=":material/person_off:")
            st.button(words("ask_all"), key="ask-all", on_click=_ask_all)


def _ask_all() -> None:
    st.session_state[KEY] = ""


def introduced(assistant: Assistant | None, words: Words) -> str:
    """Return what a new chat begins with, as Markdown."""
    if assistant is None or assistant.removed:
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
