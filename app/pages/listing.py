"""The list of documents, each with its state in words and a way to delete it."""

from __future__ import annotations

import streamlit as st

from app.rendering import label
from app.results import DocumentRow
from app.state import Shared
from app.texts import TEXTS, Words

_PER_PAGE = 25
_WIDTHS = (7, 5, 1)  # name, state, delete


def unsettled(rows: list[DocumentRow]) -> set[str]:
    """Return the ids of the documents that are under way or went wrong."""
    return {row.document for row in rows if row.status != "ready" or row.error}


def listing(shared: Shared, words: Words, first: set[str]) -> None:
    """Draw the documents of the library a page at a time, those in `first` before the others."""
    rows = shared.kb.documents()
    if not rows:
        st.caption(words("no_documents"))
        return
    st.caption(words("in_library", n=len(rows)))
    rows.sort(key=lambda row: row.document not in first)
    with st.container(gap="xsmall"):
        for row in _page(_filtered(rows, words), words):
            _draw(row, shared, words)


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


def _draw(row: DocumentRow, shared: Shared, words: Words) -> None:
    name, state, delete = st.columns(_WIDTHS, vertical_alignment="center")
    title = row.title if row.title and row.title not in row.path else ""
    counts = [words(key, n=n) for key, n in (("pages", row.pages), ("chunks", row.chunks)) if n]
    small = label(" · ".join(filter(None, (title, *counts))))
    name.markdown(f"**{label(row.path)}**" + (f"  \n:gray[:small[{small}]]" if small else ""))
    state.markdown(state_in_words(row, shared, words))
    with delete.popover("", icon=":material/delete:", help=words("delete"), type="tertiary"):
        st.markdown(words("delete_sure", name=label(row.path)))
        st.button(
            words("delete_yes"),
            key=f"delete-{row.document}",
            on_click=_delete,
            args=(row.document, shared),
        )


def _delete(document: str, shared: Shared) -> None:
    if any(row.document == document for row in shared.kb.documents()):  # or another tab was first
        shared.kb.remove([document])


def state_in_words(row: DocumentRow, shared: Shared, words: Words) -> str:
    """Return what is being done with a document, or what came of it, as Markdown."""
    if step := shared.worker.step(row.document):
        if step.name == "blocked":
            return f":small[{words('blocked', problem=label(step.problem))}]"
        key = "embedding_share" if step.name == "embedding" and step.total else step.name
        return words(key, done=step.done, total=step.total)
    if shared.worker.trouble(row.document) is not None:
        return _wrong(words("failed", reason=words("unexpected")))
    if row.error:
        reason, _, message = row.error.partition(": ")
        key = f"reason_{reason}"
        why = words(key) if key in TEXTS else label(message)
        return _wrong(words("stale" if row.chunks else "failed", reason=why))
    return words(row.status)


def _wrong(text: str) -> str:
    return f":small[:red[{text}]]"
