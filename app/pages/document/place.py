"""What of a document is open, as its address and the links on its page say it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import streamlit as st

from app.pages.document.opened import keep_view

_PLACE = re.compile(r"(?:page\.(\d{1,6})|passage\.([0-9a-f]{32})(?:\.(\d{1,6}))?)", re.ASCII)
_CHUNK = re.compile(r"[0-9a-f]{32}", re.ASCII)
_OPEN = "document-place"  # of this document, see `opened`
_NUMBER = re.compile(r"[1-9]\d{0,5}", re.ASCII)


@dataclass(frozen=True)
class Place:
    """A page of a document, or a passage where it stands, or the passage's marks on a page."""

    page: int | None = None
    passage: str | None = None

    def __str__(self) -> str:
        if self.passage is None:
            return f"page.{self.page or 1}"
        return f"passage.{self.passage}" + ("" if self.page is None else f".{self.page}")

    def at(self, page: int | None) -> Place:
        """Return the same at another page."""
        return replace(self, page=page)


def parse_place(text: str) -> Place | None:
    """Return what a text from a browser names, None if it names nothing."""
    found = _PLACE.fullmatch(text)
    if not found:
        return None
    page, passage, on = found.groups()
    number = int(page or on or 0)
    return Place(number or None, passage)


def place() -> Place:
    """Return what is open."""
    kept = st.session_state.get(_OPEN)
    return kept if isinstance(kept, Place) else Place()


def read_address(*, is_stale: bool) -> None:
    """Take over what the address says is open: `page=3`, `passage=…`; what is no place is nothing.

    One that `is_stale` may be older than what was opened last, and is not believed.
    """
    page, passage = st.query_params.get("page", ""), st.query_params.get("passage", "")
    now = Place(
        int(page) if _NUMBER.fullmatch(page) else None,
        passage if _CHUNK.fullmatch(passage) else None,
    )
    if _OPEN not in st.session_state or (now != place() and not is_stale):
        st.session_state[_OPEN] = now


def go_to(there: Place) -> None:
    """Open a place, in the passages or the pages; the address says it, so a reload keeps it."""
    st.session_state[_OPEN] = there
    for name, value in (("page", there.page), ("passage", there.passage)):
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != str(value):
            st.query_params[name] = str(value)
    keep_view("pages" if there.passage is None else "passages")
