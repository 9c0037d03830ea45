"""Thumbs under an answer, and what is wrong with one that is judged bad."""

from __future__ import annotations

from functools import partial
from typing import Literal, Protocol

import streamlit as st

from app.texts import Words
from app.web import Exchange

Verdict = Literal["good", "bad", ""]
REASONS = ("wrong", "incomplete", "source", "unknown", "other")
_ASKED = "rating"  # in the session: the id of the exchange of which it is asked what is wrong
_KEPT = "test-kept"  # in the session: the id of the exchange that became a test question
_MOST = 1000  # characters of a note


class Rating(Protocol):
    """Where verdicts are kept; an answer has one, or none ("")."""

    def verdict(self, exchange: Exchange) -> Verdict:
        """Return the verdict on an answer."""

    def rate(
        self,
        exchange: Exchange,
        verdict: Verdict,
        reason: str = "",
        note: str = "",
        better: str = "",
    ) -> None:
        """Keep a verdict in place of the one before; `reason` is one of REASONS or ""."""

    def is_kept(self, exchange: Exchange) -> bool:
        """Tell whether the question is one of those by which the library is tested."""

    def keep(self, exchange: Exchange) -> None:
        """Make the question one of those by which the library is tested."""


def judge(exchange: Exchange, rating: Rating, verdict: str) -> None:
    """Keep a verdict, or take it back where it is the same again; a bad one is asked for why."""
    st.session_state.pop(_ASKED, None)
    if rating.verdict(exchange) == verdict:
        rating.rate(exchange, "")
    elif verdict == "good":
        rating.rate(exchange, "good")
    else:
        rating.rate(exchange, "bad")
        st.session_state[_ASKED] = exchange.id


def keep(exchange: Exchange, rating: Rating) -> None:
    """Make the question one by which the library is tested, unless it is one."""
    if not rating.is_kept(exchange):
        rating.keep(exchange)
    st.session_state[_KEPT] = exchange.id


def draw_reasons(exchange: Exchange, rating: Rating, words: Words) -> None:
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


def _send(exchange: Exchange, rating: Rating) -> None:
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
