"""Where uploads go, and which collection is listed or asked."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from app.control_characters import line
from app.library import LONGEST_NAME, is_name
from app.service import DEFAULT_COLLECTION
from app.texts import Words
from app.web import Shared


def choose_one(shared: Shared, words: Words) -> str | None:
    """Let one choose or name the collection of uploads; None when the name cannot be used."""
    # A new name stays among the choices until the first file is in it.
    named = st.session_state.get("collection-to") or DEFAULT_COLLECTION
    names = sorted({DEFAULT_COLLECTION, named, *shared.kb.collections()})
    chosen = st.selectbox(
        words("collection_to"),
        names,
        index=names.index(DEFAULT_COLLECTION),
        format_func=line,
        help=words("collection_help"),
        key="collection-to",
        accept_new_options=True,
        persist_state="session",
    )
    name = (chosen or "").strip()
    if is_name(name):
        return name
    st.error(words("collection_bad", n=LONGEST_NAME), icon=":material/error:")
    return None


def choose_some(
    shared: Shared,
    words: Words,
    key: str,
    label: Literal["visible", "collapsed"] = "visible",
) -> str | None:
    """Let one choose a collection, None being all; no choice is drawn where there is but one."""
    names = shared.kb.collections()
    if len(names) < 2:
        return None
    # Not None for all: Streamlit takes that for a choice not made yet.
    chosen = st.selectbox(
        words("collection"),
        ["", *names],
        format_func=lambda name: line(name) or words("all"),
        key=key,
        persist_state="session",
        label_visibility=label,
    )
    return chosen or None
