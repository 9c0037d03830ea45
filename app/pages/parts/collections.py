"""Where uploads go, and which collection is listed or asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from app.control_characters import line
from app.library import LONGEST_NAME, is_name
from app.service import DEFAULT_COLLECTION
from app.texts import Words
from app.web import Shared


def collection_name(collection: str, words: Words) -> str:
    """Return what people call a collection."""
    return words("usual_collection") if collection == DEFAULT_COLLECTION else line(collection)


def choose_one(shared: Shared, words: Words) -> str | None:
    """Let one choose or name the collection of uploads; None when the name cannot be used."""
    there = shared.kb.collection_store.names()
    # A new name stays among the choices until the first file is in it, but not one that was there
    # before: somebody has renamed or deleted it.
    typed = st.session_state.get("collection-to") or DEFAULT_COLLECTION
    seen: set[str] = st.session_state.setdefault("collections-seen", set())
    if typed in seen and typed not in there:
        typed = st.session_state["collection-to"] = DEFAULT_COLLECTION
    seen.update(there)
    names = sorted({typed, *there})
    chosen = st.selectbox(
        words("collection_to"),
        names,
        index=names.index(DEFAULT_COLLECTION),
        format_func=lambda name: collection_name(name, words),
        help=words("collection_help"),
        key="collection-to",
        accept_new_options=True,
        persist_state="session",
    )
    name = (chosen or "").strip()
    if is_name(name):
        return name if name in there else shared.kb.collection_store.alike(name) or name
    st.error(words("collection_bad", n=LONGEST_NAME), icon=":material/error:")
    return None


def choose_some(
    names: Sequence[str],
    words: Words,
    key: str,
    label: Literal["visible", "collapsed"] = "visible",
) -> str | None:
    """Let one choose of these collections, None being all; nothing is drawn for only one."""
    if len(names) < 2:
        return None
    # Not None for all: Streamlit takes that for a choice not made yet.
    chosen = st.selectbox(
        words("collection"),
        ["", *names],
        format_func=lambda name: collection_name(name, words) or words("all"),
        key=key,
        persist_state="session",
        label_visibility=label,
    )
    return chosen or None


def renamed(old: str, new: str) -> None:
    """Have what was chosen in this browser follow a collection to its new name."""
    for key in ("collection-to", "collection-asked", "collection-shown"):
        if st.session_state.get(key) == old:
            st.session_state[key] = new
