"""The Quality page: one's own questions, how the library does with them, and what people said."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from app.pages.collections.signs import SIGN_STYLE
from app.pages.quality.feedback import draw_feedback
from app.pages.quality.import_dialog import IMPORT, import_dialog
from app.pages.quality.question_form import EDITED, edit_question, is_open
from app.pages.quality.questions import draw_questions
from app.pages.quality.results import draw_results
from app.pages.quality.sections import RESULTS, SECTION_KEY, SECTIONS
from app.texts import Words
from app.web import Shared


def show_quality(shared: Shared, words: Words, chat: Page | None = None) -> None:
    """Draw the page; `chat` is the one on which a conversation is opened."""
    st.html(SIGN_STYLE)
    st.title(words("quality"), anchor=False)
    st.caption(words("quality_hint"))
    if shared.kb.read_only:
        st.info(words("read_only"), icon=":material/lock:")
    # Not tabs: these would jump to the first one when the language changes.
    section = st.segmented_control(
        words("quality"),
        list(SECTIONS),
        default=RESULTS,
        format_func=lambda name: words(f"quality_{name}"),
        key=SECTION_KEY,
        label_visibility="collapsed",
        required=True,
        persist_state="session",
    )
    with st.container(key=f"quality-of-{section}"):
        match section:
            case "questions":
                draw_questions(shared, words)
            case "feedback":
                draw_feedback(shared, words, chat)
            case _:
                draw_results(shared, words)
    if is_open():  # from any section
        questions = shared.kb.feedback.questions()
        edited = next((q for q in questions if q.id == st.session_state[EDITED]), None)
        edit_question(edited, shared, words)
    elif st.session_state.get(IMPORT):
        import_dialog(shared, words)
