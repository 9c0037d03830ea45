"""What all pages share: title and style, the library behind them, the way between them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from app.errors import EXPECTED, one_line
from app.pages.chat.kept_rating import KeptRating
from app.pages.chat.page import show_chat
from app.pages.collections.page import show_collections
from app.pages.document.page import show_document
from app.pages.documents.page import show_documents
from app.pages.parts.look import language_switch, look, wear_look
from app.pages.proof import PROOF_STYLE
from app.pages.quality.page import show_quality
from app.pages.settings.page import show_settings
from app.texts import Words
from app.web import STYLE, label, shared

# A file of our own: browsers fetch a page icon of `:material:` from outside.
ICON = Path(__file__).parents[1] / "icon.svg"


def draw() -> None:
    """Draw the page that the browser asks for."""
    st.set_page_config(page_title="Zhiku 知库", page_icon=ICON)
    st.html(STYLE)
    st.html(PROOF_STYLE)
    now = look()
    words = Words(now.tag)
    with st.sidebar.container(key="kb-foot"):  # first in the tree, last to be seen
        language_switch(words)
    try:
        behind = shared()
    except EXPECTED as error:  # a wrong setting, a ledger of a newer release
        wear_look(now, [])
        st.error(label(words.problem(one_line(error))))
        st.stop()
    document = st.Page(
        lambda: show_document(behind, words, library, talk),
        title=words("document_page"),
        url_path="document",
        icon=":material/description:",
        visibility="hidden",
    )
    library = st.Page(
        partial(show_documents, behind, words, document),
        title=words("documents"),
        url_path="documents",
        icon=":material/folder_open:",
    )
    collections = st.Page(
        partial(show_collections, behind, words),
        title=words("collections_page"),
        url_path="collections",
        icon=":material/folder_copy:",
    )
    rating = None if behind.kb.read_only else KeptRating(behind.kb.feedback)
    talk = st.Page(
        partial(show_chat, behind, words, library, document, rating),
        title=words("chat"),
        url_path="chat",
        icon=":material/forum:",
        default=True,
    )
    quality = st.Page(
        partial(show_quality, behind, words, talk),
        title=words("quality"),
        url_path="quality",
        icon=":material/fact_check:",
    )
    settings = st.Page(
        partial(show_settings, behind, words),
        title=words("settings"),
        url_path="settings",
        icon=":material/settings:",
    )
    pages = [talk, library, collections, quality, settings, document]
    wear_look(now, [page.url_path for page in pages])
    try:
        st.navigation(pages, expanded=True).run()
    except EXPECTED as error:  # a full disk, a library that another program holds
        st.error(label(words.problem(one_line(error))), icon=":material/error:")
