"""A model that is being downloaded: how far it is, and the way to stop it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.sizes import size
from app.texts import Words
from app.web import Shared, label
from llm.pull import PullProgress


def draw_download(shared: Shared, words: Words) -> None:
    """Draw the download under way, or what came of the last."""
    state = shared.download.state
    name = label(state.subject)
    if state.running:
        share = state.done / state.total if state.total else 0.0
        st.progress(min(share, 1.0), _told(state.step, name, state.done, state.total, words))
        st.button(
            words("model_cancel"), key="download-stop", icon=":material/stop_circle:",
            on_click=shared.download.stop,
        )  # fmt: skip
    elif state.stopped:
        st.info(words("model_cancelled"), icon=":material/info:")
    elif state.error is not None:
        why = label(words.problem(state.error))
        st.error(words("model_no_download", problem=why), icon=":material/error:")
    elif state.result is not None:
        st.success(words("model_downloaded", name=label(state.result)), icon=":material/check:")


def begin_download(model: str, shared: Shared) -> None:
    """Begin to download a model of the catalogue, in the background."""

    def work(tell: Callable[..., None]) -> str:
        def report(progress: PullProgress) -> None:
            tell(progress.step, progress.done, progress.total)

        pulled = shared.kb.setup.pull(model, report).model_id
        if shared.warmup.problem is not None:  # it may be the one that was missing
            shared.warmup.start()
        return pulled

    shared.download.start(model, work)


def _told(step: str, name: str, done: int, total: int | None, words: Words) -> str:
    if step == "downloading":
        whole = size(total) if total else "?"
        return words("model_downloading", name=name, done=size(done), total=whole)
    if step in ("", "waiting", "connecting"):
        return words("model_connecting")
    return words("model_checking", name=name)
