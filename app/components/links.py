"""Links that open something on the page: a click on one is told to the script.

Streamlit's HTML has no events. Every element with `data-kb-open` is such a link, wherever it
stands; what it opens is written there, and is believed no more than anything else from a browser.
The same script looks after what a rerun would lose: where the focus was, how far a page was
scrolled and how large it is shown.
"""

from __future__ import annotations

from typing import Literal

import streamlit as st

_JS = """
const shared = (window.zhikuLinks ??= { zoom: 1, kept: null, opener: null, told: ["", 0] })
const link = (node) => node?.closest?.("[data-kb-open]")
const dialog = () => document.querySelector('[role="dialog"]')
const fits = (value) => CSS.escape(value)

// The focus is given back when what had it was drawn anew, and to nothing else.
const lost = () => {
  const now = document.activeElement
  return !now || now === document.body || now.matches('[role="dialog"]')
}
// Several may open the same: numbers in an answer, and its place in a list.
const alike = (within, { open, style }) => {
  const all = [...within.querySelectorAll(`[data-kb-open="${fits(open)}"]`)]
  return all.filter((one) => one.className === style)
}
const again = (taken) => {
  const { kept } = shared
  if (!kept || !(taken || lost())) return
  const within = kept.inside ? dialog() : document
  const same = within && (within.querySelector(`[data-kb-name="${fits(kept.name)}"]`)
    ?? alike(within, kept)[kept.at] ?? alike(within, kept)[0])
  if (same && same !== document.activeElement) same.focus({ preventScroll: true })
}
const zoomed = (sheet) => {
  sheet.style.setProperty("--kb-zoom", shared.zoom)
  for (const button of document.querySelectorAll("[data-kb-zoom]")) {
    const step = Number(button.dataset.kbZoom)
    button.setAttribute("aria-disabled", step < 0 ? shared.zoom <= 1 : shared.zoom >= 3)
  }
}
const settle = () => {
  again(false)
  const sheet = document.querySelector("[data-kb-sheet]")
  if (sheet && sheet !== shared.sheet) {
    zoomed(sheet)
    // Drawn anew with the same page on it: as far scrolled as before. Else its mark is brought into
    // view, inside of the sheet.
    if (sheet.dataset.kbSheet === shared.shown) {
      [sheet.scrollLeft, sheet.scrollTop] = shared.at
    } else {
      const mark = sheet.querySelector("[data-kb-here]")
      sheet.scrollTop = mark
        ? mark.getBoundingClientRect().top - sheet.getBoundingClientRect().top
          - Math.max(0, (sheet.clientHeight - mark.offsetHeight) / 3)
        : 0
      // On a page it may stand below what was clicked, where that is not seen.
      if (shared.opener && !dialog()) (mark ?? sheet).scrollIntoView({ block: "nearest" })
    }
    shared.shown = sheet.dataset.kbSheet
    shared.at = [sheet.scrollLeft, sheet.scrollTop]
    sheet.onscroll = () => { shared.at = [sheet.scrollLeft, sheet.scrollTop] }
  }
  shared.sheet = sheet
}

// The instance of the page hears all. Of clicks in the dialog, that of the dialog tells the
// script: a rerun of the dialog alone leaves the page behind it as it is.
const tell = (inside, target) => {
  const { page, dialog } = shared
  const by = inside && dialog ? dialog : page
  by.setTriggerValue("open", target)
}
const instances = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  let here = instances.get(parentElement)
  if (here) {
    here.setTriggerValue = setTriggerValue
    return here.end
  }
  const where = data.inside ? "dialog" : "page"
  here = shared[where] = { setTriggerValue, end: () => {} }
  instances.set(parentElement, here)
  const end = () => {
    if (shared[where] === here) shared[where] = null
    instances.delete(parentElement)
  }
  if (data.inside) return here.end = end

  const open = (target) => {
    const inside = !!target.closest('[role="dialog"]')
    const [told, when] = shared.told, now = performance.now()
    if (told === target.dataset.kbOpen && now - when < 400) return
    shared.told = [target.dataset.kbOpen, now]
    if (!inside) shared.opener = target.dataset.kbOpen
    tell(inside, target.dataset.kbOpen)
  }
  let down = "", moved = 0
  const events = {
    // Not by clicks alone: in a growing answer the link is drawn anew between down and up.
    pointerdown: (event) => {
      moved = performance.now()
      down = event.button === 0 && link(event.target)?.dataset.kbOpen
      if (!down) shared.kept = null
    },
    pointerup: (event) => {
      const target = link(event.target)
      const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      if (target && plain && down === target.dataset.kbOpen) open(target)
    },
    click: (event) => {
      const target = link(event.target)
      if (target) {
        event.preventDefault()
        open(target)
      }
      const button = event.target.closest?.("[data-kb-zoom]")
      if (button) {
        event.preventDefault()
        const before = shared.zoom
        shared.zoom = Math.min(3, Math.max(1, before + Number(button.dataset.kbZoom)))
        for (const sheet of document.querySelectorAll("[data-kb-sheet]")) {
          const middle = (at, room) => (at + room / 2) * shared.zoom / before - room / 2
          const left = middle(sheet.scrollLeft, sheet.clientWidth)
          const top = middle(sheet.scrollTop, sheet.clientHeight)
          zoomed(sheet)
          sheet.scrollTo(left, top)
        }
      }
    },
    focusin: (event) => {
      const { kbName, kbOpen } = event.target.dataset ?? {}
      const inside = !!event.target.closest?.('[role="dialog"]')
      if (kbName || kbOpen) {
        const kept = { name: kbName ?? "", open: kbOpen ?? "", style: event.target.className }
        const within = inside ? dialog() : document
        shared.kept = { ...kept, inside, at: alike(within, kept).indexOf(event.target) }
      }
      else if (event.target.matches?.('[role="dialog"]')) return
      // The dialog itself gives the focus to its first button when what had it was drawn anew.
      else if (shared.kept?.inside && inside && performance.now() - moved > 300) {
        setTimeout(again, 0, true)
      } else shared.kept = null
    },
    keydown: (event) => {
      if (event.key === "Tab") moved = performance.now()
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target.closest?.("input, textarea, select, [contenteditable]")) return
      const key = event.key === "=" ? "+" : event.key
      // What has keys of its own, as tabs and lists of choices, keeps them.
      if (event.target.closest?.('[role="tablist"], [role="radiogroup"], [role="listbox"]')) return
      const target = (dialog() ?? document).querySelector(`[data-kb-key="${fits(key)}"]`)
      if (!target) return
      const sheet = event.target.closest?.("[data-kb-sheet]")
      if (sheet && sheet.scrollWidth > sheet.clientWidth && key.startsWith("Arrow")) return
      event.preventDefault()
      target.click()
    },
  }
  for (const [name, heard] of Object.entries(events)) document.addEventListener(name, heard, true)
  const look = () => {
    settle()
    // Closed: back to the link that opened it.
    if (shared.was && !dialog()) {
      setTimeout(() => {
        if (dialog() || !lost() || !shared.opener) return
        document.querySelector(`[data-kb-open="${fits(shared.opener)}"]`)?.focus()
      }, 150)
    }
    shared.was = !!dialog()
  }
  const changes = new MutationObserver(look)
  changes.observe(document.body, { childList: true, subtree: true })
  look()
  return here.end = () => {
    for (const [name, heard] of Object.entries(events)) {
      document.removeEventListener(name, heard, true)
    }
    changes.disconnect()
    end()
  }
}
"""
_HEARD = "links-heard"  # in the session: what was clicked and is not open yet
_LONGEST = 80  # characters of what a link opens


def links(where: Literal["page", "dialog"]) -> str | None:
    """Return what the link opens that was clicked just now, None if none was.

    Once on a page, and once in its dialog.
    """
    key = f"links-{where}"

    # Heard before the script runs: a run may be cut short by the next one before it gets here.
    def hear() -> None:
        opened = getattr(st.session_state.get(key), "open", None)
        if isinstance(opened, str) and len(opened) <= _LONGEST:
            st.session_state[_HEARD] = opened

    mount = st.components.v2.component("zhiku_links", js=_JS)
    mount(data={"inside": where == "dialog"}, key=key, on_open_change=hear, height=1)
    heard: str | None = st.session_state.pop(_HEARD, None)
    return heard
