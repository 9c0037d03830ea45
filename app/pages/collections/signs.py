"""Buttons that show a sign alone, and whose names say what they do to which thing."""

from __future__ import annotations

import streamlit as st

# The name is for those who hear the page; others see it as a tip.
SIGN_STYLE = """<style>
[class*="st-key-sign-"] button [data-testid="stMarkdownContainer"] {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
</style>"""


def sign(name: str, text: str, key: str, *, why_not: str = "") -> bool:
    """Draw the sign of this name, edit or delete; tell whether it was clicked.

    `why_not` says why it cannot be.
    """
    return st.button(
        text,
        icon=f":material/{name}:",
        help=why_not or text,
        type="tertiary",
        disabled=bool(why_not),
        key=f"sign-{name}-{key}",
    )
