"""The list of documents, each with its state in words and a way to delete it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from app.pages.documents.document_row import draw_row
from app.pages.documents.failed_documents import failed_documents
from app.pages.documents.states import readers
from app.pages.parts.collections import choose_some
from app.results import DocumentRow
from app.texts import Words
from app.web import Shared, label
from retrieval.library import Job

_PER_PAGE = 25
_RANKS = {"reading": 0, "embedding": 0, "queued": 1}
_HEAD = (9, 4)  # how many, of which collection


def unsettled(rows: list[DocumentRow], jobs: Sequence[Job]) -> dict[str, int]:
    """Return the places, from 0, of the documents that come first in the list.

    Those are the ones under way, those that wait, in their turn, and those that went wrong.
    """
    turns = {document: job.id for document, job in readers(jobs).items()}
    some = [row for row in rows if row.status != "ready" or row.error]
    some.sort(key=lambda row: (_RANKS.get(row.status, 2), turns.get(row.document, math.inf)))
    return {row.document: at for at, row in enumerate(some)}


def listing(shared: Shared, words: Words, first: dict[str, int], jobs: Sequence[Job]) -> None:
    """Draw the documents of a collection or of all, those in `first` first, in their order."""
    counted, choice = st.columns(_HEAD, vertical_alignment="center")
    with choice:
        collection = choose_some(shared.kb.collections(), words, "collection-shown", "collapsed")
    rows = shared.kb.documents(collection)
    if not rows:
        counted.caption(words("no_documents"))
        return
    if collection is None:
        counted.caption(words("in_library", n=len(rows)))
    else:
        counted.caption(words("in_collection", n=len(rows), name=label(collection)))
    working, reading = any(not job.ended for job in jobs), readers(jobs)
    with st.container():  # always there, so that what is below keeps its place in the tree
        if not working:
            failed_documents(rows, shared, words)
    rows.sort(key=lambda row: first.get(row.document, len(first)))
    with st.container(gap="xsmall"):
        for row in _page(_filtered(rows, words), words):
            draw_row(row, reading.get(row.document), shared, words, working)


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
