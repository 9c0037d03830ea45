"""The question whether a document is to be deleted, folded away behind a sign."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.results import DocumentRow
from app.texts import Words
from app.web import Shared, label
from retrieval.library import shown


def ask_to_delete(place: DeltaGenerator, row: DocumentRow, shared: Shared, words: Words) -> None:
    """Draw the sign, and the question that it unfolds."""
    # By the document, not by its place: an open question must not turn to the next row's document.
    with place.popover(
        "",
        icon=":material/delete:",
        help=words("delete"),
        type="tertiary",
        key=f"sure-{row.document}",
    ):
        st.markdown(words("delete_sure", name=label(shown(row.path))))
        st.button(
            words("delete_yes"),
            key=f"delete-{row.document}",
            on_click=_delete,
            args=(row.document, shared),
        )


def _delete(document: str, shared: Shared) -> None:
    if any(row.document == document for row in shared.kb.documents()):  # or another tab was first
        shared.kb.remove([document])
