"""Who asks: a browser's session, as long as nobody logs in."""

from __future__ import annotations

import secrets

import streamlit as st

_KEY = "asker"


def this_asker() -> str:
    """Return a key of this tab's session, the same at each run and told to nobody else."""
    state = st.session_state
    if _KEY not in state:
        state[_KEY] = secrets.token_hex(8)
    return str(state[_KEY])
