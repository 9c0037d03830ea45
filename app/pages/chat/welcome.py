"""What an empty chat shows: what the library holds, questions to try, a place for files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

import streamlit as st
from streamlit.navigation.page import Page

from app.pages.chat.first_steps import draw_first_steps, draw_progress
from app.pages.chat.questions_to_try import draw_questions
from app.pages.dropping.place import draw_drop
from app.pages.parts.collections import collection_name
from app.results import DocumentRow
from app.service import DEFAULT_COLLECTION
from app.texts import Words
from app.web import Shared, label
from retrieval.ledger import Filter
from retrieval.library import shown

_NAMED = 3  # collections that are named


def draw_welcome(
    shared: Shared,
    words: Words,
    rows: Sequence[DocumentRow],
    within: Filter,
    ask: Callable[[str], None],
    document: Page | None = None,
) -> None:
    """Draw it; `rows` are the documents that can be meant, `within` those that are asked now.

    `ask` begins to answer a question of the documents that are asked now. `document` is the page of
    a document, None where there is none.
    """
    readable = [r for r in rows if r.chunks and within.collection in (None, r.collection)]
    if not any(row.chunks for row in shared.kb.documents()):
        draw_first_steps(shared, words, document)
        return
    draw_progress(shared, words)
    st.caption(holds(readable, words))
    if readable:
        draw_questions(shared, words, within, name_of(newest(readable)), ask)
    with st.container(key="welcome-drop"):
        into = within.collection or DEFAULT_COLLECTION
        draw_drop(shared, words, into, key="welcome-place", document=document)


def holds(rows: Sequence[DocumentRow], words: Words) -> str:
    """Return what documents there are, in a line of Markdown."""
    if not rows:
        return words("holds_none")
    langs = Counter(row.lang for row in rows)
    both = (
        words("holds_both", zh=langs["zh"], en=langs["en"]) if langs["zh"] and langs["en"] else ""
    )
    told = words("holds", n=len(rows), languages=both)
    collections = Counter(row.collection for row in rows)
    if len(collections) > 1:
        some = [
            words("holds_name", name=label(collection_name(name, words)), n=n)
            for name, n in collections.most_common(_NAMED)
        ]
        if (others := len(collections) - _NAMED) > 0:
            some.append(words("holds_more", n=others))
        told += words("holds_in", names=words("holds_comma").join(some))
    name = label(name_of(newest(rows)))
    return told + words("holds_newest", name=name) + words("holds_end")


def newest(rows: Sequence[DocumentRow]) -> DocumentRow:
    """Return the document that was added last."""
    return max(rows, key=lambda row: row.ingested_at or "")


def name_of(row: DocumentRow) -> str:
    """Return a document's title, or its file's name."""
    return row.title or PurePosixPath(shown(row.path)).name
