"""Questions that the library answers, to be asked by a click."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.suggestions import SHOWN
from app.texts import Words
from app.web import Shared, label
from retrieval.ledger import Filter

_LOOK = 3.0  # seconds between two looks for new ones
_TURN = "questions-turn"


def draw_questions(
    shared: Shared, words: Words, within: Filter, newest: str, ask: Callable[[str], None]
) -> None:
    """Draw some questions, and look for more while they are being made.

    Until there is one, those that need no model to be thought of: of all documents, and of the
    `newest` one, by its name.
    """
    store, lang = shared.kb.suggestions, words("lang_code")
    few = len(store.picked(lang, within)) < SHOWN and shared.suggester.active

    @st.fragment(run_every=_LOOK if few else None)
    def questions() -> None:
        rows = store.picked(lang, within, st.session_state.get(_TURN, 0))
        if not rows:
            _draw_examples(words, newest, ask)
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{words('try_asking')}**", width="content")
            if store.count(lang, within) > SHOWN:
                st.button(
                    words("other_questions"),
                    key="questions-other",
                    icon=":material/refresh:",
                    type="tertiary",
                    on_click=_turn,
                )
        with st.container(key="questions-to-try"):
            left, right = st.columns(2)
        for number, row in enumerate(rows):
            if (left, right)[number % 2].button(
                label(row.question), key=f"question-{row.id}", width="stretch",
                help=words("ask_this", question=label(row.question)),
            ):  # fmt: skip
                ask(row.question)
                st.rerun()

    questions()


def _draw_examples(words: Words, newest: str, ask: Callable[[str], None]) -> None:
    st.markdown(f"**{words('try_asking')}**")
    with st.container(key="questions-to-try"):
        columns = st.columns(2)
    asked = [words("example_list"), words("example_summary", name=newest)]
    for number, (column, question) in enumerate(zip(columns, asked, strict=True)):
        if column.button(
            label(question), key=f"example-{number}", width="stretch",
            help=words("ask_this", question=label(question)),
        ):  # fmt: skip
            ask(question)
            st.rerun()


def _turn() -> None:
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
