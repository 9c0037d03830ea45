"""What was read of a document, laid out block by block, a few pages at once."""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from app.control_characters import line
from app.library import Inspected
from app.pages.document.blocks import blocks_html
from app.pages.document.place import Place
from app.pages.parts.places import unit_key
from app.results import ShownBlock
from app.texts import Words
from app.web import Link, Shared, link_html
from retrieval.errors import LibraryError

_PAGE = "document-text-page"  # of this document, see `opened`


def draw_text(shared: Shared, words: Words, found: Inspected) -> None:
    """Draw a part of the text, and the way to the others."""
    row = found.row
    st.caption(words("text_hint"))
    try:
        text = shared.kb.inspector.text(row.document, st.session_state.get(_PAGE, 1))
    except LibraryError:
        st.warning(words("text_damaged"))
        return
    if not text.blocks:
        st.caption(words("nothing_here"))
        return
    _turns(words, text.page, text.pages, "above")
    pieces = groupby(text.blocks, key=lambda block: (block.page, block.name))
    inner = "".join(
        _part(row.path, number, name, list(own), row.unit, words) for (number, name), own in pieces
    )
    st.html(f'<div class="kb-blocks kb-read">{inner}</div>')
    if text.is_cut:
        st.caption(words("text_cut"))
    _turns(words, text.page, text.pages, "below")


def _part(
    path: str,
    number: int | None,
    name: str,
    blocks: Sequence[ShownBlock],
    unit: str | None,
    words: Words,
) -> str:
    shown = blocks_html(path, blocks, words)
    if number is None:
        return shown
    called = words(unit_key(unit), n=number)
    link = link_html(
        Link(str(Place(number)), words("go_to_page", n=number)),
        html.escape(called[:1].upper() + called[1:]),
        "kb-page-link",
        popup=False,
    )
    more = f" · {html.escape(line(name))}" if name else ""
    return f'<h2 class="kb-label kb-part">{link}{more}</h2>{shown}'


def _turns(words: Words, page: int, pages: int, where: str) -> None:
    if pages < 2:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, to in (("text_before", page - 1), ("text_behind", page + 1)):
            st.button(
                words(name),
                key=f"document-{name}-{where}",
                disabled=not 1 <= to <= pages,
                on_click=_turn,
                args=(to,),
            )
        st.caption(words("text_page", n=page, all=pages), width="content")


def _turn(page: int) -> None:
    st.session_state[_PAGE] = page
