"""How sure an answer must be, moved for the questions of one chat."""

from __future__ import annotations

import streamlit as st

from app.texts import Words
from app.web import Exchange, Shared
from llm.answer import BETWEEN, moved

STRICTER, BALANCED, HELPFUL = "stricter", "balanced", "helpful"
# Log-odds from the setting to either side, as far as its two borders lie apart: what is "not sure"
# by the setting is told as sure when it is moved to "more helpful".
# In the order of the slider in Settings.
_STEPS = {HELPFUL: -BETWEEN, BALANCED: 0.0, STRICTER: BETWEEN}


def least(position: str, usual: float) -> float:
    """Return the least certainty, 0 to 1, of a position around the `usual` one of the settings."""
    return usual if position == BALANCED else moved(usual, _STEPS[position])


def choose_strictness(shared: Shared, words: Words) -> float | None:
    """Let one choose how sure an answer must be; None, the setting, where nothing was moved.

    There is nothing to choose with a model that does not say how sure it is, nor with a setting
    that always answers or never does.
    """
    usual = shared.kb.settings.certainty
    if shared.kb.models.judges is False or not 0.0 < usual < 1.0:
        return None
    # A slider, as three buttons in English are wider than the sidebar.
    position = st.select_slider(
        words("unsure"),
        list(_STEPS),
        BALANCED,
        format_func=lambda name: words(f"unsure_{name}", value=f"{usual:g}"),
        help=words("unsure_help"),
        key="strictness-asked",
        persist_state="session",
    )
    return None if position == BALANCED else least(position, usual)


def strictness_told(exchange: Exchange, shared: Shared, words: Words) -> str:
    """Return in words how sure an answer had to be; "" for what the setting says."""
    if exchange.certainty is None:
        return ""
    position = STRICTER if exchange.certainty > shared.kb.settings.certainty else HELPFUL
    return words("unsure_asked", position=words(f"unsure_{position}"))
