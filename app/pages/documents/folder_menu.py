"""What can be done with a folder beside syncing it: another collection, or its end."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.errors import EXPECTED, one_line
from app.library import FolderRow
from app.pages.parts.collections import collection_name
from app.texts import Words
from app.web import Shared, label


def folder_menu(row: FolderRow, shared: Shared, words: Words) -> None:
    """Draw the sign that unfolds it."""
    name = label(row.root)
    with st.popover(
        "",
        icon=":material/more_horiz:",
        help=words("folder_more", name=name),
        key=f"folder-more-{row.source}",
    ):
        key = f"folder-to-{row.source}"
        st.text_input(words("move_to"), key=key, placeholder=collection_name(row.collection, words))
        st.button(
            words("folder_move"),
            key=f"folder-move-{row.source}",
            on_click=_move,
            args=(row.source, key, shared),
        )
        st.divider()
        st.markdown(words("folder_end", name=name))
        for keep in (True, False):
            st.button(
                words("folder_end_keep" if keep else "folder_end_all", n=row.documents),
                key=f"folder-end-{keep}-{row.source}",
                on_click=_end,
                args=(row.source, keep, shared),
            )


def _move(source: int, key: str, shared: Shared) -> None:
    if name := str(st.session_state.get(key) or "").strip():
        _try(lambda: shared.kb.shelf.folders.move(source, name))


def _end(source: int, keep: bool, shared: Shared) -> None:
    _try(lambda: shared.kb.shelf.folders.end(source, keep=keep))
    shared.keeper.wake()


def _try(what: Callable[[], object]) -> None:
    st.session_state.pop("folders-said", None)
    try:
        what()
    except EXPECTED as error:
        st.session_state["folders-said"] = one_line(error)
