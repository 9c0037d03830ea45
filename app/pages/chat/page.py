"""The Chat page: conversations, a question, its streamed answer, its sources."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.navigation.page import Page

from app.components import fold_narrow_sidebar
from app.pages.chat.address import open_chat, open_conversation, was_unknown
from app.pages.chat.ask_about import begin_asked
from app.pages.chat.asker import this_asker
from app.pages.chat.asking import give_back
from app.pages.chat.assistants import NOWHERE, choose_assistant, introduced, seen_by, tell_gone
from app.pages.chat.attaching import attach_files
from app.pages.chat.conversation_list import draw_list
from app.pages.chat.earlier import last_exchanges, offer_earlier
from app.pages.chat.elsewhere import watch_elsewhere
from app.pages.chat.exchanges import draw_exchanges
from app.pages.chat.filters import choose_filter
from app.pages.chat.kept_rating import KeptRating
from app.pages.chat.new_chat import draw_new_chat
from app.pages.chat.question_field import draw_keys, longest_question, question_field
from app.pages.chat.sending import ask_sent
from app.pages.chat.waiting import ask_next, draw_waiting
from app.pages.chat.welcome import draw_welcome
from app.pages.parts.notices import chat_notices, place_notice
from app.pages.proof import show_proof
from app.texts import Words
from app.web import Shared
from retrieval.library import shown


def show_chat(
    shared: Shared,
    words: Words,
    documents: Page | None = None,
    document: Page | None = None,
    rating: KeptRating | None = None,
) -> None:
    """Draw the page; `documents` is where one goes when the library is empty.

    `document` is the page on which a document is opened, None where there is none. Answers can be
    judged where there is a `rating` that keeps the verdicts.
    """
    begin_asked()
    ask_next(shared)
    conversation = open_conversation(shared)
    exchanges, more = last_exchanges(shared, conversation)
    # Looked at once: an answer done just now must still free the input, by a rerun.
    looks = [exchange.look() for exchange in exchanges]
    running = any(not look.done for look in looks)
    with st.sidebar:
        draw_new_chat(words)
        draw_list(shared, conversation, words)
        place_notice(shared, words)
    assistant = choose_assistant(shared, words, conversation, exchanges)
    inside = seen_by(assistant)
    every = shared.kb.documents()
    rows = [r for r in every if not inside or r.collection in inside]
    # In places that are always there: what an answer's run does not draw again would stay, greyed.
    top, notices, welcome = st.empty(), st.empty(), st.empty()
    if not exchanges:
        with top.container():
            st.title(words("chat_title"), anchor=False)
            st.caption(introduced(assistant, words))
    # Before all that takes longer, so that a source opens at once.
    show_proof(shared, words, dict(enumerate(exchanges)), document=document)
    answerable = running
    if not running:
        with notices.container():
            answerable = chat_notices(shared, words, documents, welcome=not exchanges)
            if was_unknown():
                st.info(words("chat_unknown"), icon=":material/chat_error:")
    most = longest_question(shared.kb.settings.context_tokens)
    with st.bottom, st.container(gap="xxsmall"):
        waiting = st.empty()
        tell_gone(assistant, words)
        with st.container(horizontal=True, vertical_alignment="center", key="asked-of"):
            beside = st.container(width="content")
            within, certainty = choose_filter(rows, every, shared, words)
        attached = attach_files(shared, words, within.collection, beside, document)
        can_ask = answerable or bool(attached.rows)
        question = question_field(words, most, notices, answerable=can_ask)
        fold_narrow_sidebar(conversation or "")
    by = assistant.id if assistant else None
    if not exchanges:
        meant = replace(within, collections=inside)

        def begin(asked: str) -> None:
            begun = shared.chats.ask(
                None, asked, within, certainty, assistant=by, asker=this_asker()
            )
            open_chat(begun.conversation)

        with welcome.container():
            draw_welcome(shared, words, rows, meant, begin, document)
    if question and inside == NOWHERE:
        give_back(question)
    ask_sent(shared, conversation, question, attached, within, certainty, by, running=running)
    draw_waiting(waiting, conversation, words)
    stop = partial(_stop, shared, conversation)
    draw_keys(conversation, exchanges, words, most, stop, running=running)
    paths = {row.document: shown(row.path) for row in rows}
    offer_earlier(conversation, exchanges, words, more=more)
    draw_exchanges(exchanges, looks, paths, shared, words, most, rating)
    watch_elsewhere(shared)


def _stop(shared: Shared, conversation: str | None) -> None:
    if conversation:
        shared.chats.stop(conversation)
