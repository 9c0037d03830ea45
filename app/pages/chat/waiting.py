"""Questions that wait: for the answer before theirs, or for their files to be read."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.pages.chat.asker import this_asker
from app.pages.chat.attached import HELD
from app.pages.parts.leftovers import clear_leftovers
from app.texts import Words
from app.web import Shared, label
from retrieval.ledger import Filter

_NEXT = "questions-next"  # in the session: those that wait for an answer, oldest first
_DRAWN = "questions-next-drawn"  # in the session: how many lines were drawn
_SHOWN = 160  # characters of one that are shown


@dataclass(frozen=True)
class Next:
    """A question as it was sent while an answer was being written in its conversation."""

    conversation: str
    question: str
    within: Filter
    certainty: float | None = None
    assistant: str | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(4))


def wait_for_answer(question: Next) -> None:
    """Have a question asked when the answer before it is done or stopped."""
    st.session_state[_NEXT] = [*_waiting(), question]


def ask_next(shared: Shared) -> None:
    """Ask what has waited long enough, whichever conversation is open."""
    waiting, left = _waiting(), []
    busy = set(shared.chats.running()) if waiting else set()
    for one in waiting:
        if one.conversation in busy:
            left.append(one)
        elif shared.chats.is_known(one.conversation):  # not deleted meanwhile
            shared.chats.ask(
                one.conversation,
                one.question,
                one.within,
                one.certainty,
                assistant=one.assistant,
                asker=this_asker(),
            )
            busy.add(one.conversation)  # those of a conversation come one after the other
    st.session_state[_NEXT] = left


def draw_waiting(place: DeltaGenerator, conversation: str | None, words: Words) -> None:
    """Say above the field which questions wait, each with the way back into the field.

    `place` is an empty one of each run: what a page that follows an answer does not draw again
    would else stay until the answer is done.
    """
    some = [one for one in _waiting() if one.conversation == conversation]
    held = st.session_state.get(HELD)
    if not some and not held:
        return
    with place.container(gap="xxsmall"):
        for one in some:
            _draw(words("question_next", question=label(_cut(one.question))), one.id, words)
        if held:
            _draw(words("attached_held", question=label(_cut(held))), "", words)
        clear_leftovers(_DRAWN, len(some) + bool(held), following=True)


def _draw(text: str, of: str, words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"waits{of}"):
        st.info(text, icon=":material/schedule:")
        st.button(
            words("attached_take_back"), key=f"take-back{of}", on_click=_take_back, args=(of,)
        )


def _cut(question: str) -> str:
    return question if len(question) <= _SHOWN else question[:_SHOWN].rstrip() + "…"


def _take_back(of: str) -> None:
    state = st.session_state
    taken = [one.question for one in _waiting() if one.id == of]
    if not of and (held := state.pop(HELD, None)):
        taken = [held]
    state[_NEXT] = [one for one in _waiting() if one.id != of]
    if taken:
        state["question"] = taken[0]


def _waiting() -> list[Next]:
    found: list[Next] = st.session_state.get(_NEXT, [])
    return found
