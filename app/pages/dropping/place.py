"""The place where files are dropped or chosen, and what became of those that came."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from app.components import drop
from app.control_characters import line
from app.pages.dropping.outcomes import tell
from app.pages.dropping.replace_question import ask_what_to_replace
from app.service import DEFAULT_COLLECTION
from app.texts import Words
from app.upload_path import UPLOAD_PATH
from app.web import Batch, Intake, Shared, UploadPass
from ingest.limits import MIB
from ingest.readers import KINDS


def draw_drop(
    shared: Shared,
    words: Words,
    collection: str | None,
    *,
    key: str = "drop",
    document: Page | None = None,
) -> list[Batch]:
    """Draw the place, ask what must be asked, and tell what became of files.

    They go into the collection; None takes nothing. Nothing is drawn where the library is
    read-only. `document` is the page of a document, None where there is none. Return the batches
    that are told.
    """
    if shared.kb.read_only:
        return []
    intake = take_in(shared, words, collection, key)
    ask_what_to_replace(intake, shared, words)
    batches = [one for one in intake.batches if not one.attach]
    tell(intake, batches, words, document)
    return batches


def take_in(
    shared: Shared, words: Words, collection: str | None, key: str, *, attach: bool = False
) -> Intake:
    """Draw the place alone, and note which batches have ended; return what takes files in."""
    intake = intake_of(shared)
    given = None if collection is None else _pass(shared, intake, collection, attach)
    most = shared.kb.settings.max_file_mb
    named = collection is not None and collection != DEFAULT_COLLECTION
    texts = {
        "title": words("drop_title"),
        "hint": words("drop_hint", most=most),
        "files": words("drop_attach" if attach else "drop_files"),
        "folder": words("drop_folder"),
        "drop": words("drop_here_named", name=line(collection or ""))
        if named
        else words("drop_here"),
        "cancel": words("drop_cancel"),
        "now": words("drop_now"),
        "sending": words("drop_sending"),
        "progress": words("drop_progress"),
    }
    token = "" if given is None else given.token
    off = given is None
    ended = drop(UPLOAD_PATH, token, most * MIB, KINDS, texts, key=key, attach=attach, off=off)
    for end in ended:
        batch = intake.batch(end.batch, collection or "", end.total, attach=end.attach)
        intake.end(batch, hidden=end.hidden, empty=end.empty, unsent=end.unsent, lost=end.lost)
    return intake


def intake_of(shared: Shared) -> Intake:
    """Return what takes in the files of this browser tab."""
    intake: Intake | None = st.session_state.get("intake")
    if intake is None or intake.kb is not shared.kb:  # the library was opened anew
        intake = st.session_state["intake"] = Intake(shared.kb, shared.incoming)
    return intake


def _pass(shared: Shared, intake: Intake, collection: str, attach: bool) -> UploadPass:
    """Return this tab's pass for a collection; older ones stay, as files may be under way."""
    given: dict[tuple[str, bool], UploadPass] = st.session_state.setdefault("upload-passes", {})
    found = given.get((collection, attach))
    if found is None or found.intake is not intake:
        found = given[collection, attach] = shared.passes.give(collection, intake, attach=attach)
    return found
