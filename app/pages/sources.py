"""Where an answer stands, and what came closest when there is none."""

from __future__ import annotations

import streamlit as st

from app.web import AnswerProgress, Words, label, passage_html
from llm.answer import Answer
from retrieval.library import shown


def draw_sources(result: Answer, progress: AnswerProgress, words: Words) -> None:
    """Draw each citation with the passage it is from, its quote marked."""
    around = {
        part: (passage.page_content, passage.metadata.get("header", ""))
        for passage in progress.passages
        for part in passage.metadata.get("parts", (passage.id,))
    }
    for c in result.citations:
        with st.expander(label(f"[{c.n}] {place(c.path, c.page, c.heading, words)}")):
            text, header = around.get(c.chunk_id, (c.quote, ""))
            st.html(passage_html(c.path, text, c.quote, header))


def draw_closest(result: Answer, words: Words) -> None:
    """Draw the passages that came nearest to a question that was refused."""
    if result.closest:
        st.caption(words("closest"))
    for near in result.closest:
        with st.expander(label(place(near.path, near.page, near.heading, words))):
            st.html(passage_html(near.path, near.text))


def place(path: str, page: int | None, heading: str, words: Words) -> str:
    """Return where a passage stands, in words."""
    return " · ".join(
        part for part in (shown(path), words("page", n=page) if page else "", heading) if part
    )
