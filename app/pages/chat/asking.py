"""Questions of one chat: asked, and asked once more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

import streamlit as st

from app.pages.chat.address import open_chat
from app.pages.chat.asker import this_asker
from app.web import Exchange, Shared


def ask_again(
    shared: Shared, exchanges: Sequence[Exchange], exchange: Exchange, question: str
) -> None:
    """Ask a question of the chat once more, of the same documents, as it is now worded.

    The last one is replaced; one with others behind it stays, and is asked as a new one.
    """
    instead_of = exchange.exchange if exchange.id == exchanges[-1].id else None
    ask_behind(shared, exchange, question, instead_of)


def ask_behind(
    shared: Shared, exchange: Exchange, question: str, instead_of: int | None = None
) -> None:
    """Ask a question as an exchange was asked: of the same documents and the same assistant."""
    answering = shared.chats.ask(
        exchange.conversation,
        question.strip(),
        exchange.within,
        exchange.certainty,
        instead_of=instead_of,
        assistant=exchange.assistant,
        asker=this_asker(),
    )
    open_chat(answering.conversation)


def give_back(question: str) -> NoReturn:
    """Put a question that nobody answers now back into its field; the page says why."""
    st.session_state["question-back"] = question
    st.rerun()
