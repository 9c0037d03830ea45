"""The place where one reads, kept while something longer is drawn above it."""

from __future__ import annotations

import streamlit as st

_JS = """
let before = null
export default function ({ data }) {
  const moved = before !== null && data.turn && before !== data.turn
  before = data.turn
  if (!moved) return
  const ended = new AbortController()
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"])
    window.addEventListener(name, () => ended.abort(), { signal: ended.signal, capture: true })
  const show = () => {
    const place = ended.signal.aborted ? null : document.querySelector(`.st-key-${data.key}`)
    if (!place) return
    place.style.scrollMarginTop = "4.5rem" // below Streamlit's head
    place.scrollIntoView({ block: "start" })
  }
  // Once more when what is above has its height.
  for (const after of [0, 150, 500, 1200]) setTimeout(show, after)
  setTimeout(() => ended.abort(), 1500)
}
"""


def hold_place(key: str, turn: int) -> None:
    """Have the container of a key stay at the top of the page when `turn` is another than before.

    What somebody does with wheel, finger, mouse or keys goes before it.
    """
    mount = st.components.v2.component("zhiku_held_place", js=_JS)
    mount(data={"key": key, "turn": turn}, key="held-place", height=1)
