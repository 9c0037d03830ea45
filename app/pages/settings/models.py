"""The section on models: the one in use, those to choose from, a server, the embedding model."""

from __future__ import annotations

import streamlit as st

from app.model_choice import slow
from app.pages.settings.download import draw_download
from app.pages.settings.embedding import draw_embedding
from app.pages.settings.model_rows import draw_rows
from app.pages.settings.server import draw_server
from app.pages.settings.trial import draw_trial
from app.sizes import size
from app.texts import Words
from app.web import Shared, label

_LOOK = 1.0  # seconds between two looks at what is under way


def draw_models(shared: Shared, words: Words) -> None:
    """Draw the section."""
    st.caption(words("model_why"))

    moving = _moving(shared)

    @st.fragment(run_every=_LOOK if moving else None)
    def in_use() -> None:
        if moving != _moving(shared):
            st.rerun()  # the rest of the page shows what came of it
        with st.container(border=True):
            _draw_now(shared, words)
            draw_trial(shared, words)
        with st.container():
            draw_download(shared, words)

    in_use()
    draw_rows(shared, words)
    draw_server(shared, words)
    draw_embedding(shared, words)


def _moving(shared: Shared) -> bool:
    states = (shared.download.state, shared.trial.state)
    return any(s.running for s in states) or shared.settings.pending or shared.warmup.loading


def _draw_now(shared: Shared, words: Words) -> None:
    settings = shared.kb.settings
    place = settings.endpoint
    rows = {row.id: row for row in shared.kb.setup.catalogue("chat")}
    row = rows.get(settings.chat_model) if place is None else None
    told = [words("model_here") if place is None else words("model_server", host=label(place.host))]
    if row is not None and row.bytes:
        told.insert(0, f"{row.parameters} · {size(row.bytes)}")
    told.append(words(f"model_state_{_state(shared)}"))
    name = f"**{label(settings.chat_model)}**"
    if settings.takes_auto:
        name = words("model_now_auto", name=name)
    st.markdown(f"{words('model_now', name=name)}  \n{' · '.join(told)}")
    memory, cores = shared.kb.setup.machine()
    if memory is None:
        st.caption(words("machine_unknown", cores=cores))
    else:
        st.caption(words("machine", memory=size(memory), cores=cores))
    auto = shared.kb.setup.auto()
    if settings.takes_auto and slow(auto):
        written, expected = f"{auto.written:.1f}", f"{auto.expected:.1f}"
        st.warning(words("model_slow", written=written, expected=expected), icon=":material/speed:")
    if (problem := shared.warmup.problem) is not None:
        why = label(words.problem(problem))
        st.error(words("models_failed", problem=why), icon=":material/error:")


def _state(shared: Shared) -> str:
    if shared.settings.pending:
        return "waiting"
    if shared.kb.models.loaded:
        return "ready"
    return "loading" if shared.warmup.loading else "idle"
