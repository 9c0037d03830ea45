"""The conversations in the side bar: by day, searched, opened, deleted and brought back."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from app.conversations import Conversation
from app.pages.chat.address import open_chat
from app.pages.chat.conversation_menu import draw_menu
from app.pages.chat.conversation_style import CONVERSATION_STYLE
from app.pages.chat.days import by_day
from app.pages.parts.leftovers import clear_leftovers
from app.texts import Words
from app.web import Shared, label

_STEP = 50  # conversations drawn at once
_MANY = 8  # from which one searches
_SHOWN, _FIND, _DELETED = "chats-shown", "chats-find", "chat-deleted"
_DRAWN = "chats-drawn"  # in the session: how many lines the run before drew


def draw_list(shared: Shared, current: str | None, words: Words) -> None:
    """Draw the kept conversations, the one that is open and those in hand marked."""
    st.html(CONVERSATION_STYLE)
    # Emptied at once: what a run does not draw again would stay, greyed, until its end.
    deleted, find, rows = st.empty(), st.empty(), st.container(key="chats", gap="xxsmall")
    with deleted:
        _draw_deleted(shared, words)
    every = shared.kb.conversations.all()
    wanted = ""
    if len(every) > _MANY:
        wanted = find.text_input(
            words("chats_find"),
            key=_FIND,
            placeholder=words("chats_find"),
            label_visibility="collapsed",
            icon=":material/search:",
        )
    found = shared.kb.conversations.all(wanted) if wanted.strip() else every
    most = int(st.session_state.get(_SHOWN, _STEP))
    running = shared.chats.running()
    drawn = 0
    with rows:
        if not found and wanted:
            st.caption(words("chats_none_found"))
            drawn += 1
        for name, some in by_day(found[:most], datetime.now().astimezone().date(), words):
            st.caption(label(name))
            for conversation in some:
                _draw_row(shared, conversation, conversation.id == current, running, words)
            drawn += 1 + len(some)
        if len(found) > most:
            left = len(found) - most
            st.button(
                words("chats_more", n=left), key="chats-more", type="tertiary", on_click=_show_more
            )
            drawn += 1
        clear_leftovers(_DRAWN, drawn, following=bool(running))


def _draw_row(
    shared: Shared,
    conversation: Conversation,
    is_open: bool,
    running: frozenset[str],
    words: Words,
) -> None:
    in_hand = conversation.id in running
    with st.container(
        horizontal=True, key=f"chat-row-{conversation.id}", vertical_alignment="center"
    ):
        st.button(
            label(conversation.title),
            key=f"chat-open-{conversation.id}",
            type="secondary" if is_open else "tertiary",
            icon="spinner" if in_hand else None,
            help=words("chat_running") if in_hand else words("chat_open") if is_open else None,
            on_click=open_chat,
            args=(conversation.id,),
            width="stretch",
        )
        draw_menu(shared, conversation, is_open, words)


def _draw_deleted(shared: Shared, words: Words) -> None:
    """Say which conversation was deleted just now, with the way back."""
    deleted: Conversation | None = st.session_state.get(_DELETED)
    if deleted is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(words("chat_deleted", title=label(deleted.title)), width="stretch")
        st.button(
            words("chat_undo"),
            key="chat-undo",
            type="tertiary",
            icon=":material/undo:",
            on_click=_bring_back,
            args=(shared, deleted, words),
        )


def _bring_back(shared: Shared, deleted: Conversation, words: Words) -> None:
    st.session_state.pop(_DELETED, None)
    if shared.kb.conversations.restore(deleted.id):
        open_chat(deleted.id)
    else:
        st.toast(words("chat_gone"))


def _show_more() -> None:
    st.session_state[_SHOWN] = int(st.session_state.get(_SHOWN, _STEP)) + _STEP
