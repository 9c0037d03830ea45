"""What the keyboard does on the Chat page, the stop button, and what a screen reader is told.

Streamlit's own stop button ends the script that draws the page, not the answer, and is there only
for the run in which a question was sent.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

_HTML = """
<div class="told" role="status" aria-live="polite"></div>
"""
_CSS = """
.told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""
# Hears of keys before Streamlit does. The field takes text while an answer is written: nothing
# that is typed is lost, and the focus stays.
_JS = r"""
const FIELD = '[data-testid="stChatInputTextArea"]'
const SEND = '[data-testid="stChatInputSubmitButton"]'
const OPEN = '[role="dialog"], [data-testid="stPopoverBody"], [data-testid="stDialog"]'
let now = null, tell = () => {}, told = null
let stop = null, count = null, wasBusy = false, focused = "", watcher = null, watched = null

const field = () => document.querySelector(FIELD)
const isFree = () => {
  const at = document.activeElement
  return !at || at === document.body || at === stop || at.matches(FIELD)
}
// What appears a moment later: Streamlit mounts its elements one after the other.
const soon = (find, then, tries = 40) => {
  const found = find()
  if (found) then(found)
  else if (tries && now) setTimeout(() => soon(find, then, tries - 1), 50)
}
const toField = () => {
  // On a screen that is touched the focus would open a keyboard over the answer.
  if (matchMedia("(hover: none)").matches) return
  soon(() => { const at = field(); return at && !at.disabled && at },
    (at) => { if (isFree() && !document.querySelector(OPEN)) at.focus({ preventScroll: true }) })
}
// What was asked is seen, wherever one was on the page; from there on Streamlit follows the answer.
const toEnd = () => setTimeout(() => {
  const all = document.querySelector('[data-testid="stMain"]')
  if (all && now?.busy) all.scrollTop = all.scrollHeight
}, 100)
// A conversation that is opened shows its last question and what was answered, until that stands
// or somebody moves; from its end, unless it is longer than the window.
const MOVES = ["wheel", "touchstart", "pointerdown", "keydown"]
let opened = "", settling = 0
const settled = () => {
  clearInterval(settling)
  for (const name of MOVES) removeEventListener(name, settled, true)
}
const toLast = () => {
  settled()
  let height = 0, same = 0, looks = 0
  for (const name of MOVES) addEventListener(name, settled, true)
  settling = setInterval(() => {
    const all = document.querySelector('[data-testid="stMain"]')
    const asked = [...document.querySelectorAll('[data-testid="stChatMessage"]')].at(-2)
    if (all && asked) {
      const from = asked.getBoundingClientRect().top - all.getBoundingClientRect().top
      all.scrollTop = Math.min(all.scrollTop + from - 64, all.scrollHeight - all.clientHeight)
    }
    same = all?.scrollHeight === height ? same + 1 : 0
    height = all?.scrollHeight
    looks += 1
    if (same > 20 || looks > 100) settled()
  }, 50)
}
const put = (at, text) => {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(at, text)
  at.dispatchEvent(new Event("input", { bubbles: true }))
  at.setSelectionRange(text.length, text.length)
}
const halt = () => {
  if (!now?.busy || stop?.disabled) return
  if (stop) stop.disabled = true
  tell("stopped", true)
}
const stopButton = (send) => {
  const made = send.cloneNode(false)
  made.disabled = false
  made.dataset.testid = "kbStop"
  made.innerHTML = '<svg viewBox="0 0 24 24" width="20" height="20" fill="currentColor" ' +
    'aria-hidden="true"><rect x="6" y="6" width="12" height="12" rx="2"/></svg>'
  // The class of one that is disabled looks so; the colours are those of the page's theme.
  const theme = getComputedStyle(told)
  made.style.color = theme.getPropertyValue("--st-background-color")
  made.style.backgroundColor = theme.getPropertyValue("--st-primary-color")
  made.style.cursor = "pointer"
  made.onclick = halt
  return made
}
const dress = () => {
  const send = document.querySelector(SEND)
  if (!now || !send) return
  send.setAttribute("aria-label", now.send)
  if (now.busy) {
    stop ??= stopButton(send)
    stop.setAttribute("aria-label", now.stop)
    stop.title = now.stop + " (Esc)"
    if (stop.previousSibling !== send) send.after(stop)
  } else if (stop) {
    stop.remove()
    stop = null
  }
  if (send.style.display !== (now.busy ? "none" : "")) send.style.display = now.busy ? "none" : ""
  const at = field(), length = at ? at.value.trim().length : 0
  const near = length > now.most * 0.8
  if (near && at) {
    if (!count) {
      count = document.createElement("div")
      count.style.cssText = "position:absolute;right:.5rem;top:-1.5rem;font-size:.8rem"
      count.setAttribute("role", "status")
    }
    const holder = at.closest('[data-testid="stChatInput"]')
    if (count.parentElement !== holder) {
      holder.style.position = "relative"
      holder.append(count)
    }
    const said = now.length.replace("{n}", length.toLocaleString())
    if (count.textContent !== said) count.textContent = said
    count.style.fontWeight = length > now.most ? "700" : "400"
  } else count?.remove()
}
const look = () => {
  const holder = document.querySelector('[data-testid="stChatInput"]')
  if (holder && holder !== watched) {
    watcher?.disconnect()
    watcher = new MutationObserver(dress)
    watcher.observe(holder, { childList: true, subtree: true })
    watched = holder
  }
  dress()
}
const onKey = (event) => {
  if (!now || event.isComposing || event.keyCode === 229) return
  const isFolded = event.target.closest?.(OPEN)
  if (event.key === "Escape" && now.busy && !isFolded && !document.querySelector(OPEN)) {
    event.preventDefault()
    halt()
  }
  const edited = now.focus && event.target.closest?.(`.${CSS.escape("st-key-" + now.focus)}`)
  if (edited && ((event.key === "Enter" && !event.shiftKey) || event.key === "Escape")) {
    event.preventDefault()
    event.stopPropagation()
    event.target.blur()  // which sends what was typed
    const name = event.key === "Enter" ? now.accept : now.cancel
    setTimeout(() => document.querySelector(`.${CSS.escape("st-key-" + name)} button`)?.click(), 50)
  }
  if (!event.target.matches?.(FIELD)) return
  if (event.key === "ArrowUp" && !event.target.value && now.last) {
    event.preventDefault()
    put(event.target, now.last)
  }
}
const onInput = (event) => { if (event.target.matches?.(FIELD)) dress() }
// A selection takes the characters along that keep a number at its word: not to be pasted.
const onCopy = (event) => {
  const chosen = getSelection()
  if (!chosen || !chosen.rangeCount || event.target.matches?.("input, textarea")) return
  if (!chosen.toString().includes("\u2060")) return
  const part = document.createElement("div")
  for (let n = 0; n < chosen.rangeCount; n++) part.append(chosen.getRangeAt(n).cloneContents())
  event.clipboardData.setData("text/plain", chosen.toString().replaceAll("\u2060", ""))
  event.clipboardData.setData("text/html", part.innerHTML.replaceAll("\u2060", ""))
  event.preventDefault()
}
export default function ({ data, parentElement, setTriggerValue }) {
  const isNew = now === null
  now = data
  tell = setTriggerValue
  told = parentElement.querySelector(".told")
  if (isNew) {
    wasBusy = false
    focused = opened = ""
    document.addEventListener("keydown", onKey, true)
    document.addEventListener("input", onInput, true)
    document.addEventListener("copy", onCopy, true)
  }
  soon(field, look)
  if (data.busy && !wasBusy) {
    told.textContent = data.answering
    toEnd()
  }
  if (!data.busy && wasBusy) told.textContent = data.answer
  if (data.conversation && data.conversation !== opened && !data.busy) toLast()
  opened = data.conversation
  if (data.focus && data.focus !== focused) {
    const key = CSS.escape("st-key-" + data.focus)
    soon(() => document.querySelector(`.${key} textarea, .${key} input`), (at) => {
      at.focus()
      if (at.value) at.setSelectionRange(at.value.length, at.value.length)
    })
  } else if (!data.focus && (isNew || wasBusy !== data.busy || focused)) toField()
  focused = data.focus
  wasBusy = data.busy
  return () => {
    now = null
    settled()
    document.removeEventListener("keydown", onKey, true)
    document.removeEventListener("input", onInput, true)
    document.removeEventListener("copy", onCopy, true)
    watcher?.disconnect()
    stop?.remove()
    count?.remove()
    watcher = watched = stop = count = null
  }
}
"""


def chat_keys(
    *,
    conversation: str,
    busy: bool,
    last: str,
    most: int,
    edit: tuple[str, str, str] | None,
    says: dict[str, str],
    on_stop: Callable[[], None],
) -> None:
    """Make Enter, Esc and ↑ do what one expects, and the send button stop an answer in hand.

    `conversation` is the one that is open, "" for a new one: of another its end is brought into
    view. `busy` tells whether an answer is being written; `last` is the question that ↑ brings
    back, `most` how many characters a question may have. `edit` are the keys of another field that
    is typed into now, and of the buttons that Enter and Esc press there. `says` are the words:
    send, stop, length, answering, answer.
    """
    focus, accept, cancel = edit or ("", "", "")
    mount = st.components.v2.component("zhiku_chat_keys", html=_HTML, css=_CSS, js=_JS)
    mount(
        data={
            "conversation": conversation,
            "busy": busy,
            "last": last,
            "most": most,
            "focus": focus,
            "accept": accept,
            "cancel": cancel,
            **says,
        },
        key="chat-keys",
        on_stopped_change=on_stop,
        height=1,
    )
