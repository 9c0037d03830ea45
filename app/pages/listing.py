"""The list of documents, each with its state in words and a way to delete it."""

from __future__ import annotations

import streamlit as st

from app.pages.choosing import choose_some
from app.pages.states import document_state
from app.rendering import label
from app.results import DocumentRow
from app.service import DEFAULT_COLLECTION
from app.state import Shared
from app.texts import Words
from retrieval.naming import shown

_PER_PAGE = 25
_WIDTHS = (7, 5, 1)  # name, state, delete
_HEAD = (9, 4)  # how many, of which collection


def unsettled(rows: list[DocumentRow]) -> set[str]:
    """Return the ids of the documents that are under way or went wrong."""
    return {row.document for row in rows if row.status != "ready" or row.error}


def listing(shared: Shared, words: Words, first: set[str], working: bool) -> None:
    """Draw the documents of a collection or of all, those in `first` before the others.

    `working` tells whether a job waits or runs.
    """
    counted, choice = st.columns(_HEAD, vertical_alignment="center")
    with choice:
        collection = choose_some(shared, words, "collection-shown", "collapsed")
    rows = shared.kb.documents(collection)
    if not rows:
        counted.caption(words("no_documents"))
        return
    if collection is None:
        counted.caption(words("in_library", n=len(rows)))
    else:
        counted.caption(words("in_collection", n=len(rows), name=label(collection)))
    rows.sort(key=lambda row: row.document not in first)
    with st.container(gap="xsmall"):
        for row in _page(_filtered(rows, words), words):
            _draw(row, shared, words, working)


def _filtered(rows: list[DocumentRow], words: Words) -> list[DocumentRow]:
    if len(rows) <= _PER_PAGE:
        return rows
    wanted = st.text_input(words("find"), key="find").strip().casefold()
    return [r for r in rows if wanted in r.path.casefold() or wanted in (r.title or "").casefold()]


def _page(rows: list[DocumentRow], words: Words) -> list[DocumentRow]:
    if not rows:
        st.caption(words("none_found"))
        return []
    pages = -(-len(rows) // _PER_PAGE)
    at = st.pagination(pages, key=f"page-of-{pages}") if pages > 1 else 1
    return rows[(at - 1) * _PER_PAGE : at * _PER_PAGE]


def _draw(row: DocumentRow, shared: Shared, words: Words, working: bool) -> None:
    name, state, delete = st.columns(_WIDTHS, vertical_alignment="center")
    title = row.title if row.title and row.title not in row.path else ""
    counts = [words(key, n=n) for key, n in (("pages", row.pages), ("chunks", row.chunks)) if n]
    home = row.collection if row.collection != DEFAULT_COLLECTION else ""
    small = label(" · ".join(filter(None, (home, title, *counts))))
    name.markdown(
        f"**{label(shown(row.path))}**" + (f"  \n:gray[:small[{small}]]" if small else "")
    )
    state.markdown(document_state(row, shared.worker, words, working))
    if shared.kb.read_only:
        return
    with delete.popover("", icon=":material/delete:", help=words("delete"), type="tertiary"):
        st.markdown(words("delete_sure", name=label(shown(row.path))))
        st.button(
            words("delete_yes"),
            key=f"delete-{row.document}",
            on_click=_delete,
            args=(row.document, shared),
        )


def _delete(document: str, shared: Shared) -> None:
    if any(row.document == document for row in shared.kb.documents()):  # or another tab was first
        shared.kb.remove([document])
