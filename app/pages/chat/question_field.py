"""The field for the question, with its keys, its limit and the button that stops an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.components import chat_keys
from app.pages.chat.editor import edit_keys
from app.texts import Words
from app.web import Exchange
from llm.answer import MARK

_LEAST = 2000  # characters that a question may always have
_MOST = 20_000  # and never more, whatever the model's context
_TOLD = 2000  # characters of an answer that a screen reader is told


def longest_question(context_tokens: int) -> int:
    """Return the most characters of a question: as many as the context has tokens, in hundreds.

    In Chinese such a question takes two thirds of the context, in English a quarter.
    """
    return max(_LEAST, min(context_tokens // 100 * 100, _MOST))


def question_field(
    words: Words, most: int, notices: DeltaGenerator, *, answerable: bool
) -> str | None:
    """Draw the field and return the question that was sent, None without one.

    One that is too long comes back into the field, and `notices` says so.
    """
    # Not by `max_chars`: Streamlit drops a longer text that is pasted without a word.
    if back := st.session_state.pop("question-back", ""):
        st.session_state["question"] = back
    if returned := st.session_state.pop("question-returned", ""):
        st.session_state["question"] = returned
        problem = words("question_long", length=len(returned.strip()), most=most)
        notices.error(problem, icon=":material/error:")
    question = st.chat_input(words("ask"), disabled=not answerable, key="question")
    if not question or not question.strip():
        return None
    if len(question.strip()) > most:
        st.session_state["question-returned"] = question
        st.rerun()
    return question.strip()


def draw_keys(
    conversation: str | None,
    exchanges: Sequence[Exchange],
    words: Words,
    most: int,
    stop: Callable[[], None],
    *,
    running: bool,
) -> None:
    """Put the keys of the page in force, and tell a screen reader what becomes of a question.

    A conversation that is opened is shown at its end.
    """
    last = exchanges[-1] if exchanges else None
    result = None if last is None or running else last.look().result
    said = MARK.sub("", result.answer)[:_TOLD] if result else words("stopped")
    chat_keys(
        conversation=conversation or "",
        busy=running,
        last=last.question if last else "",
        most=most,
        edit=edit_keys(),
        says={
            "send": words("send"),
            "stop": words("stop"),
            "length": words("question_length", most=f"{most:,}"),
            "answering": words("answering"),
            "answer": words("answer_done", text=said),
        },
        on_stop=stop,
    )
