"""The passages of a document as they were cut, each to be seen where it stands."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.library import PASSAGES, Inspected, PassageList
from app.pages.document.pages_view import draw_place
from app.pages.document.passage_item import item_html
from app.pages.document.place import Place, place
from app.pages.document.switching import draw_only_off, draw_switch
from app.results import DocumentRow
from app.texts import Words
from app.web import Shared, label

_PAGE = "document-list-page"  # of the list; of this document, see `opened`


def draw_passages(shared: Shared, words: Words, found: Inspected) -> None:
    """Draw the list, a part at a time, and beside it the place of the one that was clicked."""
    row, there = found.row, place()
    document = row.document
    listed, standing = st.columns([2, 3], gap="medium")
    with listed:
        st.caption(words("passages_hint"))
        search = st.text_input(
            words("passages_find"),
            key=f"document-find-{document}",
            icon=":material/search:",
            on_change=_first_page,
        )
        # In one line, so that the list does not move when the first passage is switched off.
        with st.container(horizontal=True, vertical_alignment="center"):
            count = st.container(width="content")
            only_off = draw_only_off(words, found, _first_page)
        first = _PAGE not in st.session_state  # a link from elsewhere may name a passage
        at = shared.kb.inspector.passages(
            document,
            search or "",
            st.session_state.get(_PAGE, 1),
            there.passage if first else None,
            only_off=only_off,
        )
        st.session_state[_PAGE] = at.page
        here = there
        if there.passage is None or shared.kb.inspector.passage(document, there.passage) is None:
            if there.passage is not None:
                st.info(words("passage_gone"))
            here = Place(None, at.passages[0][1].chunk_id) if at.passages else Place(1)
        searched = only_off or bool((search or "").strip())
        count.caption(_count(words, at, searched=searched))
        if at.passages:
            _list(shared, words, row, at, here)
    with standing, st.container(key="document-standing"):
        draw_place(shared, words, found, here)


def _count(words: Words, at: PassageList, *, searched: bool) -> str:
    if not at.passages:
        return words("passages_none")
    counted = {"first": at.passages[0][0], "last": at.passages[-1][0], "n": at.total}
    said = words("passages_range", **counted)
    if searched:
        done = (at.page - 1) * PASSAGES
        counted = {"first": done + 1, "last": done + len(at.passages), "n": at.matching}
        said = words("passages_some", total=at.total, **counted)
    return label(said)


def _list(shared: Shared, words: Words, row: DocumentRow, at: PassageList, here: Place) -> None:
    items = [
        item_html(words, row.path, number, one, here, at.headers.get(one.chunk_id, ""))
        for number, one in at.passages
    ]
    ids = [one.chunk_id for _, one in at.passages]
    upto = ids.index(here.passage) + 1 if here.passage in ids else len(ids)
    with st.container(key="document-passages", gap=None):
        _items(items[:upto])
        with st.container(key="document-switch"):
            if here.passage in ids:  # the last of these
                draw_switch(shared, words, row.document, *at.passages[upto - 1])
        with st.container():
            _items(items[upto:])
    if at.pages > 1:
        with st.container(horizontal=True):
            for name, to in (("passages_before", at.page - 1), ("passages_behind", at.page + 1)):
                st.button(
                    words(name),
                    key=f"document-{name}",
                    disabled=not 1 <= to <= at.pages,
                    on_click=_turn,
                    args=(to,),
                )


def _items(items: Sequence[str]) -> None:
    if items:
        st.html(f'<ul class="kb-sources kb-passages" role="list">{"".join(items)}</ul>')


def _turn(page: int) -> None:
    st.session_state[_PAGE] = page


def _first_page() -> None:
    st.session_state[_PAGE] = 1
