"""The password of a locked document, folded away behind a sign."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.results import DocumentRow
from app.web import Shared, Words, label
from retrieval.errors import LibraryError
from retrieval.library import shown

LOCKED = "encrypted: "  # how the error of a document begins that has a password


def ask_for_password(place: DeltaGenerator, row: DocumentRow, shared: Shared, words: Words) -> None:
    """Draw the sign, and the field that it unfolds; the password stays in memory until it is used.

    What is typed is not kept by the page either: the form is empty once it was sent.
    """
    key = f"password-{row.document}"
    with (
        place.popover("", icon=":material/key:", help=words("password"), type="tertiary", key=key),
        st.form(f"{key}-form", clear_on_submit=True, border=False),
    ):
        typed = st.text_input(
            words("password_of", name=label(shown(row.path))),
            type="password",
            autocomplete="off",
            key=f"{key}-typed",
        )
        st.caption(words("password_hint"))
        if st.form_submit_button(words("password_use")) and typed:
            _use(row, typed, shared, words)


def _use(row: DocumentRow, password: str, shared: Shared, words: Words) -> None:
    try:
        shared.kb.read_again(row.document, password)
    except LibraryError as error:  # it was removed in another tab, or `kb ingest` is at work
        st.error(label(str(error)), icon=":material/error:")
        return
    shared.worker.wake()
    st.toast(words("again", name=label(shown(row.path))), icon=":material/key:")
    st.rerun()
