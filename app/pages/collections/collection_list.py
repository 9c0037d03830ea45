"""The collections, one below the other, with what each holds."""

from __future__ import annotations

import streamlit as st

from app.pages.collections.dialogs import DELETE_COLLECTION, EDIT_COLLECTION
from app.pages.collections.signs import sign
from app.pages.parts.collections import collection_name
from app.service import DEFAULT_COLLECTION
from app.sizes import size
from app.texts import Words
from app.web import Shared, label
from retrieval.library import Collection


def list_collections(shared: Shared, words: Words) -> None:
    """Draw all collections, empty ones too."""
    for one in shared.kb.collection_store.all():
        _draw(one, shared, words)


def _draw(one: Collection, shared: Shared, words: Words) -> None:
    usual = one.name == DEFAULT_COLLECTION
    with st.container(
        border=True,
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key=f"collection-row-{one.name}",
    ):
        name = label(collection_name(one.name, words))
        about = f"  \n{label(one.description)}" if one.description else ""
        small = f"  \n:gray[:small[{_counts(one, words)}]]"
        name = label(collection_name(one.name, words))
        st.markdown(f"**{name}**{about}{small}", width="stretch")
        if shared.kb.read_only:
            return
        # Always two, so that the signs of all rows stand below each other.
        with st.container(horizontal=True, width="content"):
            sign("edit", words("collection_edit_of", name=name), EDIT_COLLECTION, one.name)
            sign(
                "delete",
                words("collection_delete_of", name=name),
                DELETE_COLLECTION,
                one.name,
                why_not=words("collection_usual") if usual else "",
            )


def _counts(one: Collection, words: Words) -> str:
    parts = [words("collection_empty")]
    if one.documents:
        parts = [words("collection_counts", n=one.documents, ready=one.ready, size=size(one.bytes))]
    if one.folders:
        parts.append(words("collection_folders", n=one.folders))
    return " · ".join(parts)
