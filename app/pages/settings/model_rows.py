"""The models of the catalogue, each with what it needs and a button."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.settings.download import begin_download
from app.pages.settings.fields import change, tell_problem
from app.setup import ModelRow
from app.sizes import size
from app.texts import Words
from app.web import Shared, label

_WIDTHS = (5, 2)


def draw_rows(shared: Shared, words: Words) -> None:
    """Draw those that this machine can run, and the others folded away."""
    rows = shared.kb.setup.catalogue("chat")
    st.subheader(words("model_choose"), anchor=False)
    tell_problem("llm_model", words)
    if fixed := shared.kb.setup.fixed("llm_model"):
        st.caption(words("fixed", name=label(fixed)))
    speeds = _speeds(rows, shared)
    with st.container(gap="xsmall"):
        _draw_auto(shared, words)
        for row in rows:
            if row.fits or row.here:
                _draw(row, speeds, shared, words)
    if larger := [row for row in rows if not (row.fits or row.here)]:
        with st.expander(words("model_larger", n=len(larger))):
            for row in larger:
                _draw(row, {}, shared, words)


def _draw_auto(shared: Shared, words: Words) -> None:
    """Draw the choice that leaves the model to this program, and what it would be."""
    auto = shared.kb.setup.auto()
    told = words(f"model_auto_{auto.reason}", name=auto.model)
    name, button = st.columns(_WIDTHS, vertical_alignment="center")
    name.markdown(f"**{words('model_auto')}**  \n:gray[:small[{label(told)}]]")
    if shared.kb.settings.takes_auto:
        button.markdown(f":green[:material/check: {words('model_in_use')}]")
        return
    button.button(
        words("model_use"), key="use-auto", help=words("model_auto_use_help"),
        disabled=_locked(shared), width="stretch", on_click=change,
        args=(shared, words, "llm_model"), kwargs={"llm_model": None, "llm_base_url": None},
    )  # fmt: skip


def _locked(shared: Shared) -> bool:
    return shared.kb.read_only or shared.kb.setup.fixed("llm_model") is not None


def _draw(row: ModelRow, speeds: dict[str, float], shared: Shared, words: Words) -> None:
    settings = shared.kb.settings
    told = [row.parameters, size(row.bytes) if row.bytes else words("model_size_unknown")]
    memory = size(row.memory_gib * (1 << 30))
    told.append(words("model_needs", memory=memory))
    if not row.fits:
        told.append(words("model_too_large"))
    if row.id in speeds:
        told.append(words("model_speed", speed=f"{speeds[row.id]:.0f}"))
    if not row.tested:
        told.append(words("model_untested"))
    told.append(row.licence)
    name, button = st.columns(_WIDTHS, vertical_alignment="center")
    name.markdown(f"**{label(row.id)}**  \n:gray[:small[{label(' · '.join(told))}]]")
    if row.used and settings.endpoint is None:
        button.markdown(f":green[:material/check: {words('model_in_use')}]")
    elif row.here:
        button.button(
            words("model_use"), key=f"use-{row.id}",
            help=words("model_use_help", name=label(row.id)),
            disabled=_locked(shared), width="stretch", on_click=change,
            args=(shared, words, "llm_model"), kwargs={"llm_model": row.id, "llm_base_url": None},
        )  # fmt: skip
    else:
        button.button(
            words("model_download"), key=f"download-{row.id}", icon=":material/download:",
            help=words("model_download_help", name=label(row.id), size=told[1]), width="stretch",
            disabled=shared.download.state.running, on_click=begin_download, args=(row.id, shared),
        )  # fmt: skip


def _speeds(rows: Sequence[ModelRow], shared: Shared) -> dict[str, float]:
    """Return words a second by model, from the last trial: a model twice the size is half as fast.

    Writing is bound by how fast memory is read, and each word reads the whole model.
    """
    tried, settings = shared.trial.state.result, shared.kb.settings
    sizes = {row.id: row.bytes for row in rows if row.bytes}
    if tried is None or shared.trial.state.subject or settings.chat_model not in sizes:
        return {}
    product = tried.words_a_second * sizes[settings.chat_model]
    return {name: product / count for name, count in sizes.items()}
