"""What can be done with a document on its page."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from app.control_characters import line
from app.errors import EXPECTED, one_line
from app.library import Inspected
from app.pages.chat.ask_about import ask_about, is_asked
from app.pages.document.gone import throw
from app.pages.document.moving import draw_move
from app.pages.documents.actions import tell
from app.pages.documents.rows import LOCKED
from app.pages.documents.states import readers
from app.texts import Words
from app.web import Shared, label
from retrieval.library import shown


def draw_actions(shared: Shared, words: Words, found: Inspected, chat: Page | None) -> None:
    """Draw the buttons; what changes the library is done before the page is drawn."""
    row, entry = found.row, found.entry
    document, name = row.document, shown(row.path)
    called = label(name)
    with st.container(horizontal=True, key="document-actions"):
        if chat is not None and entry.visible:
            st.button(
                words("ask_about"),
                key="document-ask",
                icon=":material/forum:",
                type="primary",
                help=words("ask_about_help", name=called),
                on_click=ask_about,
                args=(document,),
            )
        _download(shared, words, document)
        if shared.kb.read_only:
            return
        if entry.reason == LOCKED:
            st.button(
                words("enter_password"),
                key="document-password",
                icon=":material/key:",
                on_click=_ask_password,
                args=(document,),
            )
        else:
            st.button(
                words("act_again"),
                key="document-again",
                icon=":material/refresh:",
                help=words("again_help", name=called),
                disabled=document in readers(shared.kb.jobs()),
                on_click=_again,
                args=(shared, words, document),
            )
        draw_move(shared, words, found, called)
        st.button(
            words("act_delete"),
            key="document-delete",
            icon=":material/delete:",
            help=words("delete_help", name=called),
            on_click=throw,
            args=(shared, document, name),
        )


def go_to_chat(chat: Page | None) -> None:
    """Go on to the chat when the button was clicked that asks about the document."""
    if chat is not None and is_asked():
        st.switch_page(chat)


def _download(shared: Shared, words: Words, document: str) -> None:
    original = shared.kb.evidence.original(document)
    if original is None:
        st.caption(words("no_original"), width="content")
        return
    st.download_button(
        words("download_original"),
        data=original.read,
        file_name=original.name,
        mime=original.mime,
        icon=":material/download:",
        key="document-download",
        help=label(original.name),
        on_click="ignore",
    )


def _again(shared: Shared, words: Words, document: str) -> None:
    try:
        shared.kb.read_again(document)
    except EXPECTED as error:  # it was removed in another tab, or its bytes are gone
        tell(text=line(words.problem(one_line(error))), wrong=True)
        return
    shared.worker.wake()
    tell("read_again", 1)


def _ask_password(document: str) -> None:
    st.session_state["documents-locked"] = document
