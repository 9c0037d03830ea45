"""Which documents the chat is asked of, by what their files say of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from app.control_characters import line
from app.results import DocumentRow
from app.texts import Words
from app.web import Shared
from retrieval.ledger import Filter


def choose_properties(
    rows: Sequence[DocumentRow],
    gone: Sequence[str],
    chosen: Filter,
    shared: Shared,
    words: Words,
) -> Filter:
    """Return a filter with the author, the date of change and the edition that somebody chose.

    What no document says is not asked; `gone` are authors chosen before of whom there is none left.
    """
    if authors := sorted({*(row.author for row in rows if row.author), *gone}):
        author = st.selectbox(
            words("author"),
            ["", *authors],
            format_func=lambda name: line(name) or words("all_authors"),
            key="author-asked",
            persist_state="session",
        )
        chosen = replace(chosen, author=author or None)
    if any(row.changed for row in rows) or st.session_state.get("changed-asked"):
        day = st.date_input(
            words("changed"),
            None,
            key="changed-asked",
            format="YYYY-MM-DD",
            persist_state="session",
        )
        if isinstance(day, date):
            chosen = replace(chosen, changed=(day.isoformat(), ""))
    if st.toggle(words("in_force"), help=words("in_force_help"), key="in-force-asked"):
        chosen = shared.kb.finder.in_force(chosen)
    return chosen
