"""What somebody chose to ask of that is no longer in the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from posixpath import splitext  # of thousands of documents, at each draw

import streamlit as st

from app.results import DocumentRow

# By the key of each choice: what of a document it chooses by.
_CHOSEN_BY: dict[str, Callable[[DocumentRow], str | None]] = {
    "collection-asked": lambda row: row.collection,
    "documents-asked": lambda row: row.document,
    "kinds-asked": lambda row: kind_asked(row),
    "author-asked": lambda row: row.author,
}


def kind_asked(row: DocumentRow) -> str:
    """Return the ending of a document's name, without the dot, in lower case."""
    return splitext(row.path)[1].lower().removeprefix(".")


def gone_choices(every: Sequence[DocumentRow]) -> dict[str, list[str]]:
    """Return by the key of each choice what none of all documents of the library has any more.

    What only an assistant or another choice leaves out is not gone.
    """
    return {key: _gone(key, every, of) for key, of in _CHOSEN_BY.items()}


def _gone(
    key: str, every: Sequence[DocumentRow], of: Callable[[DocumentRow], str | None]
) -> list[str]:
    given = st.session_state.get(key) or ""
    chosen = [given] if isinstance(given, str) else list(given)
    if not any(chosen):
        return []
    there = {of(row) for row in every}
    return [one for one in chosen if one and one not in there]
