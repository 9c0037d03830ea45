"""The button that lets the model in use write a few lines, and how fast it was."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.setup import Trial
from app.texts import Words
from app.web import Shared, label


def draw_trial(shared: Shared, words: Words) -> None:
    """Draw the button and what came of the last trial."""
    state = shared.trial.state
    st.button(
        words("model_trying" if state.running else "model_try"),
        key="model-try",
        icon=":material/speed:",
        help=words("model_try_help"),
        disabled=state.running,
        on_click=_try,
        args=(shared, words),
    )
    with st.container():
        tell_trial(shared, "", words)


def tell_trial(shared: Shared, subject: str, words: Words) -> None:
    """Say what came of the trial of the model in use, "", or of a server, its address."""
    state = shared.trial.state
    if state.running or state.subject != subject:
        return
    if state.error is not None:
        st.error(words("model_failed", problem=label(words.problem(state.error))))
    elif (done := state.result) is not None:
        speed = f"{done.words_a_second:.0f}"
        told = words("model_tried", first=f"{done.first_word:.1f}", speed=speed)
        st.markdown(f"{told}  \n:gray[{label(done.text)}]")


def _try(shared: Shared, words: Words) -> None:
    lang = words("lang_code")

    def work(tell: Callable[..., None]) -> Trial:
        tell("waiting")
        with shared.lock:  # the model writes one thing at a time
            return shared.kb.setup.try_chat(lang)

    shared.trial.start("", work)
