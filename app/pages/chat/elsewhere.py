"""What other tabs and browsers do with the conversations is seen here, too."""

from __future__ import annotations

import streamlit as st

from app.web import Shared

_SECONDS = 2.0  # between two looks


def watch_elsewhere(shared: Shared) -> None:
    """Draw the page again once something was asked, answered, renamed or deleted elsewhere."""
    seen = _state(shared)

    @st.fragment(run_every=_SECONDS)
    def look() -> None:
        if _state(shared) != seen:
            st.rerun()

    look()


def _state(shared: Shared) -> object:
    return shared.chats.running(), shared.kb.conversations.all()
