"""What was deleted less than an hour ago, each with the way back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from app.pages.documents.actions import tell
from app.texts import Words
from app.web import Shared, label
from retrieval.library import shown

_MOST = 50  # documents that are named


def recently_deleted(shared: Shared, words: Words) -> None:
    """Draw a quiet entry while something can be had back; nothing where nothing can."""
    thrown = [] if shared.kb.read_only else shared.kb.shelf.thrown()
    if not thrown:
        return
    title = words("trash_title", n=len(thrown))
    with st.popover(
        title, icon=":material/restore_from_trash:", type="tertiary", key="recently-deleted"
    ):
        if len(thrown) > 1:
            st.button(
                words("trash_all", n=len(thrown)),
                key="put-back-all",
                on_click=partial(_put_back, shared, words, [one.document for one in thrown]),
            )
        for one in thrown[:_MOST]:
            name = label(shown(one.path))
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
            ):
                left = words("minutes_left", n=max(1, round(one.seconds_left / 60)))
                st.button(
                    words("trash_back_one", name=name),
                    icon=":material/undo:",
                    type="tertiary",
                    key=f"put-back-{one.document}",
                    on_click=partial(_put_back, shared, words, [one.document]),
                )
                st.caption(left, width="content")
        if len(thrown) > _MOST:
            st.caption(words("trash_more", n=len(thrown) - _MOST))


def _put_back(shared: Shared, words: Words, documents: Sequence[str]) -> None:
    back = shared.kb.shelf.restore(documents)
    shared.keeper.wake()
    shared.worker.wake()
    if back:
        tell("restored", len(back))
    else:  # a file of a folder that was read again meanwhile
        tell(text=words("trash_there"))
