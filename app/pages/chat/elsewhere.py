"""What other tabs and browsers do with the conversations is seen here, too."""

from __future__ import annotations

import streamlit as st

from app.pages.proof import is_proof_open
from app.web import Shared

_SECONDS = 2.0  # between two looks


def watch_elsewhere(shared: Shared) -> None:
    """Draw the page again once something was asked, answered, renamed or deleted elsewhere.

    Not behind a source that is open, which is drawn with it: closing it draws the page, too.
    """
    if is_proof_open():
        return
    seen = _state(shared)

    @st.fragment(run_every=_SECONDS)
    def look() -> None:
        if _state(shared) != seen:
            st.rerun()

    look()


def _state(shared: Shared) -> object:
    return shared.chats.running(), shared.kb.conversations.all()
