"""How long a reading in hand will take still."""

from __future__ import annotations

import time

import streamlit as st

_SURE_SECONDS = 8.0  # watched for so long before a guess is told


def left(document: str, step: str, done: int, total: int) -> int | None:
    """Return the minutes that a step will take still, None where that is not known.

    It is guessed from how fast it went since this browser saw it first.
    """
    seen: dict[str, tuple[str, float, int]] = st.session_state.setdefault("documents-pace", {})
    if not total:
        seen.pop(document, None)
        return None
    now = time.monotonic()
    if document not in seen or seen[document][0] != step or seen[document][2] > done:
        seen[document] = (step, now, done)
    _, began, before = seen[document]
    if now - began < _SURE_SECONDS or done <= before:
        return None
    seconds = (total - done) * (now - began) / (done - before)
    return round(seconds / 60) if seconds >= 60 else 0
