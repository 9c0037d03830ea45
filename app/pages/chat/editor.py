"""A question of the chat as a field, in its place, to be asked as it is worded then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from app.pages.chat.kept_rating import KeptRating
from app.texts import Words
from app.web import Exchange

_EDITED = "editing"  # in the session: the id of the exchange whose question is being edited


@dataclass(frozen=True)
class Acts:
    """What the page lets one do with an exchange: `again` asks its question as it is now worded.

    `more` asks something else behind it. Both are None while another answer is being written.
    """

    again: Callable[[Exchange, str], None] | None = None
    more: Callable[[Exchange, str], None] | None = None
    rating: KeptRating | None = None


def edit(exchange: Exchange) -> None:
    """Make a field of the question of an exchange."""
    st.session_state[_EDITED] = exchange.id


def edits(exchange: Exchange) -> bool:
    """Tell whether the question of an exchange is being edited."""
    return bool(st.session_state.get(_EDITED) == exchange.id)


def edit_keys() -> tuple[str, str, str] | None:
    """Return the keys of the field in which a question is edited, and of its two buttons."""
    edited = st.session_state.get(_EDITED)
    return (f"edit-{edited}", f"edit-ask-{edited}", f"edit-cancel-{edited}") if edited else None


def stop_editing() -> None:
    """Leave the question that is being edited as it is."""
    st.session_state.pop(_EDITED, None)


def draw_editor(exchange: Exchange, acts: Acts, words: Words, most: int, *, is_last: bool) -> None:
    """Draw the question of an exchange as a field, to be asked as it is worded then."""
    key = f"edit-{exchange.id}"
    # Without `max_chars`, which cuts a longer text off without a word.
    typed = st.text_area(
        words("edit_question"), exchange.question, key=key, label_visibility="collapsed"
    )
    if len(typed.strip()) > most:
        problem = words("question_long", length=len(typed.strip()), most=most)
        st.error(problem, icon=":material/error:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            words("ask_edited"),
            type="primary",
            key=f"edit-ask-{exchange.id}",
            on_click=partial(_ask_edited, exchange, acts, key, most),
        )
        st.button(words("cancel"), key=f"edit-cancel-{exchange.id}", on_click=stop_editing)
        st.caption(words("edit_replaces" if is_last else "edit_adds"))


def _ask_edited(exchange: Exchange, acts: Acts, key: str, most: int) -> None:
    question = str(st.session_state.get(key) or "").strip()
    if 0 < len(question) <= most and acts.again is not None:
        stop_editing()
        acts.again(exchange, question)
