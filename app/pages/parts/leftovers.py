"""Lines of a list that a run of the page draws no more."""

from __future__ import annotations

import streamlit as st


def clear_leftovers(key: str, drawn: int, *, following: bool) -> None:
    """Draw nothing in the places where the runs before drew more than these lines.

    To be called in the list's container, after its lines. What a run does not draw again stays
    until it ends, and a run that follows an answer ends with it. Emptying the whole container does
    not help: the browser is told only that it is there again. `following` says that an answer is in
    hand, when a run may end before all that it drew was sent.
    """
    before = int(st.session_state.get(key, 0))
    for _ in range(before - drawn):
        st.empty()
    st.session_state[key] = max(drawn, before) if following else drawn
