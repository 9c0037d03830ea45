"""The Chat page: a question, its streamed answer, its sources, in a conversation that is kept."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import Page

from app.components import fold_narrow_sidebar
from app.pages.chat.address import close_chat, open_chat, open_conversation, was_unknown
from app.pages.chat.answers import draw_answer, follow
from app.pages.chat.assistants import assistant_told, choose_assistant, introduced
from app.pages.chat.attaching import attach_files
from app.pages.chat.conversation_list import draw_list
from app.pages.chat.elsewhere import watch_elsewhere
from app.pages.chat.filter_words import told
from app.pages.chat.filters import choose_filter
from app.pages.chat.strictness import strictness_told
from app.pages.parts.notices import library_notice, models_notice, place_notice
from app.texts import Words
from app.web import AnswerProgress, Exchange, Shared, text_html
from retrieval.ledger import EVERYTHING
from retrieval.library import shown

_LONGEST = 2000  # characters of a question; the prompt must leave room for passages


def show_chat(shared: Shared, words: Words, documents: Page | None = None) -> None:
    """Draw the page; `documents` is where one goes when the library is empty."""
    conversation = open_conversation(shared)
    exchanges = shared.chats.exchanges(conversation) if conversation else []
    # Looked at once: an answer done just now must still free the input, by a rerun.
    looks = [exchange.look() for exchange in exchanges]
    running = any(not look.done for look in looks)
    with st.sidebar:
        st.button(words("new_chat"), icon=":material/add:", width="stretch", on_click=close_chat)
        draw_list(shared, conversation, words)
        place_notice(shared, words)
    assistant = choose_assistant(shared, words, conversation, exchanges)
    inside = assistant.collections if assistant else ()
    rows = [r for r in shared.kb.documents() if not inside or r.collection in inside]
    # In places that are always there: what an answer's run does not draw again would stay, greyed.
    top, notices = st.empty(), st.empty()
    if not exchanges:
        with top.container():
            st.title(words("chat_title"), anchor=False)
            st.caption(introduced(assistant, words))
    answerable = True
    if not running:
        with notices.container():
            answerable = library_notice(shared, words, documents)
            models_notice(shared, words)
            if was_unknown():
                st.info(words("chat_unknown"), icon=":material/chat_error:")
    # Not by `max_chars`: Streamlit drops a longer text that is pasted without a word.
    if long := st.session_state.pop("question-long", ""):
        st.session_state["question"] = long
        problem = words("question_long", length=len(long), most=_LONGEST)
        notices.error(problem, icon=":material/error:")
    with st.bottom, st.container(gap="xxsmall"):
        within, certainty = choose_filter(rows, shared, words)
        attached = attach_files(shared, words, within.collection)
        disabled = running or not (answerable or attached.rows)
        question = st.chat_input(words("ask"), disabled=disabled, key="question")
        fold_narrow_sidebar(conversation or "")
    if question and len(question.strip()) > _LONGEST:
        st.session_state["question-long"] = question
        st.rerun()
    question = None if running else attached.when_ready(question)
    if question:
        by, within = assistant.id if assistant else None, attached.narrowed(within)
        answering = shared.ask(conversation, question, within, certainty, assistant=by)
        open_chat(answering.conversation)
        st.rerun()
    paths = {row.document: shown(row.path) for row in rows}
    for exchange, look in zip(exchanges, looks, strict=True):
        _draw(exchange, look, paths, shared, words)
    watch_elsewhere(shared)


def _draw(
    exchange: Exchange,
    look: AnswerProgress,
    paths: Mapping[str, str],
    shared: Shared,
    words: Words,
) -> None:
    who = assistant_told(exchange, shared, words)
    of, how = told(exchange.within, paths, words), strictness_told(exchange, shared, words)
    with st.chat_message("user", avatar=":material/person:"):
        st.html(text_html(exchange.question))
        if parts := [part for part in (who, of, how) if part]:
            st.caption(" · ".join(parts))
    with st.chat_message("assistant", avatar=":material/menu_book:"):
        if not look.done:
            follow(exchange, words, lambda: shared.chats.stop(exchange.conversation))
        draw_answer(look, words)
        if look.result and look.result.refused and exchange.within != EVERYTHING:
            st.caption(words("refused_within", where=of))
        if exchange.exchange is None:
            st.caption(words("chat_not_kept"))
