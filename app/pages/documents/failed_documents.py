"""How many documents were not read, and a button that retries all of them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.documents.password_field import LOCKED
from app.results import DocumentRow
from app.texts import Words
from app.web import Shared

_WIDTHS = (9, 4)  # how many, and the button


def failed_documents(rows: Sequence[DocumentRow], shared: Shared, words: Words) -> None:
    """Say how many of the documents were not read; those that lack a password are not retried."""
    failed = [row for row in rows if row.error]
    retried = [row.document for row in failed if not str(row.error).startswith(LOCKED)]
    if len(failed) < 2:
        return
    told, button = st.columns(_WIDTHS, vertical_alignment="center")
    told.caption(words("failed_count", n=len(failed)))
    if not retried or shared.kb.read_only:
        return
    button.button(
        words("retry_all", n=len(retried)),
        key="retry-failed",
        icon=":material/refresh:",
        on_click=_retry,
        args=(retried, shared),
    )


def _retry(documents: list[str], shared: Shared) -> None:
    shared.kb.read_all_again(documents)
    shared.worker.wake()
