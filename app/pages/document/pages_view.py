"""The pages of a document, as pictures or as text, and what was read of each."""

from __future__ import annotations

import streamlit as st

from app.library import Inspected
from app.pages.document.blocks import blocks_html
from app.pages.document.place import Place, go_to, place
from app.pages.parts.places import unit_key
from app.pages.proof import Source, draw_page
from app.texts import Words
from app.web import Pictured, Shared


def draw_pages(shared: Shared, words: Words, found: Inspected) -> None:
    """Draw a page, the way to the others, and beside it what was read of it."""
    row = found.row
    there = place()
    if there.page is None and there.passage is not None:  # the page of the passage
        passage = shared.kb.inspector.passage(row.document, there.passage)
        there = Place(passage.page if passage else None)
    here = Place(there.page)
    with st.container(key="document-page"):
        left, right = st.columns([3, 2], gap="medium")
        with left:
            jump = st.container()
            made = draw_place(shared, words, found, here)
        number = made.page if made else here.page or 1
        total = made.picture.pages if made and made.picture else row.pages or 0
        with jump:
            _jump(words, number, total, row.unit)
        if made is not None and made.picture is None:
            return  # the text itself stands in the place of the picture
        with right:
            if row.pages:
                blocks = shared.kb.inspector.page_blocks(row.document, number)
                st.html(f'<h2 class="kb-label">{words("read_here")}</h2>')
                if blocks:
                    st.html(f'<div class="kb-blocks">{blocks_html(row.path, blocks, words)}</div>')
                else:
                    st.caption(words("nothing_here"))


def draw_place(shared: Shared, words: Words, found: Inspected, here: Place) -> Pictured | None:
    """Draw a page of a document, or a passage of it where it stands; return what was drawn."""
    row = found.row
    passage = shared.kb.inspector.passage(row.document, here.passage) if here.passage else None
    if passage is None:
        page = min(here.page or 1, row.pages) if row.pages else None
        here = Place(page if row.pages else here.page)
        source = Source(row.document, row.path, page, "", row.unit, None, "", "")
    else:
        source = Source(
            row.document, row.path, passage.page, passage.heading, passage.unit,
            passage.confidence, passage.chunk_id, passage.text,
        )  # fmt: skip
    standing = shared.kb.evidence.standing(row.document, source.chunk_id, source.page, source.text)
    return draw_page(shared, words, here, source, standing)


def _jump(words: Words, number: int, total: int, unit: str | None) -> None:
    if total < 2:
        return
    key = "document-jump"
    number = min(max(1, number), total)
    if st.session_state.get(key, number) != number:  # or it would take back what is typed meanwhile
        st.session_state[key] = number
    st.number_input(
        words(f"go_{unit_key(unit)}"),
        1,
        total,
        number,
        key=key,
        width=180,
        on_change=_jumped,
        args=(key,),
    )


def _jumped(key: str) -> None:
    go_to(Place(int(st.session_state[key])))
