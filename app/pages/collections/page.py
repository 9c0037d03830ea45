"""The page of collections and assistants: which there are, made, changed and taken away."""

from __future__ import annotations

import streamlit as st

from app.pages.collections.assistant_deletion import delete_assistant
from app.pages.collections.assistant_form import edit_assistant
from app.pages.collections.assistant_list import list_assistants
from app.pages.collections.collection_form import delete_collection, edit_collection
from app.pages.collections.collection_list import list_collections
from app.pages.collections.dialogs import (
    DELETE_COLLECTION,
    EDIT_ASSISTANT,
    EDIT_COLLECTION,
    open_dialog,
    opened,
)
from app.pages.collections.signs import SIGN_STYLE
from app.pages.collections.told import draw_told
from app.texts import Words
from app.web import Shared


def show_collections(shared: Shared, words: Words) -> None:
    """Draw the page."""
    st.html(SIGN_STYLE)
    st.title(words("collections_page"), anchor=False)
    told = st.container()  # always there, so that nothing below moves in the tree
    fixed = shared.kb.read_only
    if fixed:
        st.info(words("read_only"), icon=":material/lock:")
    _head(words, "collections", "collection_new", EDIT_COLLECTION, disabled=fixed)
    list_collections(shared, words)
    _head(words, "assistants", "assistant_new", EDIT_ASSISTANT, disabled=fixed)
    list_assistants(shared, words)
    if not fixed:
        _dialog(shared, words)
    with told:
        draw_told(shared, words)


def _head(words: Words, title: str, new: str, dialog: str, *, disabled: bool) -> None:
    """Draw the head of a part of the page, with the button that makes a new one."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.subheader(words(title), anchor=False, width="content")
        st.button(
            words(new),
            icon=":material/add:",
            disabled=disabled,
            key=new,
            on_click=open_dialog,
            args=(dialog,),
        )
    st.caption(words(f"{title}_hint"))


def _dialog(shared: Shared, words: Words) -> None:
    """Draw the dialog that is open, unless what it is of is gone."""
    kind, of = opened()
    if kind in (EDIT_COLLECTION, DELETE_COLLECTION):
        one = next((c for c in shared.kb.collection_store.all() if c.name == of), None)
        if kind == EDIT_COLLECTION and (one or not of):
            edit_collection(one, shared, words)
        elif one:
            delete_collection(one, shared, words)
    elif kind:
        who = next((a for a in shared.kb.assistants.all() if a.id == of), None)
        if kind == EDIT_ASSISTANT and (who or not of):
            edit_assistant(who, shared, words)
        elif who:
            delete_assistant(who, shared, words)
