"""What people said of answers: how many, and the files in which one can take it elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import streamlit as st
from streamlit.navigation.page import Page

from app.feedback import JudgedAnswer
from app.pages.quality.feedback_list import list_feedback
from app.quality import feedback_lines, preference_lines
from app.results import DocumentRow
from app.texts import Words
from app.web import Shared

Lines = Callable[[Iterable[JudgedAnswer], dict[str, DocumentRow]], Iterator[str]]


def draw_feedback(shared: Shared, words: Words, chat: Page | None = None) -> None:
    """Draw the section; `chat` is the page on which a conversation is opened."""
    st.caption(words("feedback_hint"))
    judged = shared.kb.feedback.judged()
    if not judged:
        st.markdown(words("feedback_none"))
        return
    verdicts = [one.verdict for one in judged]
    with st.container(horizontal=True, gap="medium"):
        for name, n in (
            ("good", sum(v.verdict == "good" for v in verdicts)),
            ("bad", sum(v.verdict == "bad" for v in verdicts)),
            ("better", sum(bool(v.better) for v in verdicts)),
        ):
            st.metric(words(f"feedback_{name}"), n, width="content")
    list_feedback(judged, words, chat)
    _offer("eval", "feedback.jsonl", feedback_lines, shared, words)
    if any(v.better for v in verdicts):
        _offer("tuning", "preferences.jsonl", preference_lines, shared, words)
    st.caption(words("feedback_without"))


def _offer(name: str, file: str, lines: Lines, shared: Shared, words: Words) -> None:
    def data() -> bytes:
        rows = {row.document: row for row in shared.kb.documents()}
        return "".join(lines(shared.kb.feedback.judged(), rows)).encode()

    with st.container(border=True):
        st.markdown(words(f"feedback_for_{name}_hint"))
        st.download_button(
            words(f"feedback_for_{name}"),
            data,
            file,
            "application/jsonl",
            icon=":material/download:",
            key=f"feedback-{name}",
            on_click="ignore",
        )
