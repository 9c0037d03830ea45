"""Files that are attached to a question: it is asked of them alone, as soon as they are read."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page

from app.pages.chat.attached import HELD, Attached, known
from app.pages.chat.attached_list import draw_attached
from app.pages.dropping.outcomes import tell
from app.pages.dropping.place import take_in
from app.pages.dropping.replace_question import ask_what_to_replace
from app.service import DEFAULT_COLLECTION
from app.texts import Words
from app.web import Batch, Shared

_MOST = 10  # files of a drop that a question is asked of alone; more of them are a library


def attach_files(
    shared: Shared,
    words: Words,
    collection: str | None,
    place: DeltaGenerator,
    document: Page | None = None,
) -> Attached:
    """Draw the button in its place, and below what came of the files; return those attached.

    `document` is the page of a document, None where there is none.
    """
    if shared.kb.read_only:
        return Attached({})
    with place:
        intake = take_in(shared, words, collection or DEFAULT_COLLECTION, "attach", attach=True)
    with st.container(gap="xsmall"):
        ask_what_to_replace(intake, shared, words, attach=True)
        batches = [one for one in intake.batches if one.attach]
        ids: list[str] = st.session_state.setdefault("attached", [])
        for batch in batches:
            _attach(batch, ids)
        tell(intake, [one for one in batches if _is_to_tell(one)], words, document)
        if any(one.ended and one.total > _MOST for one in batches):
            st.caption(words("attached_many"))
        attached = known(shared, ids)
        _give_back(attached, words)
        with st.container():  # always there, so that what is below keeps its place in the tree
            if attached.rows or attached.gone:
                draw_attached(shared, words, attached.waits)
    return attached


def _attach(batch: Batch, ids: list[str]) -> None:
    taken: set[str] = st.session_state.setdefault("attached-before", set())
    if batch.total > _MOST:
        return
    for document in batch.documents:
        if f"{batch.name} {document}" not in taken:  # or it was taken off since
            taken.add(f"{batch.name} {document}")
            if document not in ids:
                ids.append(document)


def _is_to_tell(batch: Batch) -> bool:
    """Whether there is more to say than that files are attached, which is seen."""
    seen = batch.total <= _MOST and not batch.lost and not batch.empty and not batch.unsent
    return not (seen and all(one.kind in ("same", "waiting") for one in batch.told))


def _give_back(attached: Attached, words: Words) -> None:
    """Put a question back into its field when none of the files that it waits for can be read."""
    held = st.session_state.get(HELD)
    if held and not attached.waits and not any(row.visible for row in attached.rows.values()):
        st.session_state["question"] = st.session_state.pop(HELD)
        st.error(words("attached_none"), icon=":material/error:")
