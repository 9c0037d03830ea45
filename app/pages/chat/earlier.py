"""The questions of a long conversation, the last ones first and earlier ones on demand."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.components import hold_place
from app.texts import Words
from app.web import Exchange, Shared

_STEP = 50  # exchanges, each of some dozen elements
# In the session: the conversation, how many are drawn, and the first one that was drawn before.
_SHOWN = "exchanges-shown"


def asked_key(exchange: str) -> str:
    """Return the key of the container in which the question of an exchange stands."""
    return f"asked-{exchange}"


def last_exchanges(shared: Shared, conversation: str | None) -> tuple[Sequence[Exchange], bool]:
    """Return the exchanges to draw, oldest first, and whether there are earlier ones."""
    if conversation is None:
        return [], False
    most = _shown(conversation)[0]
    found = shared.chats.exchanges(conversation, most + 1)
    return found[-most:], len(found) > most


def offer_earlier(
    conversation: str | None, exchanges: Sequence[Exchange], words: Words, *, more: bool
) -> None:
    """Draw the button for earlier questions; the question below it stays where it was."""
    if not (conversation and exchanges):
        return
    if more:
        st.button(
            words("chat_earlier"),
            key="chat-earlier",
            icon=":material/expand_less:",
            type="tertiary",
            on_click=_show,
            args=(conversation, exchanges[0].id),
        )
    number, first = _shown(conversation)
    hold_place(asked_key(first), number if first else 0)


def _shown(conversation: str) -> tuple[int, str]:
    of, number, first = st.session_state.get(_SHOWN) or ("", _STEP, "")
    return (number, first) if of == conversation else (_STEP, "")


def _show(conversation: str, first: str) -> None:
    st.session_state[_SHOWN] = (conversation, _shown(conversation)[0] + _STEP, first)
