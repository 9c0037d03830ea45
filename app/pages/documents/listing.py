"""The table of documents: what of it is asked for, and what it shows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import Page

from app.components import documents_table
from app.library import TablePage, TableView, state_of
from app.pages.documents.actions import act, retried, told
from app.pages.documents.asked_view import asked_for
from app.pages.documents.download import download_number
from app.pages.documents.rows import RowWords
from app.pages.documents.states import readers
from app.pages.documents.table_words import table_words
from app.pages.parts.collections import collection_name
from app.texts import Words
from app.web import Shared
from retrieval.library import Entry, Job

KEY = "documents-table"
_RANKS = {"reading": 0, "embedding": 0, "queued": 1}


def unsettled(entries: Sequence[Entry], jobs: Sequence[Job]) -> dict[str, int]:
    """Return the places, from 0, of the documents that come first in the list.

    Those are the ones under way, those that wait, in their turn, and those that went wrong.
    """
    turns = {document: job.id for document, job in readers(jobs).items()}
    some = [e for e in entries if e.status != "ready" or e.reason]
    some.sort(key=lambda e: (_RANKS.get(e.status, 2), turns.get(e.document, 1 << 60)))
    return {e.document: at for at, e in enumerate(some)}


def listing(
    shared: Shared,
    words: Words,
    first: dict[str, int],
    jobs: Sequence[Job],
    document: Page | None,
) -> None:
    """Draw the table; those in `first` come first while it is not sorted.

    `document` is the page on which a document is opened, None where there is none.
    """
    reading = readers(jobs)
    view = asked_for(KEY)
    page = shared.kb.shelf.page(view, first, reading)
    if not page.total and told(words) is None:
        st.caption(words("no_documents"))
        return
    row_words = RowWords(shared, words, jobs, page.collections, link=document is not None)
    data = {
        "rows": [row_words.row(entry, state_of(entry, reading)) for entry in page.entries],
        "view": {**view.__dict__, "page": page.page},
        "pages": page.pages,
        "matching": len(page.matching),
        "count": _count(page, view, words),
        "told": told(words),
        "retry": len(retried(page.trouble)),
        "work": page.states.get("work", 0),
        "save": download_number(),
        "kinds": [[kind, f"{kind} ({n})"] for kind, n in page.kinds.items() if kind],
        "collections": [
            [name, f"{collection_name(name, words)} ({n})"] for name, n in page.collections.items()
        ],
        "states": _states(page, words),
        "targets": [
            [name, collection_name(name, words)] for name in shared.kb.collection_store.names()
        ],
        "readOnly": shared.kb.read_only,
        "words": table_words(words),
    }
    documents_table(data, KEY, lambda: act(KEY, shared, words, first))
    opened = st.session_state.pop("documents-opened", None)
    if opened is not None and document is not None:
        st.switch_page(document, query_params={"doc": opened})


def _count(page: TablePage, view: TableView, words: Words) -> str:
    if view.search.strip() or view.kind or view.collection or view.state:
        return words("of_documents", n=page.total, some=len(page.matching))
    parts = [words("in_library", n=page.total)]
    if work := page.states.get("work"):
        parts.append(words("count_work", n=work))
    if trouble := page.states.get("trouble"):
        parts.append(words("count_trouble", n=trouble))
    return words("comma").join(parts)


def _states(page: TablePage, words: Words) -> list[list[str]]:
    counts = {
        "ready": page.states.get("ready", 0) + page.states.get("warned", 0),
        "work": page.states.get("work", 0),
        "trouble": page.states.get("trouble", 0),
    }
    return [[state, f"{words(f'state_{state}')} ({n})"] for state, n in counts.items()]
