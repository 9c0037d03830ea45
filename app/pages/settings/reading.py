"""How files are read, and the offer to read again what is here."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.settings.fields import draw_field
from app.texts import Words
from app.web import Shared

_FIELDS = ("ocr", "max_file_mb", "read_seconds")


def draw_reading(shared: Shared, words: Words) -> None:
    """Draw the settings of reading and, where documents are here, the offer."""
    for name in _FIELDS:
        draw_field(name, shared, words)
    rows = shared.kb.documents()
    if not rows or shared.kb.read_only:
        return
    every, failed = [r.document for r in rows], [r.document for r in rows if r.error]
    st.caption(words("read_again_why", n=len(every)))
    with st.container(horizontal=True):
        for kind, some in (("failed", failed), ("all", every)):
            if some:
                st.button(
                    words(f"read_again_{kind}", n=len(some)),
                    key=f"read-again-{kind}",
                    icon=":material/refresh:",
                    disabled=shared.worker.busy,
                    on_click=_read_again,
                    args=(some, shared, words),
                )


def _read_again(documents: Sequence[str], shared: Shared, words: Words) -> None:
    there = {row.document for row in shared.kb.documents()}
    if some := [document for document in documents if document in there]:
        shared.kb.read_all_again(some)
        shared.worker.wake()
        st.toast(words("read_again_begun"), icon=":material/refresh:")
