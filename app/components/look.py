"""How the app looks in one browser: its language and its theme, kept by the browser itself.

Kept in cookies, which the server sees before it draws the first page of a tab.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

# Streamlit keeps its theme under the path at which a tab was opened, so it is written for all.
# Its `setTheme` is in no interface; where a later release hides it, the page is loaded once more.
_JS = """
const opened = location.pathname
const key = (path) => `stActiveTheme-${path}-v2`
const NAMES = { system: "System", light: "Light", dark: "Dark" }
const LIKE = { system: /system|auto/i, light: /light$/i, dark: /dark$/i }
let told = -1

const keep = (name, value) => {
  document.cookie = `zhiku_${name}=${value}; path=/; max-age=34560000; samesite=strict`
}
const turn = (theme) => {
  const start = document.querySelector('[data-testid="stApp"]')
  const field = start && Object.keys(start).find((name) => name.startsWith("__reactFiber$"))
  for (let at = field && start[field]; at; at = at.return) {
    const { setTheme, availableThemes } = at.memoizedProps?.theme ?? at.memoizedProps ?? {}
    const found = availableThemes?.find?.((one) => LIKE[theme].test(one.name))
    if (found && typeof setTheme === "function") return setTheme(found), true
  }
  return false
}
const wear = (theme, paths) => {
  const wanted = JSON.stringify(NAMES[theme])
  const before = localStorage.getItem(key(opened)) ?? JSON.stringify("System")
  for (const path of new Set([opened, ...paths])) localStorage.setItem(key(path), wanted)
  if (before !== wanted && !turn(theme)) location.reload()
}
// Streamlit says whether it is dark below its own root alone, and dialogs are beside that.
const say = () => {
  const app = document.querySelector('[data-testid="stApp"]')
  if (app) document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme
}
const soon = () => { say(); setTimeout(say, 300) }
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", soon)
export default function ({ data }) {
  soon()
  if (data.number > told && data.number > 0) {
    keep("language", data.language)
    keep("theme", data.theme)
  }
  told = data.number
  const base = location.pathname.slice(0, location.pathname.lastIndexOf("/") + 1)
  if (data.theme in NAMES) wear(data.theme, data.paths.map((path) => base + path))
}
"""


def keep_look(language: str, theme: str, number: int, paths: Sequence[str]) -> None:
    """Give the page a theme, and keep it and the language where they were chosen.

    `language` is "zh", "en" or "auto", `theme` "light", "dark" or "system". `number` is that of
    the choice, 0 while there is none: what is old is not kept again. `paths` are the pages'.
    """
    mount = st.components.v2.component("zhiku_look", js=_JS)
    mount(
        data={"language": language, "theme": theme, "number": number, "paths": list(paths)},
        key="look",
        height=1,
    )
