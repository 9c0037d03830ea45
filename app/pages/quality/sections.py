"""The sections of the page, and the way from one to another."""

from __future__ import annotations

import streamlit as st

RESULTS, QUESTIONS, FEEDBACK = SECTIONS = ("results", "questions", "feedback")
SECTION_KEY = "quality-section"


def go(section: str) -> None:
    """Have another section drawn next."""
    st.session_state[SECTION_KEY] = section
