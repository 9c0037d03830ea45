"""What other tabs and browsers do with the conversations is seen here, too."""

from __future__ import annotations

import streamlit as st

from app.web import Shared

_SECONDS = 2.0  # between two looks


def watch_elsewhere(shared: Shared, conversation: str | None) -> None:
    """Draw the page again once something was asked, answered, renamed or deleted elsewhere."""
    seen = _state(shared, conversation)

    @st.fragment(run_every=_SECONDS)
    def look() -> None:
        if _state(shared, conversation) != seen:
            st.rerun()

    look()


def _state(shared: Shared, conversation: str | None) -> object:
    kept = shared.kb.conversations
    last = kept.read(conversation, 1) if conversation else []
    return shared.chats.running(), kept.all(), [exchange.exchange for exchange in last]
