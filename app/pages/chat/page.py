"""The Chat page: a question, its streamed answer, its sources."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from app.pages.chat.answers import draw_answer, follow
from app.pages.chat.filter_words import told
from app.pages.chat.filters import choose_filter
from app.pages.chat.strictness import choose_strictness, strictness_told
from app.pages.parts.notices import library_notice, models_notice, place_notice
from app.pages.proof import show_proof
from app.texts import Words
from app.web import Answering, Shared, text_html
from retrieval.library import shown

_KEPT = 50  # exchanges drawn again at each rerun
_HISTORY = 6  # exchanges that a question may lean on
_LONGEST = 2000  # characters of a question; the prompt must leave room for passages


def show_chat(shared: Shared, words: Words, documents: Page | None = None) -> None:
    """Draw the page; `documents` is where one goes when the library is empty."""
    exchanges: list[Answering] = st.session_state.setdefault("exchanges", [])
    running = bool(exchanges) and not exchanges[-1].look().done
    if st.sidebar.button(words("new_chat"), icon=":material/add:", width="stretch"):
        _forget(exchanges)
        st.rerun()
    rows = shared.kb.documents()
    with st.sidebar:
        within = choose_filter(rows, shared, words)
        certainty = choose_strictness(shared, words) if rows else None
        place_notice(shared, words)
    # In places that are always there: what an answer's run does not draw again would stay, greyed.
    top, notices = st.empty(), st.empty()
    if not exchanges:
        with top.container():
            st.title(words("chat_title"), anchor=False)
            st.caption(words("chat_hint"))
    # Before all that takes longer, so that a source opens at once.
    show_proof(shared, words, dict(enumerate(exchanges)), running=running)
    answerable = True
    if not running:
        with notices.container():
            answerable = library_notice(shared, words, documents)
            models_notice(shared, words)
    # Not by `max_chars`: Streamlit drops a longer text that is pasted without a word.
    if long := st.session_state.pop("question-long", ""):
        st.session_state["question"] = long
        problem = words("question_long", length=len(long), most=_LONGEST)
        notices.error(problem, icon=":material/error:")
    question = st.chat_input(words("ask"), disabled=running or not answerable, key="question")
    if question and len(question.strip()) > _LONGEST:
        st.session_state["question-long"] = question
        st.rerun()
    if question and question.strip():
        said = [turn for exchange in exchanges[-_HISTORY:] if (turn := exchange.turn())]
        exchanges.append(shared.ask(question.strip(), within, said, certainty))
        del exchanges[:-_KEPT]
        st.rerun()
    paths = {row.document: shown(row.path) for row in rows}
    for number, exchange in enumerate(exchanges):
        with st.chat_message("user", avatar=":material/person:"):
            st.html(text_html(exchange.question))
            of, how = told(exchange.within, paths, words), strictness_told(exchange, shared, words)
            if of or how:
                st.caption(" · ".join(filter(None, (of, how))))
        with st.chat_message("assistant", avatar=":material/menu_book:"):
            # Not by a new look: an answer done just now must still free the input, by a rerun.
            if running and exchange is exchanges[-1]:
                follow(exchange, words, number)
            else:
                draw_answer(exchange.look(), words, number)


def _forget(exchanges: list[Answering]) -> None:
    for exchange in exchanges:
        exchange.stop()
    exchanges.clear()
