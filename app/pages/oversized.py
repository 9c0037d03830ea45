"""Files that the browser keeps back as too large, named by the browser.

Streamlit's uploader refuses them in the browser and tells the server nothing; its own line about
them goes with the uploader as soon as the other files are in.
"""

from __future__ import annotations

import streamlit as st

from ingest.limits import MIB

# Hears of files before the uploader does: chosen ones as an input's change, others as a drop.
_JS = """
export default function ({ data, setTriggerValue }) {
  const tell = (files) => {
    const names = files.filter((file) => file.size > data.most)
      .map((file) => file.webkitRelativePath || file.name)
    setTriggerValue("names", names)
  }
  const below = async (entry) => {
    if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))]
    const reader = entry.createReader(), found = []
    for (;;) {
      const some = await new Promise((done, fail) => reader.readEntries(done, fail))
      if (!some.length) return found
      for (const one of some) found.push(...await below(one))
    }
  }
  const inside = (event) => event.target.closest?.('[data-testid="stFileUploader"]')
  const chosen = (event) => {
    if (event.target.type === "file" && inside(event)) tell([...event.target.files])
  }
  const dropped = async (event) => {
    if (!inside(event)) return
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.())
    const files = await Promise.all(entries.filter(Boolean).map(below))
    tell(files.flat())
  }
  document.addEventListener("change", chosen, true)
  document.addEventListener("drop", dropped, true)
  return () => {
    document.removeEventListener("change", chosen, true)
    document.removeEventListener("drop", dropped, true)
  }
}
"""
_MOST = 1000  # names: what a browser says is not believed


def oversized(most_mb: int) -> list[str] | None:
    """Return the names of those of the files chosen just now that are larger than so many MiB.

    None when none were chosen since the page was drawn last.
    """
    mount = st.components.v2.component("zhiku_oversized", js=_JS)
    result = mount(
        data={"most": most_mb * MIB}, key="oversized", on_names_change=lambda: None, height=1
    )
    names = result.names
    return [str(name) for name in names[:_MOST]] if isinstance(names, list) else None
