"""Thumbs under an answer, and what is wrong with one that is judged bad."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app.pages.chat.kept_rating import KeptRating
from app.texts import Words
from app.web import Exchange

REASONS = ("wrong", "incomplete", "source", "unknown", "other")
_ASKED = "rating"  # in the session: the id of the exchange of which it is asked what is wrong
_KEPT = "test-kept"  # in the session: the id of the exchange that became a test question
_MOST = 1000  # characters of a note


def judge(exchange: Exchange, rating: KeptRating, verdict: str) -> None:
    """Keep a verdict, or take it back where it is the same again; a bad one is asked for why."""
    st.session_state.pop(_ASKED, None)
    if rating.verdict(exchange) == verdict:
        rating.rate(exchange, "")
    elif verdict == "good":
        rating.rate(exchange, "good")
    else:
        rating.rate(exchange, "bad")
        st.session_state[_ASKED] = exchange.id


def keep(exchange: Exchange, rating: KeptRating) -> None:
    """Make the question one by which the library is tested, unless it is one."""
    if not rating.is_kept(exchange):
        rating.keep(exchange)
    st.session_state[_KEPT] = exchange.id


def draw_reasons(exchange: Exchange, rating: KeptRating, words: Words) -> None:
    """Ask what is wrong with an answer that was judged bad just now."""
    if st.session_state.pop("rated", "") == exchange.id:
        st.toast(words("rated"), icon=":material/check:")
    if st.session_state.pop(_KEPT, "") == exchange.id:
        st.toast(words("test_kept_told"), icon=":material/bookmark_added:")
    if st.session_state.get(_ASKED) != exchange.id:
        return
    with st.form(f"rate-{exchange.id}"):
        st.pills(
            words("bad_title"),
            REASONS,
            format_func=lambda name: words(f"bad_{name}"),
            key=f"rate-reason-{exchange.id}",
        )
        st.text_input(words("bad_note"), key=f"rate-note-{exchange.id}", max_chars=_MOST)
        st.text_area(words("bad_better"), key=f"rate-better-{exchange.id}", max_chars=_MOST * 4)
        with st.container(horizontal=True):
            st.form_submit_button(
                words("bad_send"), type="primary", on_click=partial(_send, exchange, rating)
            )
            st.form_submit_button(words("cancel"), on_click=partial(_leave, exchange))


def _send(exchange: Exchange, rating: KeptRating) -> None:
    said = [
        st.session_state.get(f"rate-{name}-{exchange.id}") or ""
        for name in ("reason", "note", "better")
    ]
    reason, note, better = (str(one).strip() for one in said)
    rating.rate(exchange, "bad", reason if reason in REASONS else "", note, better)
    st.session_state.pop(_ASKED, None)
    st.session_state["rated"] = exchange.id


def _leave(exchange: Exchange) -> None:
    if st.session_state.get(_ASKED) == exchange.id:
        st.session_state.pop(_ASKED)
