"""A document's own page: what is known of it, its pages, passages, warnings and text."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from app.components import links
from app.control_characters import line
from app.library import Inspected
from app.pages.document.actions import draw_actions, go_to_chat
from app.pages.document.gone import draw_gone
from app.pages.document.head import draw_head
from app.pages.document.opened import VIEWS, View, keep_view, opened_document, view
from app.pages.document.pages_view import draw_pages
from app.pages.document.passages_view import draw_passages
from app.pages.document.place import go_to, parse_place, read_address
from app.pages.document.state import draw_state
from app.pages.document.style import DOCUMENT_STYLE
from app.pages.document.text_view import draw_text
from app.pages.document.warnings_view import draw_warnings
from app.pages.documents.password_field import ask_for_password
from app.pages.proof import is_made_meanwhile
from app.texts import Words
from app.web import Shared
from retrieval.library import shown

_KEY = "document-views"


def show_document(
    shared: Shared, words: Words, documents: Page | None = None, chat: Page | None = None
) -> None:
    """Draw the page of the document that the address names: `doc=ID&page=N` or `&passage=ID`.

    `documents` is the page with all of them, `chat` the one on which questions are asked.
    """
    st.html(DOCUMENT_STYLE)
    go_to_chat(chat)
    document = opened_document()
    above, below = st.container(), st.container()
    with below:  # where the room that it takes is not seen
        opened = links("page")
    # While a picture is waited for, the browser's address may be one click behind.
    read_address(is_stale=is_made_meanwhile())
    if opened and (there := parse_place(opened)):
        go_to(there)
    found = shared.kb.inspector.look(document) if document else None
    name = line(shown(found.row.path)) if found else words("document_page")
    st.set_page_config(page_title=f"{name.rsplit('/', 1)[-1]} · Zhiku", layout="wide")
    with above:
        if documents is not None:
            st.page_link(documents, label=words("to_list"), icon=":material/arrow_back:")
        if found is None:
            draw_gone(shared, words)
            return
        draw_head(found, words)
        draw_state(shared, words, found)
        draw_actions(shared, words, found, chat)
        with st.container():
            ask_for_password(shared, words)
        if found.entry.visible:
            _views(shared, words, found)


def _views(shared: Shared, words: Words, found: Inspected) -> None:
    row = found.row
    has_pages = bool(row.pages) or not row.path.lower().endswith((".md", ".txt"))
    called: dict[View, str] = {
        "pages": words("view_pages" if has_pages else "view_preview"),
        "passages": words("view_passages", n=row.chunks),
        "warnings": words("view_warnings", n=len(row.warnings)),
        "text": words("view_text"),
    }
    names = [called[one] for one in VIEWS]
    now = called[view()]
    # Only where a link has chosen it, or the language has changed: what is set here takes back
    # what somebody chooses meanwhile.
    if st.session_state.get(_KEY, now) != now:
        st.session_state[_KEY] = now
    tabs = st.tabs(names, default=now, key=_KEY, on_change=_chosen, args=(called,))
    draws = (draw_pages, draw_passages, draw_warnings, draw_text)
    for tab, draw in zip(tabs, draws, strict=True):
        if tab.open:
            with tab:
                draw(shared, words, found)


def _chosen(called: dict[View, str]) -> None:
    now = st.session_state.get(_KEY)
    keep_view(next((one for one, name in called.items() if name == now), "pages"))
