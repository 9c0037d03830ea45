"""Uploaders, one after the other: a used one stays until what is under way to it has come.

Streamlit's uploader keeps what it was given, so each drop gets a new one. What somebody drops while
the last drop is taken in still goes to the one before, and would be lost with it.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from app.texts import Words
from ingest.readers import KINDS

# All that are read, as "md, txt, pdf, …". Not given to Streamlit, which would turn away others in
# words of its own, in English, and from a folder the files that it may hold beside.
_ENDINGS = ", ".join(suffix.removeprefix(".") for suffix in KINDS)
_KEPT = 4  # uploaders: a file may be under way while three more drops are taken in
# Used ones are not seen, but while something is under way to them.
_HIDDEN = '.st-key-{}:not(:has([data-testid="stFileChipIconSpinner"])) {{ display: none; }}'


@dataclass
class DropBox:
    """The uploaders of one browser, and which of the files that came to them were taken in."""

    kinds: list[bool] = field(default_factory=list)  # of each uploader: a folder's, or files'
    done: set[str] = field(default_factory=set)  # ids of files
    # Held while files are taken in: Streamlit runs the page anew beside a run that is not done.
    lock: threading.Lock = field(default_factory=threading.Lock)

    def draw(
        self, place: DeltaGenerator, folder: bool, disabled: bool, most_mb: int, words: Words
    ) -> list[UploadedFile]:
        """Draw the uploader, of files or of a folder; return all that has come."""
        if not self.kinds or self.kinds[-1] != folder:
            self.kinds.append(folder)
        last = len(self.kinds) - 1
        hidden = [_HIDDEN.format(_key(n)) for n in range(max(0, last - _KEPT + 1), last)]
        st.html(f"<style>{' '.join(hidden)}</style>")
        found: list[UploadedFile] = []
        with place:
            for slot in range(_KEPT):  # each keeps its place, or the browser would make it anew
                number = last - (last - slot) % _KEPT
                if number < 0:
                    st.empty()
                    continue
                found += st.file_uploader(
                    words("upload_folder_label" if self.kinds[number] else "upload"),
                    accept_multiple_files="directory" if self.kinds[number] else True,
                    max_upload_size=most_mb,
                    disabled=disabled and number == last,  # it would not tell what still comes
                    key=_key(number),
                    help=words("upload_kinds", kinds=_ENDINGS),
                )
        return found

    def new(self, files: Sequence[UploadedFile]) -> list[UploadedFile]:
        """Return those of the files that were not taken in; call it with the lock held."""
        return [file for file in files if file.file_id not in self.done]

    def taken(self, files: Sequence[UploadedFile]) -> None:
        """Note that files were taken in, and forget their bytes; the next uploader is a new one.

        Streamlit would keep them until the browser goes. Call it with the lock held.
        """
        self.done.update(file.file_id for file in files)
        self.kinds.append(self.kinds[-1])
        context = get_script_run_ctx()
        if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
            for file in files:
                context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def _key(number: int) -> str:
    return f"files-{number}"
