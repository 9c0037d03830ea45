"""What Streamlit itself says, in the language of the page.

Its own strings cannot be set, so they are replaced where they appear: whole strings alone, and
never in what the app or a document says.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

_JS = """
const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "aria-roledescription"]
// What others wrote: the app's words, documents, names in lists, what somebody types.
const OTHERS = '[data-testid="stMarkdownContainer"], [data-testid="stHtml"], [role="option"],' +
  " script, style, textarea"
// But Streamlit's own buttons have their labels in such a container, too.
const OWN = '[data-testid="stFileUploaderDropzone"], [role="dialog"] > button'
const kept = new WeakMap()  // node: {of it or its attributes: [Streamlit's, ours]}
let words = new Map(), patterns = [], language = "", observer = null
const browsers = { language: navigator.language, languages: navigator.languages }

const said = (text) => {
  const bare = text.trim()
  if (!bare) return text
  const whole = words.get(bare)
  if (whole !== undefined) return text.replace(bare, () => whole)
  for (const [pattern, ours] of patterns) {
    if (pattern.test(bare)) return text.replace(bare, () => bare.replace(pattern, ours))
  }
  return text
}
const put = (node, part, text, write) => {
  if (!text || text.length > 200) return
  const of = kept.get(node) ?? {}
  const from = of[part]?.[1] === text ? of[part][0] : text
  const to = said(from)
  if (to === text) return
  kept.set(node, { ...of, [part]: [from, to] })
  write(to)
}
const look = (node) => {
  if (node.nodeType === Node.TEXT_NODE) {
    const at = node.parentElement
    if (!at || (at.closest(OTHERS) && !at.closest(OWN))) return
    put(node, "", node.data, (to) => { node.data = to })
    return
  }
  if (node.nodeType !== Node.ELEMENT_NODE) return
  for (const name of ATTRIBUTES) {
    const value = node.getAttribute(name)
    if (value) put(node, name, value, (to) => node.setAttribute(name, to))
  }
}
const below = (node) => {
  look(node)
  if (node.nodeType !== Node.ELEMENT_NODE) return
  const walk = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) look(walk.currentNode)
}
const changed = (records) => {
  for (const record of records) {
    if (record.type === "childList") record.addedNodes.forEach(below)
    else look(record.target)
  }
}
// Calendars and numbers of Streamlit follow the browser's language.
const speak = (tag) => {
  const own = tag === "" ? browsers : { language: tag, languages: [tag] }
  for (const name of ["language", "languages"]) {
    Object.defineProperty(navigator, name, { configurable: true, get: () => own[name] })
  }
  window.dispatchEvent(new Event("languagechange"))
}
export default function ({ data }) {
  if (data.language === language) return
  language = data.language
  document.documentElement.lang = data.tag
  words = new Map(Object.entries(data.words))
  patterns = data.patterns.map(([pattern, ours]) => [new RegExp(`^${pattern}$`), ours])
  speak(data.tag)
  below(document.body)
  if (observer) return
  observer = new MutationObserver(changed)
  observer.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ATTRIBUTES,
  })
}
"""


def set_language(
    tag: str, texts: Mapping[str, tuple[str, str]], patterns: Mapping[str, tuple[str, str]]
) -> None:
    """Tell the browser the page's language, and put Streamlit's own strings into it.

    `tag` is "zh-CN" or "en". `texts` have by Streamlit's string ours in Chinese and English;
    `patterns` are regular expressions for whole strings, with $1 in ours.
    """
    at = 0 if tag.startswith("zh") else 1
    mount = st.components.v2.component("zhiku_strings", js=_JS)
    mount(
        data={
            "tag": tag,
            "language": tag,
            "words": {said: ours[at] for said, ours in texts.items()},
            "patterns": [[said, ours[at]] for said, ours in patterns.items()],
        },
        key="strings",
        height=1,
    )
