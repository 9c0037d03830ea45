"""The dialog that asks whether an assistant is to be deleted."""

from __future__ import annotations

import streamlit as st

from app.pages.collections.dialogs import close
from app.pages.collections.told import tell
from app.pages.parts.dialogs import dialog
from app.texts import Words
from app.web import Shared, label
from retrieval.assistants import Assistant


def delete_assistant(one: Assistant, shared: Shared, words: Words) -> None:
    """Open the dialog; what it deletes can be undone at the top of the page."""

    @dialog(words, "assistant_delete_of", name=one.name, on_dismiss=close)
    def draw() -> None:
        st.markdown(words("assistant_sure", name=label(one.name)))
        if st.button(words("delete"), type="primary", key=f"assistant-sure-{one.id}"):
            shared.kb.assistants.remove(one.id)
            tell(words("assistant_removed", name=label(one.name)), one.id)
            close()
            st.rerun()

    draw()
