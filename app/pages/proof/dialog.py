"""The dialog with a source: what is said of it, and the page it stands on."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import Page

from app.components import links
from app.pages.parts.dialogs import dialog
from app.pages.proof.page_side import draw_page
from app.pages.proof.refs import Ref, parse_ref
from app.pages.proof.sources import Source, sources_of
from app.pages.proof.text_side import draw_text
from app.texts import Words
from app.web import Exchange, Shared

_OPEN = "proof-open"


def show_proof(
    shared: Shared,
    words: Words,
    exchanges: Mapping[int, Exchange],
    *,
    document: Page | None = None,
) -> None:
    """Open the source whose link was clicked, in a dialog over the page.

    To be called once, before the exchanges are drawn, so that it opens at once. `exchanges` are
    those of the page by the number in their links, and `document` is the page of a document, if
    there is one.
    """
    if opened := links("page"):
        st.session_state[_OPEN] = opened
    if _opened(exchanges) is None:
        st.session_state.pop(_OPEN, None)
        return

    @dialog(words, "source", width="large", on_dismiss=_close)
    def draw() -> None:
        said, shown = st.columns([2, 3], gap="medium")
        # Below, where the room that each element takes is not seen.
        if moved := links("dialog"):
            st.session_state[_OPEN] = moved
        now = _opened(exchanges)
        if now is None:
            st.caption(words("source_gone"))
            return
        ref, sources = now
        source = sources[ref.number]
        standing = shared.kb.evidence.standing(
            source.document, source.chunk_id, source.page, source.quote or source.text
        )
        with said:
            draw_text(shared, words, ref, sources, standing, document)
        with shown:
            draw_page(shared, words, ref, source, standing)

    draw()


def is_proof_open() -> bool:
    """Tell whether the dialog is open, after `show_proof`: it is best left alone then."""
    return _OPEN in st.session_state


def _close() -> None:
    st.session_state.pop(_OPEN, None)


def _opened(exchanges: Mapping[int, Exchange]) -> tuple[Ref, dict[int, Source]] | None:
    """Return what is open, if the exchange has it: what a browser names may be anything."""
    ref = parse_ref(st.session_state.get(_OPEN, ""))
    exchange = exchanges.get(ref.exchange) if ref else None
    if ref is None or exchange is None:
        return None
    progress = exchange.look()
    sources = sources_of(progress, ref.kind)
    return (ref, sources) if ref.number in sources else None
