"""The Chat page: a question, its streamed answer, its sources."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from app.pages.chat.actions import draw_actions
from app.pages.chat.answers import draw_answer, follow
from app.pages.chat.asking import ask, ask_again, forget
from app.pages.chat.editor import Acts, draw_editor, edits, stop_editing
from app.pages.chat.filter_words import told
from app.pages.chat.filters import choose_filter
from app.pages.chat.question_field import draw_keys, longest_question, question_field
from app.pages.chat.rating import Rating
from app.pages.chat.strictness import choose_strictness, strictness_told
from app.pages.parts.notices import library_notice, models_notice, place_notice
from app.texts import Words
from app.web import Answering, Shared, text_html
from retrieval.library import shown


def show_chat(
    shared: Shared, words: Words, documents: Page | None = None, rating: Rating | None = None
) -> None:
    """Draw the page; `documents` is where one goes when the library is empty.

    Answers can be judged where there is a `rating` that keeps the verdicts.
    """
    exchanges: list[Answering] = st.session_state.setdefault("exchanges", [])
    running = bool(exchanges) and not exchanges[-1].look().done
    if st.sidebar.button(words("new_chat"), icon=":material/add:", width="stretch"):
        forget(exchanges)
        stop_editing()
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
    answerable = True
    if not running:
        with notices.container():
            answerable = library_notice(shared, words, documents)
            models_notice(shared, words)
    most = longest_question(shared.kb.settings.context_tokens)
    question = question_field(words, most, notices, answerable=answerable, running=running)
    if question:
        stop_editing()
        ask(shared, exchanges, question, within, certainty)
        st.rerun()
    draw_keys(exchanges, words, most, running=running)
    acts = Acts(rating=rating)
    if not running:
        acts = Acts(
            again=lambda exchange, asked: ask_again(shared, exchanges, exchange, asked),
            more=lambda exchange, asked: ask(
                shared, exchanges, asked, exchange.within, exchange.certainty
            ),
            rating=rating,
        )
    paths = {row.document: shown(row.path) for row in rows}
    for exchange in exchanges:
        is_last = exchange is exchanges[-1]
        with st.chat_message("user", avatar=":material/person:"):
            if edits(exchange) and not running:
                draw_editor(exchange, acts, words, most, is_last=is_last)
            else:
                st.html(text_html(exchange.question))
            of, how = told(exchange.within, paths, words), strictness_told(exchange, shared, words)
            if of or how:
                st.caption(" · ".join(filter(None, (of, how))))
        with st.chat_message("assistant", avatar=":material/menu_book:"):
            # Not by a new look: an answer done just now must still free the input, by a rerun.
            if running and is_last:
                follow(exchange, words)
            else:
                now = exchange.look()
                draw_answer(now, words)
                draw_actions(exchange, now, acts, words, is_last=is_last)
