"""The files of the question to come, and a question that waits for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from app.web import Shared
from retrieval.ledger import Filter
from retrieval.library import UNDER_WAY, Entry

HELD = "question-held"  # in the session: the question that waits for the files


@dataclass(frozen=True)
class Attached:
    """The files of the question to come, by document id, and a question that waits for them.

    `gone` are the ids of those that were deleted since.
    """

    rows: Mapping[str, Entry]
    gone: tuple[str, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether one of them is not read yet."""
        return any(row.status in UNDER_WAY for row in self.rows.values())

    def narrowed(self, within: Filter) -> Filter:
        """Return the filter with these documents alone; as it is when none was attached.

        Those that are gone are still asked, and have no answer: what is left might be everything.
        """
        if not (self.rows or self.gone):
            return within
        return replace(within, documents=(*self.rows, *self.gone), collection=None)

    def when_ready(self, question: str | None, *, busy: bool) -> str | None:
        """Return the question, or one that waited, when it can be asked; None meanwhile.

        A new question takes the place of one that waits. `busy` says that an answer is in hand.
        """
        state, typed = st.session_state, (question or "").strip()
        if typed and self.waits:
            state[HELD] = typed
        if self.waits or busy:
            return None
        held: str | None = state.pop(HELD, None)
        return typed or held


def known(shared: Shared, ids: Sequence[str]) -> Attached:
    """Return the attached documents, by their ids, and which are not in the library any more."""
    rows = {row.document: row for row in shared.kb.shelf.entries()} if ids else {}
    there = {document: rows[document] for document in ids if document in rows}
    return Attached(there, tuple(document for document in ids if document not in rows))


def forget_attached() -> None:
    """Ask of all documents again, and do not ask a question that waits."""
    st.session_state.pop("attached", None)
    st.session_state.pop(HELD, None)
