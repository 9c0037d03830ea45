"""Where files are put in, and the collection that they go into."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from app.pages.dropping.place import draw_drop
from app.pages.parts.collections import choose_one
from app.texts import Words
from app.web import Shared
from ingest.readers import KINDS

# All that are read, as "md, txt, pdf, …".
_ENDINGS = ", ".join(suffix.removeprefix(".") for suffix in KINDS)


def upload(shared: Shared, words: Words, document: Page | None = None) -> None:
    """Draw the place for files and the choice of their collection; tell what became of them.

    `document` is the page of a document, None where there is none.
    """
    if shared.kb.read_only:
        st.info(words("read_only"), icon=":material/lock:")
        return
    above, below = st.container(), st.container()
    with below, st.container(horizontal=True, vertical_alignment="bottom"):
        collection = choose_one(shared, words)
        with st.popover(words("drop_kinds"), icon=":material/info:", type="tertiary"):
            st.markdown(words("upload_kinds", kinds=_ENDINGS))
    with above:
        batches = draw_drop(shared, words, collection, document=document)
    # All collections, once for each batch, or the new files would not be seen.
    seen: set[str] = st.session_state.setdefault("batches-seen", set())
    for batch in batches:
        if batch.name not in seen:
            seen.add(batch.name)
            if st.session_state.get("collection-shown") != batch.collection:
                st.session_state["collection-shown"] = ""
