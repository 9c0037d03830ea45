"""A document put into another collection."""

from __future__ import annotations

import streamlit as st

from app.control_characters import line
from app.errors import EXPECTED, one_line
from app.library import Inspected, is_name
from app.pages.documents.actions import tell
from app.pages.parts.collections import collection_name
from app.texts import Words
from app.web import Shared


def draw_move(shared: Shared, words: Words, found: Inspected, called: str) -> None:
    """Draw the choice of where it goes."""
    with st.popover(
        words("move"), icon=":material/drive_file_move:", help=words("move_help", name=called)
    ):
        if found.entry.kind != "upload":
            st.markdown(words("move_folder"))
            return
        key = f"document-to-{found.row.document}"
        st.selectbox(
            words("move_to"),
            sorted({found.row.collection, *shared.kb.collection_store.names()}),
            index=None,
            placeholder=collection_name(found.row.collection, words),
            format_func=lambda name: collection_name(name, words),
            key=key,
            accept_new_options=True,
            on_change=_moved,
            args=(shared, words, found.row.document, key),
        )


def _moved(shared: Shared, words: Words, document: str, key: str) -> None:
    name = str(st.session_state.pop(key, None) or "").strip()
    if not name:
        return
    if not is_name(name):
        tell(text=words("collection_bad", n=64), wrong=True)
        return
    try:
        name = shared.kb.collection_store.alike(name) or name
        tell("moved", len(shared.kb.shelf.move([document], name)))
    except EXPECTED as error:
        tell(text=line(words.problem(one_line(error))), wrong=True)
