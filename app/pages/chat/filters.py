"""Which documents the chat is asked of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from app.control_characters import line
from app.pages.chat.filter_words import told
from app.pages.chat.gone_choices import gone_choices, kind_asked
from app.pages.chat.property_filters import choose_properties
from app.pages.chat.strictness import choose_strictness
from app.pages.parts.collections import choose_some
from app.results import DocumentRow
from app.service import DEFAULT_COLLECTION
from app.texts import Words
from app.web import Shared
from retrieval.ledger import EVERYTHING, LANGUAGES, Filter
from retrieval.library import shown

# What each choice is when nothing is chosen, by its key.
NOTHING: dict[str, object] = {
    "collection-asked": "",
    "documents-asked": [],
    "kinds-asked": [],
    "lang-asked": "",
    "since-asked": None,
    "author-asked": "",
    "changed-asked": None,
    "in-force-asked": False,
}


def choose_filter(
    rows: list[DocumentRow], every: list[DocumentRow], shared: Shared, words: Words
) -> tuple[Filter, float | None]:
    """Let one choose which documents are asked, and how sure an answer must be (None: the setting).

    `rows` are the documents one may choose from, `every` all of the library. What is chosen is told
    beside the input, to be seen when the choices are folded away. What is no longer in the library
    stays chosen: without it more would be asked than somebody wanted.
    """
    readable = [row for row in rows if row.chunks]
    if not readable:
        return EVERYTHING, None
    with st.popover(words("filters"), icon=":material/tune:", type="tertiary", key="filters"):
        gone = gone_choices(every)
        names = sorted({*(row.collection for row in rows), *gone["collection-asked"]})
        collection = choose_some(names, words, "collection-asked")
        chosen = EVERYTHING
        inside = [row for row in readable if collection in (None, row.collection)]
        if len(readable) > 1 or any(_is_chosen(key) for key in NOTHING):
            chosen = _choose(inside, gone, words)
            chosen = choose_properties(inside, gone["author-asked"], chosen, shared, words)
        certainty = choose_strictness(shared, words)
    within = replace(chosen, collection=collection)
    told_here = st.empty()  # emptied at once, when nothing is chosen any more
    if within != EVERYTHING:
        paths = {row.document: shown(row.path) for row in inside}
        with told_here.container(horizontal=True, vertical_alignment="center"):
            if any(gone.values()):
                st.warning(words("filter_gone"), icon=":material/filter_alt_off:")
            st.caption(told(within, paths, words), width="content")
            st.button(
                words("filters_clear"),
                key="filters-clear",
                icon=":material/close:",
                type="tertiary",
                on_click=_clear,
            )
    return within, certainty


def _is_chosen(key: str) -> bool:
    return st.session_state.get(key, NOTHING[key]) not in (NOTHING[key], None)


def _clear() -> None:
    st.session_state.update(NOTHING)


def _choose(rows: list[DocumentRow], gone: dict[str, list[str]], words: Words) -> Filter:
    names = {row.document: _name(row) for row in rows}
    names |= dict.fromkeys(gone["documents-asked"], words("document_gone"))
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
        sorted({*map(kind_asked, rows), *gone["kinds-asked"]} - {""}),
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
