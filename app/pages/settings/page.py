"""The Settings page: what one may choose, each with a sentence and a way back to the default."""

from __future__ import annotations

import streamlit as st

from app.pages.parts.look import choose_look
from app.pages.settings.about import draw_about
from app.pages.settings.fields import draw_field
from app.pages.settings.models import draw_models
from app.pages.settings.reading import draw_reading
from app.settings import Settings
from app.texts import Words
from app.web import Shared

_ANSWERS = ("certainty", "strict", "passages", "answer_tokens", "suggest", "keep_days")
_PARAMETER = "section"  # of the address, so that a reload shows the same
_SECTIONS = ("model", "answers", "reading", "look", "about")


def show_settings(shared: Shared, words: Words) -> None:
    """Draw the page."""
    st.title(words("settings"), anchor=False)
    st.caption(words("settings_read_only" if shared.kb.read_only else "settings_hint"))
    if st.query_params.get(_PARAMETER) in _SECTIONS:  # a reload
        st.session_state.setdefault("settings-section", st.query_params[_PARAMETER])
    # Not tabs: these would jump to the first one when the language changes.
    section = st.segmented_control(
        words("settings"),
        list(_SECTIONS),
        default=None if "settings-section" in st.session_state else "model",
        format_func=lambda name: words(f"settings_{name}"),
        key="settings-section",
        label_visibility="collapsed",
        required=True,
        persist_state="session",
    )
    if st.query_params.get(_PARAMETER) != section:
        st.query_params[_PARAMETER] = section or "model"
    with st.container(key=f"settings-of-{section}"):
        _draw(section or "model", shared, words)


def _draw(section: str, shared: Shared, words: Words) -> None:
    match section:
        case "answers":
            for name in _ANSWERS:
                if name in Settings.model_fields:  # one of them may come with another release
                    draw_field(name, shared, words)
        case "reading":
            draw_reading(shared, words)
        case "look":
            choose_look(words)
            st.caption(words("look_hint"))
        case "about":
            draw_about(shared, words)
        case _:
            draw_models(shared, words)
