"""Files that the browser keeps back as too large, named by the browser.

Streamlit's uploader refuses them in the browser and tells the server nothing; its own line about
them goes with the uploader as soon as the other files are in.
"""

from __future__ import annotations

import streamlit as st

from ingest.limits import MIB

# Hears of files before the uploader does: chosen ones as an input's change, others as a drop.
_JS = """
let most = Infinity, tell = () => {}
const below = async (entry) => {
  if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))]
  const reader = entry.createReader(), found = []
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail))
    if (!some.length) return found
    for (const one of some) found.push(...await below(one))
  }
}
const look = (files) => {
  const names = files.filter((file) => file.size > most)
    .map((file) => file.webkitRelativePath || file.name)
  // Not before the uploader has asked where the other files go: a run in between loses them.
  if (names.length) setTimeout(() => tell("names", names), 1000)
}
const inside = (event) => event.target.closest?.('[data-testid="stFileUploader"]')
document.addEventListener("change", (event) => {
  if (event.target.type === "file" && inside(event)) look([...event.target.files])
}, true)
document.addEventListener("drop", async (event) => {
  if (!inside(event)) return
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.())
  look((await Promise.all(entries.filter(Boolean).map(below))).flat())
}, true)
export default function ({ data, setTriggerValue }) {
  most = data.most
  tell = setTriggerValue
}
"""
_MOST = 1000  # names: what a browser says is not believed


def oversized(most_mb: int) -> list[str] | None:
    """Return the names of those of the files chosen just now that are larger than so many MiB.

    None when there are none, or they were told before.
    """
    mount = st.components.v2.component("zhiku_oversized", js=_JS)
    result = mount(
        data={"most": most_mb * MIB}, key="oversized", on_names_change=lambda: None, height=1
    )
    names = result.names
    return [str(name) for name in names[:_MOST]] if isinstance(names, list) else None
