"""What of a document is open, as its address and the links on its page say it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import streamlit as st

from app.pages.document.opened import keep_view

_PLACE = re.compile(r"(?:page\.(\d{1,6})|passage\.([0-9a-f]{32})(?:\.(\d{1,6}))?)", re.ASCII)
_CHUNK = re.compile(r"[0-9a-f]{32}", re.ASCII)
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
    """Return what the address says is open: `page=3`, `passage=…`; what is no place is nothing."""
    page, passage = st.query_params.get("page", ""), st.query_params.get("passage", "")
    return Place(
        int(page) if _NUMBER.fullmatch(page) else None,
        passage if _CHUNK.fullmatch(passage) else None,
    )


def go_to(there: Place) -> None:
    """Have the address say what is open, so that a reload keeps it; no passage: its pages."""
    for name, value in (("page", there.page), ("passage", there.passage)):
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != str(value):
            st.query_params[name] = str(value)
    keep_view("pages" if there.passage is None else "passages")
