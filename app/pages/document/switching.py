"""Passages of a document switched off and on again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.control_characters import line
from app.errors import EXPECTED, one_line
from app.library import Inspected
from app.pages.documents.actions import tell
from app.results import Passage
from app.texts import Words
from app.web import Shared


def draw_only_off(words: Words, found: Inspected, changed: Callable[[], None]) -> bool:
    """Draw, where passages are switched off, what shows these alone; return whether it is chosen.

    `changed` is called when it was clicked.
    """
    with st.container(width="content"):
        return found.facts.off > 0 and st.checkbox(
            words("passages_only_off", n=found.facts.off),
            key=f"document-only-off-{found.row.document}",
            on_change=changed,
        )


def draw_switch(shared: Shared, words: Words, document: str, number: int, one: Passage) -> None:
    """Draw the button that switches the n-th passage off, or on again."""
    if shared.kb.read_only:
        return
    name = "switch_on" if one.off else "switch_off"
    st.button(
        words(name, n=number),
        key=f"document-switch-{one.chunk_id}",
        icon=":material/visibility:" if one.off else ":material/visibility_off:",
        help=words(f"{name}_help"),
        on_click=_switch,
        args=(shared, document, one),
    )


def _switch(shared: Shared, document: str, one: Passage) -> None:
    try:
        shared.kb.shelf.switch_passage(document, one.chunk_id, on=one.off)
    except EXPECTED as error:
        tell(text=line(one_line(error)), wrong=True)
    shared.keeper.wake()
