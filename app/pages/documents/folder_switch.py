"""The switch that keeps mirrored folders up to date as they change."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.texts import Words
from app.web import Shared, label
from retrieval.library import WATCH


def folder_switch(shared: Shared, words: Words) -> None:
    """Draw the switch where a folder or file is mirrored, and what is wrong with one of them."""
    if shared.kb.read_only or not any(s.kind != "upload" for s in shared.kb.sources()):
        return
    key = "watch-folders"
    st.session_state[key] = shared.kb.switches.is_on(WATCH)  # another tab may have turned it
    st.toggle(
        words("watch"), key=key, help=words("watch_help"), on_change=_turn, args=(key, shared)
    )
    for root, problem in shared.watcher.problems.items():
        what = label(Path(root).name or root)
        text = words("watch_problem", what=what, problem=label(problem))
        st.warning(text, icon=":material/folder_off:")


def _turn(key: str, shared: Shared) -> None:
    shared.watcher.turn(on=bool(st.session_state[key]))
