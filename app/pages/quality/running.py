"""The button that asks all test questions, how far that is, and the button that stops it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from app.pages.quality.sections import QUESTIONS, go
from app.quality import FEW, PastRun, QualityRun
from app.texts import Words
from app.web import Shared, label

_LOOK = 1.0  # seconds between two looks at how far it is


def draw_run(shared: Shared, words: Words, n: int, runs: Sequence[PastRun]) -> None:
    """Draw the run in hand, or the button that begins one; `n` is how many questions there are."""
    running = shared.quality.state.running

    @st.fragment(run_every=_LOOK if running else None)
    def run() -> None:
        if running != shared.quality.state.running:
            st.rerun()  # the rest of the page shows what came of it
        with st.container(border=True):
            if running:
                _draw_running(shared, words)
            elif n:
                _draw_start(shared, words, n, runs)
            else:
                st.markdown(f"**{words('run_none')}**  \n{words('run_how')}")
                st.button(words("run_to_questions"), on_click=go, args=(QUESTIONS,))

    run()


def _draw_running(shared: Shared, words: Words) -> None:
    state = shared.quality.state
    total = state.total or 1
    if shared.quality.stopping.is_set():
        told = words("run_stopping")
    elif state.step == "waiting":
        told = words("run_waiting", done=state.done, total=total)
    else:
        told = words("run_asking", at=min(state.done + 1, total), total=total)
    st.progress(min(state.done / total, 1.0), told)
    st.button(
        words("run_stop"),
        key="quality-stop",
        icon=":material/stop_circle:",
        on_click=shared.quality.stop,
        disabled=shared.quality.stopping.is_set(),
    )


def _draw_start(shared: Shared, words: Words, n: int, runs: Sequence[PastRun]) -> None:
    told = [words("run_about", n=n)]
    if runs and runs[0].seconds:
        told.append(words("run_minutes", n=max(1, round(n * runs[0].seconds / 60))))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            words("run_start"),
            key="quality-start",
            type="primary",
            icon=":material/play_arrow:",
            disabled=shared.kb.read_only,
            on_click=_start,
            args=(shared,),
        )
        st.markdown(" · ".join(told))
    if n < FEW:
        st.caption(words("run_few", n=n))
    state = shared.quality.state
    if state.stopped:
        told_at = words("run_cancelled", done=state.done, total=state.total or n)
        st.info(told_at, icon=":material/info:")
    if (error := shared.quality.state.error) is not None:
        problem = label(words.problem(error))
        st.error(words("run_failed", problem=problem), icon=":material/error:")


def _start(shared: Shared) -> None:
    def work(tell: Callable[..., None]) -> str:
        run = QualityRun(
            shared.kb,
            shared.lock,
            shared.quality.stopping,
            lambda: bool(shared.chats.running()),
        )
        return run.run(tell)

    shared.quality.start("", work)
