"""Uploaders, one after the other: a used one stays until what is under way to it has come.

Streamlit's uploader keeps what it was given, so each drop gets a new one. What somebody drops while
the last drop is taken in still goes to the one before, and would be lost with it.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from app.texts import Words

_KEPT = 4  # uploaders: a file may be under way while three more drops are taken in
# Used ones are not seen, but while something is under way to them.
_HIDDEN = '.st-key-{}:not(:has([data-testid="stFileChipIconSpinner"])) {{ display: none; }}'


def drop_box(
    place: DeltaGenerator, folder: bool, disabled: bool, most_mb: int, words: Words
) -> list[UploadedFile]:
    """Draw the uploader, of files or of a folder, and return what has come and was not taken.

    It is a new one after each `taken`.
    """
    kinds: list[bool] = st.session_state.setdefault("uploaders", [folder])  # folder or files
    if kinds[-1] != folder:
        kinds.append(folder)
    last = len(kinds) - 1
    first = max(0, last + 1 - _KEPT)
    keys = {number: f"files-{number}" for number in range(first, last + 1)}
    hidden = [_HIDDEN.format(key) for number, key in keys.items() if number != last]
    st.html(f"<style>{' '.join(hidden)}</style>")
    done: set[str] = st.session_state.setdefault("files-taken", set())
    found: list[UploadedFile] = []
    with place:
        for slot in range(_KEPT):  # each keeps its place, or the browser would make it anew
            number = last - (last - slot) % _KEPT
            if number < 0:
                st.empty()
                continue
            files = st.file_uploader(
                words("upload_folder_label" if kinds[number] else "upload"),
                accept_multiple_files="directory" if kinds[number] else True,
                max_upload_size=most_mb,
                disabled=disabled and number == last,  # a disabled one says nothing of what comes
                key=keys[number],
            )
            found += [file for file in files if file.file_id not in done]
    return found


def taken(files: Sequence[UploadedFile]) -> None:
    """Note that files were taken in, and forget their bytes.

    Streamlit keeps them until the browser goes.
    """
    st.session_state["files-taken"].update(file.file_id for file in files)
    kinds: list[bool] = st.session_state["uploaders"]
    kinds.append(kinds[-1])
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        for file in files:
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
