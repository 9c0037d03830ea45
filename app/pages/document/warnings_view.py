"""What was left out, replaced or unsure when a document was read."""

from __future__ import annotations

import streamlit as st

from app.library import Inspected
from app.pages.document.warning_words import warning_html
from app.texts import Words
from app.web import Shared


def draw_warnings(shared: Shared, words: Words, found: Inspected) -> None:
    """Draw all warnings; the pages they speak of are links to them."""
    row = found.row
    if not row.warnings:
        st.caption(words("warnings_none"))
        return
    st.caption(words("warnings_hint"))
    items = "".join(f"<li>{warning_html(one, words, row.pages or 0)}</li>" for one in row.warnings)
    st.html(f'<ul class="kb-warnings">{items}</ul>')
