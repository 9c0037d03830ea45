"""A question that was sent: asked at once, or when what it waits for is done."""

from __future__ import annotations

import streamlit as st

from app.pages.chat.address import open_chat
from app.pages.chat.asker import this_asker
from app.pages.chat.attached import Attached
from app.pages.chat.editor import stop_editing
from app.pages.chat.waiting import Next, wait_for_answer
from app.web import Shared
from retrieval.ledger import Filter


def ask_sent(
    shared: Shared,
    conversation: str | None,
    question: str | None,
    attached: Attached,
    within: Filter,
    certainty: float | None,
    assistant: str | None,
    *,
    running: bool,
) -> None:
    """Ask what was sent, or what waited for its files; draws the page again if it does.

    While an answer is `running` in the conversation, it waits for that.
    """
    asked_of = attached.narrowed(within)
    if running and conversation and question and not attached.waits:
        wait_for_answer(Next(conversation, question, asked_of, certainty, assistant))
        question = None
    question = attached.when_ready(question, busy=running)
    if question:
        stop_editing()
        answering = shared.chats.ask(
            conversation,
            question,
            asked_of,
            certainty,
            assistant=assistant,
            asker=this_asker(),
        )
        open_chat(answering.conversation)
        st.rerun()
