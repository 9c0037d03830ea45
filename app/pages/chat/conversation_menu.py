"""What one can do with a conversation: rename, export, delete."""

from __future__ import annotations

import streamlit as st

from app.conversations import Conversation
from app.pages.chat.address import close_chat
from app.pages.chat.export import as_markdown, file_name
from app.texts import Words
from app.web import Shared, label

_LONGEST = 60  # characters of a title, as they are kept


def draw_menu(shared: Shared, conversation: Conversation, is_open: bool, words: Words) -> None:
    """Draw the menu of a conversation; what is in it only once it is open, as there are many."""
    number = conversation.id
    menu = st.popover(
        words("chat_menu", title=label(conversation.title)),
        key=f"chat-menu-{number}",
        type="tertiary",
        icon=":material/more_horiz:",
        on_change="rerun",
    )
    if not menu.open:
        return
    with menu:
        if not shared.kb.read_only:
            st.text_input(
                words("chat_rename"),
                conversation.title,
                key=f"chat-title-{number}",
                max_chars=_LONGEST,
                on_change=_rename,
                args=(shared, number),
            )
        st.download_button(
            words("chat_export"),
            lambda: _exported(shared, conversation, words),
            file_name(conversation.title),
            "text/markdown",
            key=f"chat-export-{number}",
            icon=":material/download:",
            on_click="ignore",
            width="stretch",
        )
        if not shared.kb.read_only:
            st.button(
                words("chat_delete"),
                key=f"chat-delete-{number}",
                icon=":material/delete:",
                on_click=_delete,
                args=(shared, conversation, is_open),
                width="stretch",
            )


def _exported(shared: Shared, conversation: Conversation, words: Words) -> bytes:
    exchanges = shared.kb.conversations.read(conversation.id)
    return as_markdown(conversation.title, exchanges, words).encode()


def _rename(shared: Shared, conversation: str) -> None:
    shared.kb.conversations.rename(conversation, st.session_state[f"chat-title-{conversation}"])
    st.session_state[f"chat-menu-{conversation}"] = False


def _delete(shared: Shared, conversation: Conversation, is_open: bool) -> None:
    shared.chats.stop(conversation.id)
    shared.kb.conversations.delete(conversation.id)
    st.session_state["chat-deleted"] = conversation
    if is_open:
        close_chat()
