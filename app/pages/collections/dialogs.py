"""Which dialog of the page is open, and for which collection or assistant."""

from __future__ import annotations

import streamlit as st

EDIT_COLLECTION, DELETE_COLLECTION = "edit-collection", "delete-collection"
EDIT_ASSISTANT, DELETE_ASSISTANT = "edit-assistant", "delete-assistant"
_KEY = "collections-dialog"


def open_dialog(kind: str, of: str = "") -> None:
    """Open a dialog when the page is drawn next; `of` is a name or id, "" for a new one."""
    st.session_state[_KEY] = (kind, of)


def opened() -> tuple[str, str]:
    """Return the kind of the open dialog and what it is of; ("", "") when none is open."""
    kind, of = st.session_state.get(_KEY) or ("", "")
    return kind, of


def close() -> None:
    """Close the dialog when the page is drawn next."""
    st.session_state.pop(_KEY, None)
