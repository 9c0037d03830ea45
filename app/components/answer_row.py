"""A row of quiet buttons with icons under an answer, the first of which copies it.

Streamlit's buttons read the name of their icon out, and nothing of Streamlit copies two formats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

# Material Icons, Apache License 2.0.
_ICONS = {
    "copy": "M16 1H4c-1.1 0-2 .9-2 2v14h2V3h12V1zm3 4H8c-1.1 0-2 .9-2 2v14c0 1.1.9 2 2 2h11c1.1 0 2"
    "-.9 2-2V7c0-1.1-.9-2-2-2zm0 16H8V7h11v14z",
    "again": "M17.65 6.35A7.958 7.958 0 0 0 12 4c-4.42 0-7.99 3.58-7.99 8s3.57 8 7.99 8c3.73 0 6.84"
    "-2.55 7.73-6h-2.08A5.99 5.99 0 0 1 12 18c-3.31 0-6-2.69-6-6s2.69-6 6-6c1.66 0 3.14.69 4.22 "
    "1.78L13 11h7V4l-2.35 2.35z",
    "edit": "M14.06 9.02l.92.92L5.92 19H5v-.92l9.06-9.06M17.66 3c-.25 0-.51.1-.7.29l-1.83 1.83 3.75"
    " 3.75 1.83-1.83c.39-.39.39-1.02 0-1.41l-2.34-2.34c-.2-.2-.45-.29-.71-.29zm-3.6 3.19L3 17.25V21"
    "h3.75L17.81 9.94l-3.75-3.75z",
    "good": "M9 21h9c.83 0 1.54-.5 1.84-1.22l3.02-7.05c.09-.23.14-.47.14-.73v-2c0-1.1-.9-2-2-2"
    "h-6.31l.95-4.57.03-.32c0-.41-.17-.79-.44-1.06L14.17 1 7.58 7.59C7.22 7.95 7 8.45 7 9v10c0 "
    "1.1.9 2 2 2zM9 9l4.34-4.34L12 10h9v2l-3 7H9V9zM1 9h4v12H1z",
    "bad": "M15 3H6c-.83 0-1.54.5-1.84 1.22l-3.02 7.05c-.09.23-.14.47-.14.73v2c0 1.1.9 2 2 2h6.31l-"
    ".95 4.57-.03.32c0 .41.17.79.44 1.06L9.83 23l6.59-6.59c.36-.36.58-.86.58-1.41V5c0-1.1-.9-2-2-2z"
    "m0 12l-4.34 4.34L12 14H3v-2l3-7h9v10zm4-12h4v12h-4z",
    "keep": "M17 3H7c-1.1 0-1.99.9-1.99 2L5 21l7-3 7 3V5c0-1.1-.9-2-2-2zm0 15l-5-2.18L7 18V5h10v1"
    "3z",
    "done": "M9 16.17 4.83 12l-1.42 1.41L9 19 21 7l-1.41-1.41z",
}
_HTML = """
<div class="row"><span class="told" role="status"></span></div>
"""
_CSS = """
.row { display: flex; align-items: center; flex-wrap: wrap; gap: 0.125rem; margin-left: -0.4rem; }
button {
  display: inline-flex; align-items: center; justify-content: center;
  width: 2rem; height: 2rem; padding: 0; border: 0; border-radius: var(--st-base-radius);
  background: none; color: var(--st-text-color); opacity: 0.72; cursor: pointer;
}
button:hover, button:focus-visible, button[aria-pressed="true"] { opacity: 1; }
button:hover, button[aria-pressed="true"] { background: var(--st-secondary-background-color); }
button[aria-pressed="true"] { color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: -2px; }
svg { width: 1.125rem; height: 1.125rem; fill: currentColor; }
.note { margin-left: 0.5rem; font-size: 0.8125rem; color: var(--st-text-color); opacity: 0.72; }
.told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""
_JS = """
const copied = async (text, html) => {
  try {
    const as = (kind, what) => ({ [kind]: new Blob([what], { type: kind }) })
    const both = { ...as("text/plain", text), ...as("text/html", html) }
    await navigator.clipboard.write([new ClipboardItem(both)])
    return true
  } catch { /* an address that is not local and has no TLS, or a browser that asks first */ }
  const give = (event) => {
    event.clipboardData.setData("text/plain", text)
    event.clipboardData.setData("text/html", html)
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  document.addEventListener("copy", give, true)
  try { return document.execCommand("copy") }
  finally { document.removeEventListener("copy", give, true) }
}
const drawn = (path) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`
export default function ({ data, parentElement, setTriggerValue }) {
  const row = parentElement.querySelector(".row"), told = row.querySelector(".told")
  const there = new Map([...row.querySelectorAll("button")].map((one) => [one.dataset.name, one]))
  for (const [n, item] of data.items.entries()) {
    const made = there.get(item.name)
    const button = made ?? document.createElement("button")
    there.delete(item.name)
    if (!made) {
      button.type = "button"
      button.dataset.name = item.name
      button.innerHTML = drawn(data.icons[item.name])
    }
    button.setAttribute("aria-label", item.label)
    button.title = item.label
    if (item.pressed !== null) button.setAttribute("aria-pressed", String(item.pressed))
    button.onclick = async () => {
      if (item.name !== "copy") return setTriggerValue("act", item.name)
      if (!await copied(data.text, data.html)) return
      button.innerHTML = drawn(data.icons.done)
      told.textContent = data.done
      setTimeout(() => {
        button.innerHTML = drawn(data.icons.copy)
        told.textContent = ""
      }, 2000)
    }
    // The first child tells a screen reader. What is in its place stays: moved, it loses the focus.
    if (row.children[n + 1] !== button) row.insertBefore(button, row.children[n + 1] ?? null)
  }
  for (const gone of there.values()) gone.remove()
  let note = row.querySelector(".note")
  if (!note) {
    note = document.createElement("span")
    note.className = "note"
    row.append(note)
  }
  note.textContent = data.note
}
"""


def answer_row(
    key: str,
    items: Sequence[tuple[str, str, bool | None]],
    *,
    text: str,
    html: str,
    note: str,
    done: str,
    on_act: Callable[[str], None],
) -> None:
    """Draw the buttons: of each its name, what it says, and whether it is pressed, if it can be.

    "copy" gives the clipboard a `text` and the same as `html`, and says that it is `done`; for
    "again", "edit", "good", "bad" and "keep", `on_act` is called with the name. `note` stands
    behind them.
    """
    names = [name for name, *_ in items]

    def acted() -> None:
        act = getattr(st.session_state.get(key), "act", None)
        if act in names:  # what a browser says is not believed
            on_act(act)

    mount = st.components.v2.component("zhiku_answer_row", html=_HTML, css=_CSS, js=_JS)
    mount(
        data={
            "items": [{"name": n, "label": label, "pressed": on} for n, label, on in items],
            "icons": {name: _ICONS[name] for name in (*names, "done")},
            "text": text,
            "html": html,
            "note": note,
            "done": done,
        },
        key=key,
        on_act_change=acted,
        height="content",
    )
