"""Files of the library, ready to be saved by the browser."""

from __future__ import annotations

from functools import partial
from typing import BinaryIO

import streamlit as st

from app.library import StoredFile, packed_name, zipped
from app.texts import Words
from app.web import Shared

_TAKEN = "documents-taken"  # the documents that somebody wants to have
_MOST = 1 << 30  # bytes in one archive: the server holds them in memory while the browser saves


def download(shared: Shared, words: Words) -> None:
    """Draw the button that saves the documents chosen: one as it is, several as a ZIP."""
    if not (taken := st.session_state.get(_TAKEN)):
        return
    files = shared.kb.shelf.files(taken)
    with st.container(horizontal=True, vertical_alignment="center"):
        size = sum(file.file.stat().st_size for file in files)
        if not files:
            st.markdown(words("download_none"))
        elif size > _MOST:
            st.markdown(words("download_much", n=_MOST >> 20))
        elif len(files) == 1:
            st.download_button(
                words("download_one"),
                partial(_opened, files[0]),
                file_name=packed_name(files[0].name).rsplit("/", 1)[-1],
                icon=":material/download:",
                on_click="ignore",
            )
        else:
            st.download_button(
                words("download_zip", n=len(files)),
                partial(zipped, files),
                file_name="documents.zip",
                mime="application/zip",
                icon=":material/download:",
                on_click="ignore",
            )
        st.button(words("dismiss"), key="download-done", on_click=_close)


def _close() -> None:
    st.session_state.pop(_TAKEN, None)


def _opened(file: StoredFile) -> BinaryIO:
    return file.file.open("rb")
