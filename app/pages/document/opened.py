"""Which document is open, and which view of it; what was chosen for another one is forgotten."""

from __future__ import annotations

from typing import Literal, get_args

import streamlit as st

View = Literal["pages", "passages", "warnings", "text"]
VIEWS: tuple[View, ...] = get_args(View)

_OPEN, _VIEW = "document-open", "document-view"
_OWN = ("document-list-page", "document-text-page", "document-place", _VIEW)  # of one document


def opened_document() -> str:
    """Return the id that the address names, else that of the document seen last in this tab."""
    state = st.session_state
    given = str(st.query_params.get("doc") or state.get(_OPEN) or "")[:64]
    if given != state.get(_OPEN):
        for key in _OWN:
            state.pop(key, None)
        state[_OPEN] = given
    if given and st.query_params.get("doc") != given:
        st.query_params["doc"] = given
    return given


def view() -> View:
    """Return the view that is open: the one chosen, else the pages, or the passages for a link."""
    chosen = st.session_state.get(_VIEW)
    usual: View = "passages" if "passage" in st.query_params else "pages"
    return next((one for one in VIEWS if one == chosen), usual)


def keep_view(name: View) -> None:
    """Have a view shown."""
    st.session_state[_VIEW] = name
