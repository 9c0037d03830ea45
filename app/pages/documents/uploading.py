"""The uploader, and what became of the files that came."""

from __future__ import annotations

import streamlit as st

from app.components import oversized
from app.pages.documents.outcomes import tell
from app.pages.documents.replace_question import ask_what_to_replace
from app.pages.documents.uploader import DropBox
from app.pages.parts.collections import choose_one
from app.texts import Words
from app.web import Intake, IntakeOutcome, Shared

_WIDTHS = (9, 4)  # the uploader, where its files go


def upload(shared: Shared, words: Words) -> None:
    """Draw the uploader, take in what comes, and tell what became of it."""
    if shared.kb.read_only:
        st.info(words("read_only"), icon=":material/lock:")
        return
    state = st.session_state
    intake: Intake = state.setdefault("intake", Intake())
    box: DropBox = state.setdefault("drop-box", DropBox())
    left, choice = st.columns(_WIDTHS)
    with choice:
        collection = choose_one(shared, words)
        folder = _folder(words)
    most = shared.kb.settings.max_file_mb
    came = box.draw(left, folder, collection is None, most, words)
    drop = len(box.kinds)
    if (large := oversized(most)) is not None:
        state["too-large"] = drop, [IntakeOutcome("refused", name, "too-large") for name in large]
    told_large = state.get("too-large", (drop, []))
    if collection and box.new(came):
        if told_large[0] < drop:  # of files that came before these
            state.pop("too-large", None)
        if state.get("collection-shown") != collection:
            state["collection-shown"] = ""  # all, or the new files would not be seen
        with box.lock:  # what asks Streamlit for something stands outside: it may end the run there
            if files := box.new(came):
                intake.take(shared.kb, ((file.name, file.getvalue()) for file in files), collection)
                box.taken(files)
        shared.worker.wake()
    if len(box.kinds) != drop:  # by this run, or by one that was ended before it could draw
        st.rerun()
    ask_what_to_replace(intake, shared, words)
    tell([*told_large[1], *intake.told], words)
    intake.seen = True


def _folder(words: Words) -> bool:
    """Let somebody choose between files and a folder, which alone comes with its paths."""
    kinds = {"files": words("upload_files"), "folder": words("upload_folder")}
    kind = st.segmented_control(
        words("upload_kind"),
        list(kinds),
        default="files",
        required=True,
        format_func=kinds.__getitem__,
        key="upload-kind",
        label_visibility="collapsed",
    )
    return kind == "folder"
