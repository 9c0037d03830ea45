"""The dialogs of all pages: what is in their titles stands there as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from app.texts import Words
from app.web import label

Draw = Callable[[], None]


def dialog(
    words: Words,
    title: str,
    *,
    on_dismiss: Draw,
    width: Literal["small", "medium", "large"] = "small",
    **named: str,
) -> Callable[[Draw], Draw]:
    """Return what makes a dialog of a function that draws it.

    `title` is the key of a text, and `named` are the names in it. Streamlit reads a title as
    Markdown: all dialogs are made here, so that no name in one becomes a link or a picture.
    """
    shown = words(title, **{key: label(name) for key, name in named.items()})
    return st.dialog(shown, width=width, on_dismiss=on_dismiss)
