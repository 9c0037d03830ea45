"""The password of a locked document, asked for above the table."""

from __future__ import annotations

import streamlit as st

from app.control_characters import line
from app.errors import one_line
from app.pages.documents.actions import tell
from app.texts import Words
from app.web import Shared, label
from retrieval.errors import LibraryError
from retrieval.library import shown

_OF = "documents-locked"  # the document whose password is asked for


def ask_for_password(shared: Shared, words: Words) -> None:
    """Draw the field for the document whose key was clicked; it is kept nowhere.

    What is typed is not kept by the page either: the form is empty once it was sent.
    """
    document = st.session_state.get(_OF)
    path = next((e.path for e in shared.kb.shelf.entries() if e.document == document), None)
    if document is None or path is None:
        return
    key = f"password-{document}"
    with st.form(f"{key}-form", clear_on_submit=True):
        # No Markdown in it: the field's name for screen readers is this text as it is.
        st.markdown(words("password_of", name=label(shown(path))))
        st.text_input(
            words("password_field"), type="password", autocomplete="off", key=f"{key}-typed"
        )
        st.caption(words("password_hint"))
        # Called before the page is drawn: a run that a job's end cuts short would lose the click.
        with st.container(horizontal=True):
            st.form_submit_button(
                words("password_use"),
                type="primary",
                on_click=_use,
                args=(document, path, f"{key}-typed", shared, words),
            )
            st.form_submit_button(words("cancel"), on_click=_close)


def _close() -> None:
    st.session_state.pop(_OF, None)


def _use(document: str, path: str, key: str, shared: Shared, words: Words) -> None:
    password, st.session_state[key] = str(st.session_state.get(key) or ""), ""
    if not password:
        return
    _close()
    try:
        shared.kb.read_again(document, password)
    except LibraryError as error:  # it was removed in another tab, or `kb ingest` is at work
        tell(text=line(words.problem(one_line(error))), wrong=True)
        return
    shared.worker.wake()
    tell(text=words("again", name=line(shown(path))))
