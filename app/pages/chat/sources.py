"""Where an answer stands, and what came closest when there is none."""

from __future__ import annotations

import streamlit as st

from app.pages.proof import near_html, sources_html
from app.texts import Words
from app.web import AnswerProgress


def draw_sources(progress: AnswerProgress, exchange: int, words: Words) -> None:
    """Draw a line for each source of an answer, which opens it."""
    if shown := sources_html(progress, exchange, words):
        st.html(shown)


def draw_closest(progress: AnswerProgress, exchange: int, words: Words) -> None:
    """Draw the passages that came nearest to a question without a sure answer."""
    if shown := near_html(progress, exchange, words):
        st.caption(words("closest"))
        st.html(shown)
