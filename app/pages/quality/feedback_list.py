"""What was said of answers, one below the other, each with the way to its conversation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st
from streamlit.navigation.page import Page

from app.feedback import JudgedAnswer
from app.texts import Words
from app.web import label

_SHOWN = 30  # verdicts that are listed at first
_ALL = "feedback-all"  # in the session: whether all are listed
_SIGNS = {"good": ":material/thumb_up:", "bad": ":material/thumb_down:"}
# Of a database that came from elsewhere a reason may be any word.
_REASONS = ("wrong", "incomplete", "source", "unknown", "other")


def list_feedback(judged: Sequence[JudgedAnswer], words: Words, chat: Page | None) -> None:
    """Draw them, the latest first; `chat` is the page on which a conversation is opened."""
    newest = sorted(judged, key=lambda one: one.given_at, reverse=True)
    whole = st.session_state.get(_ALL, False)
    for one in newest if whole else newest[:_SHOWN]:
        _draw(one, words, chat)
    if len(newest) > _SHOWN and not whole:
        st.button(words("show_all", n=len(newest)), key="feedback-show-all", on_click=_show_all)


def _draw(one: JudgedAnswer, words: Words, chat: Page | None) -> None:
    verdict, question = one.verdict, label(one.exchange.question)
    when = datetime.fromisoformat(one.given_at).astimezone().strftime("%Y-%m-%d %H:%M")
    told = [when, words(f"feedback_{verdict.verdict}")]
    if verdict.reason in _REASONS:
        told.append(words(f"bad_{verdict.reason}"))
    if verdict.note:
        told.append(label(verdict.note))
    with st.container(
        border=True,
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key=f"feedback-row-{one.exchange.exchange}",
    ):
        right = ""
        if verdict.better:
            right = f"  \n{words('feedback_right', answer=label(verdict.better))}"
        small = f"  \n:gray[:small[{' · '.join(told)}]]"
        st.markdown(f"{_SIGNS[verdict.verdict]} {question}{right}{small}", width="stretch")
        if chat is not None and st.button(
            words("feedback_open"),
            key=f"feedback-open-{one.exchange.exchange}",
            help=words("feedback_open_of", question=question),
        ):
            st.switch_page(chat, query_params={"chat": one.exchange.conversation})


def _show_all() -> None:
    st.session_state[_ALL] = True
