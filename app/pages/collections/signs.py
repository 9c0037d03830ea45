"""Buttons that show a sign alone, and whose names say what they do to which thing."""

from __future__ import annotations

import streamlit as st

from app.pages.collections.dialogs import open_dialog

# The name is for those who hear the page; others see it as a tip.
SIGN_STYLE = """<style>
[class*="st-key-sign-"] button [data-testid="stMarkdownContainer"] {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
</style>"""


def sign(name: str, text: str, dialog: str, of: str, *, why_not: str = "") -> None:
    """Draw the sign of this name, edit or delete, that opens a dialog of a collection or assistant.

    `why_not` says why it cannot be.
    """
    st.button(
        text,
        icon=f":material/{name}:",
        help=why_not or text,
        type="tertiary",
        disabled=bool(why_not),
        key=f"sign-{dialog}-{of}",
        on_click=open_dialog,
        args=(dialog, of),
    )
