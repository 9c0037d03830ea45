"""The side bar folded away on a narrow screen, where it covers the page that was chosen in it.

Streamlit does so for links between pages, and not for buttons.
"""

from __future__ import annotations

import streamlit as st

_JS = """
let before = null
export default function ({ data }) {
  const another = before !== null && before !== data.shown
  before = data.shown
  if (!another || window.innerWidth >= 768) return
  const open = document.querySelector('[data-testid="stSidebar"][data-collapsed="false"]')
  open?.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click()
}
"""


def fold_narrow_sidebar(shown: str) -> None:
    """Fold the side bar away, on a narrow screen, once something else is `shown` than before."""
    mount = st.components.v2.component("zhiku_narrow_sidebar", js=_JS)
    mount(data={"shown": shown}, key="narrow-sidebar", height=1)
