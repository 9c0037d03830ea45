"""The embedding model, and what it costs to change it."""

from __future__ import annotations

import math

import streamlit as st

from app.pages.settings.download import begin_download
from app.pages.settings.fields import change, tell_problem
from app.sizes import size
from app.texts import Words
from app.web import Shared, label

_PER_CORE = 7  # passages of 128 tokens that a core embeds in a second, with a model of 118M


def draw_embedding(shared: Shared, words: Words) -> None:
    """Draw the embedding model in use and the others."""
    kb = shared.kb
    rows = kb.documents()
    passages, cores = sum(row.chunks or 0 for row in rows), kb.setup.machine()[1]
    minutes = max(1, math.ceil(passages / (_PER_CORE * cores * 60)))
    st.subheader(words("embedding_model"), anchor=False)
    why = words("embedding_why", n=len(rows), time=words("about_minutes", n=minutes))
    st.caption(why)
    tell_problem("embed_model", words)
    fixed = kb.setup.fixed("embed_model")
    if fixed:
        st.caption(words("fixed", name=label(fixed)))
    for row in kb.setup.catalogue("embedding"):
        name, button = st.columns((5, 2), vertical_alignment="center")
        told = [row.parameters, size(row.bytes) if row.bytes else words("model_size_unknown")]
        if not row.tested:
            told.append(words("model_untested"))
        told.append(row.licence)
        name.markdown(f"**{label(row.id)}**  \n:gray[:small[{label(' · '.join(told))}]]")
        if row.used:
            button.markdown(f":green[:material/check: {words('model_in_use')}]")
        elif row.here:
            with button.popover(words("model_use"), width="stretch", disabled=bool(fixed)):
                st.markdown(why)
                st.caption(words("embedding_gone"))
                st.button(
                    words("embedding_use", name=label(row.id)), key=f"embed-{row.id}",
                    disabled=kb.read_only, on_click=change, args=(shared, words, "embed_model"),
                    kwargs={"embed_model": row.id},
                )  # fmt: skip
        else:
            button.button(
                words("model_download"), key=f"download-{row.id}", icon=":material/download:",
                help=words("model_download_help", name=label(row.id), size=told[1]),
                width="stretch",
                disabled=shared.download.state.running, on_click=begin_download,
                args=(row.id, shared),
            )  # fmt: skip
