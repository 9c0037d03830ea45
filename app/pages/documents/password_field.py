"""The password of a locked document, folded away behind a sign."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.results import DocumentRow
from app.texts import Words
from app.web import Shared, label
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
        st.text_input(
            words("password_of", name=label(shown(row.path))),
            type="password",
            autocomplete="off",
            key=f"{key}-typed",
        )
        st.caption(words("password_hint"))
        # Called before the page is drawn: a run that a job's end cuts short would lose the click.
        st.form_submit_button(
            words("password_use"), on_click=_use, args=(row, f"{key}-typed", shared, words)
        )


def _use(row: DocumentRow, key: str, shared: Shared, words: Words) -> None:
    password, st.session_state[key] = str(st.session_state.get(key) or ""), ""
    if not password:
        return
    try:
        shared.kb.read_again(row.document, password)
    except LibraryError as error:  # it was removed in another tab, or `kb ingest` is at work
        st.toast(label(str(error)), icon=":material/error:")
        return
    shared.worker.wake()
    st.toast(words("again", name=label(shown(row.path))), icon=":material/key:")
