"""Files of the library, saved by the browser.

Streamlit saves a file when one of its own buttons is clicked. It is drawn out of sight, and the
table clicks it as soon as it is there, so that people click once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import BinaryIO

import streamlit as st

from app.library import StoredFile, packed_name, zipped
from app.texts import Words
from app.web import Shared

_TAKEN = "documents-taken"  # the documents that somebody wants to have
_NUMBER = "documents-taken-number"  # how often something was asked for in this session
_MOST = 1 << 30  # bytes in one archive: the server holds them in memory while the browser saves


def take(documents: Sequence[str]) -> None:
    """Have documents saved when the page is drawn next."""
    st.session_state[_TAKEN] = list(documents)
    st.session_state[_NUMBER] = download_number() + 1


def download_number() -> int:
    """Return how often something was asked for; the table clicks the button of a new number."""
    return int(st.session_state.get(_NUMBER, 0))


def download(shared: Shared, words: Words) -> None:
    """Draw the button that saves the documents chosen, one as it is, several as a ZIP."""
    if not (taken := st.session_state.get(_TAKEN)):
        return
    files = shared.kb.shelf.files(taken)
    size = sum(file.file.stat().st_size for file in files)
    if not files or size > _MOST:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(words("download_much" if files else "download_none", n=_MOST >> 20))
            st.button(words("dismiss"), key="download-done", on_click=_close)
        return
    one = len(files) == 1
    with st.container(key="documents-save"):
        st.download_button(
            words("download_save"),
            partial(_opened, files[0]) if one else partial(zipped, files),
            file_name=packed_name(files[0].name).rsplit("/", 1)[-1] if one else "documents.zip",
            mime=None if one else "application/zip",
            on_click="ignore",
            key=f"documents-save-{download_number()}",
        )


def _close() -> None:
    st.session_state.pop(_TAKEN, None)


def _opened(file: StoredFile) -> BinaryIO:
    return file.file.open("rb")
