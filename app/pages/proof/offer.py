"""What can be done with the document of a source: opened, downloaded as it came."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from app.pages.proof.refs import Ref
from app.pages.proof.sources import Source
from app.results import DocumentRow
from app.texts import Words
from app.web import Shared, label


def offer_document(
    shared: Shared,
    row: DocumentRow,
    ref: Ref,
    source: Source,
    words: Words,
    document: Page | None,
) -> None:
    """Draw a link to the document's page, if there is such a page, and a button to download it."""
    original = shared.kb.evidence.original(row.document)
    with st.container(horizontal=True, vertical_alignment="center"):
        if document is not None:
            asked = {"doc": row.document}
            if page := ref.page or source.page:
                asked["page"] = str(page)
            st.page_link(
                document,
                label=words("open_document"),
                icon=":material/description:",
                query_params=asked,
            )
        if original is not None:
            st.download_button(
                words("download_original"),
                data=original.read,
                file_name=original.name,
                mime=original.mime,
                icon=":material/download:",
                key=f"original-{row.document}",
                help=label(original.name),
                on_click="ignore",
            )
        else:
            st.caption(words("no_original"))
