"""What all pages share: title and style, the library behind them, the way between them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from app.errors import EXPECTED, one_line
from app.pages.chat.page import show_chat
from app.pages.documents.page import show_documents
from app.pages.proof import PROOF_STYLE
from app.texts import Words
from app.web import STYLE, label, shared

# A file of our own: browsers fetch a page icon of `:material:` from outside.
ICON = Path(__file__).parents[1] / "icon.svg"


def draw() -> None:
    """Draw the page that the browser asks for."""
    st.set_page_config(page_title="Zhiku 知库", page_icon=ICON)
    st.html(STYLE)
    st.html(PROOF_STYLE)
    words = Words(st.context.locale)
    try:
        behind = shared()
    except EXPECTED as error:  # a wrong setting, a ledger of a newer release
        st.error(label(one_line(error)))
        st.stop()
    library = st.Page(
        partial(show_documents, behind, words),
        title=words("documents"),
        url_path="documents",
        icon=":material/folder_open:",
    )
    talk = st.Page(
        partial(show_chat, behind, words, library),
        title=words("chat"),
        url_path="chat",
        icon=":material/forum:",
        default=True,
    )
    st.navigation({"Zhiku 知库": [talk, library]}).run()
