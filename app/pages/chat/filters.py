"""Which documents the chat is asked of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

import streamlit as st

from app.control_characters import line
from app.pages.chat.filter_words import told
from app.pages.chat.property_filters import choose_properties
from app.pages.parts.collections import choose_some
from app.results import DocumentRow
from app.service import DEFAULT_COLLECTION
from app.texts import Words
from app.web import Shared
from retrieval.ledger import EVERYTHING, LANGUAGES, Filter
from retrieval.library import shown


def choose_filter(rows: list[DocumentRow], shared: Shared, words: Words) -> Filter:
    """Let one choose a collection, and what its documents must be where there are some."""
    names = sorted({row.collection for row in rows})
    collection = choose_some(names, words, "collection-asked")
    readable = [row for row in rows if row.chunks]
    if len(readable) < 2:
        return Filter(collection)
    inside = [row for row in readable if collection in (None, row.collection)]
    with st.popover(words("filters"), icon=":material/filter_alt:", width="stretch"):
        chosen = choose_properties(inside, _choose(inside, words), shared, words)
    if chosen != EVERYTHING:  # to be seen when the choices are folded away
        st.caption(told(chosen, {row.document: shown(row.path) for row in inside}, words))
    return replace(chosen, collection=collection)


def _choose(rows: list[DocumentRow], words: Words) -> Filter:
    names = {row.document: _name(row) for row in rows}
    documents = st.multiselect(
        words("documents"),
        list(names),
        format_func=lambda document: names.get(document, document),
        key="documents-asked",
        placeholder=words("all_documents"),
        persist_state="session",
    )
    kinds = st.multiselect(
        words("type"),
        sorted({PurePosixPath(row.path).suffix.lower().removeprefix(".") for row in rows} - {""}),
        format_func=str.upper,
        key="kinds-asked",
        placeholder=words("all_types"),
        persist_state="session",
    )
    lang = st.selectbox(
        words("lang"),
        ["", *LANGUAGES],
        format_func=lambda name: words(f"lang_{name}"),
        key="lang-asked",
        persist_state="session",
    )
    day = st.date_input(
        words("since"), None, key="since-asked", format="YYYY-MM-DD", persist_state="session"
    )
    since = day.isoformat() if isinstance(day, date) else None
    return Filter(None, tuple(documents), tuple(kinds), lang or None, since)


def _name(row: DocumentRow) -> str:
    """Return a document's path, with its collection where that tells it from others."""
    home = "" if row.collection == DEFAULT_COLLECTION else f" · {row.collection}"
    return line(shown(row.path) + home)
