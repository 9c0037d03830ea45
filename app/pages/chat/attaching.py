"""Files that are attached to a question: it is asked of them alone, as soon as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from app.pages.documents.states import document_state, readers
from app.pages.dropping.outcomes import tell
from app.pages.dropping.place import take_in
from app.pages.dropping.replace_question import ask_what_to_replace
from app.results import DocumentRow
from app.service import DEFAULT_COLLECTION
from app.texts import Words
from app.web import Batch, Shared, label
from retrieval.ledger import Filter
from retrieval.library import shown

_MOST = 10  # files of a drop that a question is asked of alone; more of them are a library
_LOOK = 1.0  # seconds between two looks at how far they are
_UNDER_WAY = ("queued", "reading", "embedding")


@dataclass(frozen=True)
class Attached:
    """The files of the question to come, by document id, and a question that waits for them."""

    rows: Mapping[str, DocumentRow]

    @property
    def waits(self) -> bool:
        """Whether one of them is not read yet."""
        return any(row.status in _UNDER_WAY for row in self.rows.values())

    def narrowed(self, within: Filter) -> Filter:
        """Return the filter with these documents alone; as it is when there are none."""
        if not self.rows:
            return within
        return replace(within, documents=tuple(self.rows), collection=None)

    def when_ready(self, question: str | None) -> str | None:
        """Return the question, or one that waited, when it can be asked; None meanwhile.

        A new question takes the place of one that waits.
        """
        state, typed = st.session_state, (question or "").strip()
        if typed and self.waits:
            state["question-held"] = typed
            st.rerun()  # for a page that says so
        if self.waits:
            return None
        held: str | None = state.pop("question-held", None)
        return typed or held


def attach_files(shared: Shared, words: Words, collection: str | None) -> Attached:
    """Draw the button, what came of the files, and how far they are; return those attached."""
    if shared.kb.read_only:
        return Attached({})
    with st.bottom, st.container(gap="xsmall"):
        intake = take_in(shared, words, collection or DEFAULT_COLLECTION, "attach", attach=True)
        ask_what_to_replace(intake, shared, words, attach=True)
        batches = [one for one in intake.batches if one.attach]
        ids: list[str] = st.session_state.setdefault("attached", [])
        for batch in batches:
            _attach(batch, ids)
        tell(intake, [one for one in batches if _is_to_tell(one)], words)
        if any(one.ended and one.total > _MOST for one in batches):
            st.caption(words("attached_many"))
        attached = _known(shared, ids)
        _give_back(attached, words)
        with st.container():  # always there, so that what is below keeps its place in the tree
            if attached.rows:
                _draw(shared, words, attached.waits)
    return attached


def forget_attached() -> None:
    """Ask of all documents again, and do not ask a question that waits."""
    st.session_state.pop("attached", None)
    st.session_state.pop("question-held", None)


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


def _known(shared: Shared, ids: list[str]) -> Attached:
    rows = {row.document: row for row in shared.kb.documents()} if ids else {}
    return Attached({document: rows[document] for document in ids if document in rows})


def _give_back(attached: Attached, words: Words) -> None:
    """Put a question back into its field when none of the files that it waits for can be read."""
    held = st.session_state.get("question-held")
    if held and not attached.waits and not any(row.chunks for row in attached.rows.values()):
        st.session_state["question"] = st.session_state.pop("question-held")
        st.error(words("attached_none"), icon=":material/error:")


def _draw(shared: Shared, words: Words, waits: bool) -> None:
    """Draw the files with how far they are, looking again while one is being read."""

    drawn = False

    @st.fragment(run_every=_LOOK if waits else None)
    def files() -> None:
        nonlocal drawn
        now = _known(shared, st.session_state.get("attached", []))
        # Not while the page is drawn: a question typed just now would be lost with that run.
        if drawn and waits and not now.waits:
            st.rerun()  # a question may wait for it
        drawn = True
        jobs = shared.kb.jobs()
        reading, working = readers(jobs), any(not job.ended for job in jobs)
        st.caption(words("attached"))
        for document, row in now.rows.items():
            job, problem = reading.get(document), shared.worker.problem
            state = document_state(row, job, problem, words, working)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f":material/description: {label(shown(row.path))} · {state}")
                st.button(
                    "",
                    key=f"detach-{document}",
                    icon=":material/close:",
                    type="tertiary",
                    help=words("attached_remove", name=label(shown(row.path))),
                    on_click=_detach,
                    args=(document,),
                )
        if held := st.session_state.get("question-held"):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.info(words("attached_held", question=label(held)), icon=":material/schedule:")
                st.button(words("attached_take_back"), key="take-back", on_click=_take_back)

    files()


def _detach(document: str) -> None:
    ids: list[str] = st.session_state.get("attached", [])
    if document in ids:
        ids.remove(document)


def _take_back() -> None:
    if held := st.session_state.pop("question-held", None):
        st.session_state["question"] = held
