"""What came of the last run: its figures, each question with the worst first, the runs so far."""

from __future__ import annotations

import streamlit as st

from app.pages.proof import show_proof
from app.pages.quality.history import draw_history
from app.pages.quality.question_form import is_open
from app.pages.quality.result import draw_result
from app.pages.quality.running import draw_run
from app.quality import Comparison, Counts, PastRun, Result, compare, last_runs, results_of
from app.texts import Words
from app.web import Shared, label

_SHOWN = 30  # questions that are listed at first
_ALL = "quality-all"  # in the session: the run of which all questions are listed


def draw_results(shared: Shared, words: Words) -> None:
    """Draw the section."""
    questions = {one.id: one for one in shared.kb.feedback.questions()}
    # One that is not over is the one in hand, or the app ended in the middle of it.
    running = shared.quality.state.running
    runs = [run for run in last_runs(shared.kb) if run.over or not running]
    results = results_of(shared.kb, runs[0].id) if runs else []
    if not is_open():  # one dialog at a time
        # Before all that takes longer, so that a source opens at once.
        sources = {result.exchange.exchange: result.exchange for result in results}
        show_proof(shared, words, sources)
    draw_run(shared, words, len(questions), runs)
    if not runs:
        if questions and not running:
            st.markdown(words("run_never"))
        return
    now = runs[0]
    since = compare(results_of(shared.kb, runs[1].id), results) if len(runs) > 1 else None
    _head(now, words, cancelled=shared.quality.state.stopped)
    if now.counts.asked:
        _figures(now.counts, words)
    _compared(since, words)
    _list(now, results, since, shared, words)
    draw_history(runs, words)


def _head(run: PastRun, words: Words, *, cancelled: bool) -> None:
    model = label(str(run.settings.get("llm_model", "")))
    st.caption(words("run_when", when=run.began.strftime("%Y-%m-%d %H:%M"), model=model))
    if run.counts.asked < run.total and not cancelled:  # which is said above
        told = words("run_partly", done=run.counts.asked, total=run.total)
        st.info(told, icon=":material/info:")


def _figures(counts: Counts, words: Words) -> None:
    names = ("right", "wrong", "unsure", "refused")
    answered = (counts.right, counts.wrong, counts.unsure, counts.refused)
    _row(dict(zip(names, answered, strict=True)), counts.asked, words)
    if counts.known:
        found = {"first": counts.first, "five": counts.five, "cited": counts.cited}
        _row(found, counts.known, words)


def _row(figures: dict[str, int], total: int, words: Words) -> None:
    with st.container(horizontal=True, gap="medium"):
        for name, n in figures.items():
            st.metric(
                words(f"count_{name}"),
                f"{n} / {total}",
                help=words(f"count_{name}_help"),
                width="content",
            )


def _compared(since: Comparison | None, words: Words) -> None:
    if since is None or not since.common:
        return
    if not (since.better or since.worse):
        st.markdown(words("compared_same", n=since.common))
        return
    better, worse = len(since.better), len(since.worse)
    st.markdown(words("compared", better=better, worse=worse, n=since.common))


def _list(
    run: PastRun, results: list[Result], since: Comparison | None, shared: Shared, words: Words
) -> None:
    if run.counts.asked and not results:
        st.caption(words("run_gone"))
    whole = st.session_state.get(_ALL) == run.id
    questions = {one.id: one for one in shared.kb.feedback.questions()}
    for result in results if whole else results[:_SHOWN]:
        moved = ""
        if since is not None and result.question in since.better | since.worse:
            moved = words("now_better" if result.question in since.better else "now_worse")
        draw_result(result, questions.get(result.question), moved, shared, words)
    if len(results) > _SHOWN and not whole:
        st.button(words("show_all", n=len(results)), on_click=_show_all, args=(run.id,))


def _show_all(run: str) -> None:
    st.session_state[_ALL] = run
