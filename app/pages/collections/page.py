"""The page of collections and assistants: which there are, made, changed and taken away."""

from __future__ import annotations

import streamlit as st

from app.pages.collections.assistant_form import edit_assistant
from app.pages.collections.assistant_list import list_assistants
from app.pages.collections.collection_form import edit_collection
from app.pages.collections.collection_list import list_collections
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
    if _head(words, "collections", "collection_new", disabled=fixed):
        edit_collection(None, shared, words)
    list_collections(shared, words)
    if _head(words, "assistants", "assistant_new", disabled=fixed):
        edit_assistant(None, shared, words)
    list_assistants(shared, words)
    with told:
        draw_told(shared, words)


def _head(words: Words, title: str, new: str, *, disabled: bool) -> bool:
    """Draw the head of a part of the page; tell whether its button was clicked."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.subheader(words(title), anchor=False, width="content")
        clicked = st.button(words(new), icon=":material/add:", disabled=disabled, key=new)
    st.caption(words(f"{title}_hint"))
    return clicked
