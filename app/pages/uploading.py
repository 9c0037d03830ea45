"""The uploader, and what became of the files that came."""

from __future__ import annotations

import streamlit as st

from app.incoming import Intake, Told
from app.pages.choosing import choose_one
from app.pages.dropping import drop_box, taken
from app.pages.oversized import oversized
from app.pages.replacing import ask_what_to_replace
from app.rendering import label
from app.state import Shared
from app.texts import Words

_WIDTHS = (9, 4)  # the uploader, where its files go
_TOLD = 8  # lines of a kind; a folder may hold hundreds of files that are not read


def upload(shared: Shared, words: Words) -> None:
    """Draw the uploader, take in what comes, and tell what became of it."""
    if shared.kb.read_only:
        st.info(words("read_only"), icon=":material/lock:")
        return
    state = st.session_state
    intake: Intake = state.setdefault("intake", Intake())
    left, choice = st.columns(_WIDTHS)
    with choice:
        collection = choose_one(shared, words)
        folder = _folder(words)
    most = shared.kb.settings.max_file_mb
    files = drop_box(left, folder, collection is None, most, words)
    drop = len(state["uploaders"])
    if (large := oversized(most)) is not None:
        state["too-large"] = drop, [Told("refused", name, "too-large") for name in large]
    if files and collection:
        if state.get("too-large", (drop, []))[0] < drop:  # of files that came before these
            del state["too-large"]
        intake.take(shared.kb, ((file.name, file.getvalue()) for file in files), collection)
        taken(files)
        shared.worker.wake()
        if state.get("collection-shown") != collection:
            state["collection-shown"] = ""  # all, or the new files would not be seen
        st.rerun()
    ask_what_to_replace(intake, shared, words)
    _tell([*state.get("too-large", (drop, []))[1], *intake.told], words)
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


def _tell(told: list[Told], words: Words) -> None:
    """Say what became of the last files, unless they simply went in."""
    for kind, draw in (("refused", st.error), ("renamed", st.info), ("same", st.info)):
        lines = [one for one in told if one.kind == kind]
        for one in lines[:_TOLD]:
            if kind == "refused":
                why = words(f"reason_{one.more}")
                draw(words("refused", name=label(one.path), reason=why), icon=":material/error:")
            else:
                text = words(f"upload_{kind}", name=label(one.path), path=label(one.more))
                draw(text, icon=":material/info:")
        if len(lines) > _TOLD:
            draw(words("upload_more", n=len(lines) - _TOLD))
