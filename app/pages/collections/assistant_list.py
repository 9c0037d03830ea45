"""The assistants, one below the other, with where each answers from and how."""

from __future__ import annotations

import streamlit as st

from app.pages.collections.dialogs import DELETE_ASSISTANT, EDIT_ASSISTANT
from app.pages.collections.signs import sign
from app.pages.parts.collections import collection_name
from app.texts import Words
from app.web import Shared, label
from retrieval.assistants import Assistant


def list_assistants(shared: Shared, words: Words) -> None:
    """Draw all assistants."""
    found = shared.kb.assistants.all()
    known = set(shared.kb.collection_store.names())
    if not found:
        st.markdown(words("no_assistants"))
    for one in found:
        _draw(one, known, shared, words)


def _draw(one: Assistant, known: set[str], shared: Shared, words: Words) -> None:
    name = label(one.name)
    with st.container(
        border=True,
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key=f"assistant-row-{one.id}",
    ):
        small = f"  \n:gray[:small[{_told(one, words)}]]"
        lost = [label(c) for c in one.collections if c not in known]
        warned = words("assistant_lost", names=", ".join(lost)) if lost else ""
        more = f"  \n:orange[:material/warning: {warned}]" if warned else ""
        st.markdown(f"**{name}**{small}{more}", width="stretch")
        if shared.kb.read_only:
            return
        with st.container(horizontal=True, width="content"):
            sign("edit", words("assistant_edit_of", name=name), EDIT_ASSISTANT, one.id)
            sign("delete", words("assistant_delete_of", name=name), DELETE_ASSISTANT, one.id)


def _told(one: Assistant, words: Words) -> str:
    names = ", ".join(label(collection_name(c, words)) for c in one.collections) or words(
        "all_documents"
    )
    parts = [words("assistant_from", names=names) if one.collections else names]
    if one.tone != "neutral":
        parts.append(words(f"tone_{one.tone}"))
    if one.lang:
        parts.append(words(f"answer_lang_{one.lang}"))
    return " · ".join(parts)
