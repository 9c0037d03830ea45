"""What became of the files that came, a few lines for each batch."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import Page

from app.pages.dropping.lines import Told, lines
from app.texts import Words
from app.web import Batch, Intake


def tell(
    intake: Intake, batches: Sequence[Batch], words: Words, document: Page | None = None
) -> None:
    """Say of each batch that has ended how many files went in, and what became of the others.

    `document` is the page of a document, None where there is none.
    """
    for batch in batches:
        told = lines(batch, words) if batch.ended else []
        if not told:  # all that is to be said may be a question, which stands above
            continue
        with st.container(border=True, horizontal=True):
            with st.container(gap="xsmall"):
                for one in told:
                    _draw(one, words, document)
            st.button(
                "",
                icon=":material/close:",
                help=words("drop_dismiss"),
                type="tertiary",
                key=f"told-{batch.name}",
                on_click=intake.dismiss,
                args=(batch,),
            )


def _draw(told: Told, words: Words, document: Page | None) -> None:
    if document is None or not told.document:
        st.markdown(told.text)
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(told.text, width="content")
        st.page_link(
            document, label=words("open_document"), query_params={"doc": told.document},
            icon=":material/description:", width="content",
        )  # fmt: skip
