"""Where an answer stands, and what came closest when there is none."""

from __future__ import annotations

import streamlit as st

from app.pages.parts.places import place
from app.texts import Words
from app.web import AnswerProgress, label, passage_html
from llm.answer import Answer, Citation, ClosestPassage


def draw_sources(result: Answer, progress: AnswerProgress, words: Words) -> None:
    """Draw each citation with the passage it is from, its quote marked."""
    around = {
        part: (passage.page_content, passage.metadata.get("header", ""))
        for passage in progress.passages
        for part in passage.metadata.get("parts", (passage.id,))
    }
    for c in result.citations:
        with st.expander(label(f"[{c.n}] {_where(c, words)}")):
            state = progress.state(c)
            if state != "current":
                st.caption(words(f"source_{state}"))
            text, header = around.get(c.chunk_id, (c.quote, ""))
            st.html(passage_html(c.path, text, c.quote, header))


def draw_closest(result: Answer, words: Words) -> None:
    """Draw the passages that came nearest to a question that was refused."""
    if result.closest:
        st.caption(words("closest"))
    for near in result.closest:
        with st.expander(label(_where(near, words))):
            st.html(passage_html(near.path, near.text))


def _where(found: Citation | ClosestPassage, words: Words) -> str:
    unit, confidence = found.unit, found.confidence
    return place(found.path, found.page, found.heading, words, unit=unit, confidence=confidence)
