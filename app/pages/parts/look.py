"""Language and theme of one browser: what was chosen, and how it is chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, cast

import streamlit as st

from app.components import keep_look, set_language
from app.texts import STREAMLIT_PATTERNS, STREAMLIT_TEXTS, Words

LANGUAGES = ("auto", "zh", "en")
THEMES = ("system", "light", "dark")
_KEY = "look"
_NAMES = {"zh": "中文", "en": "English"}


@dataclass(frozen=True)
class Look:
    """What one browser shows: `language` "auto", "zh" or "en", `theme` "system", "light" or "dark".

    `number` counts the choices made in this tab.
    """

    language: str = "auto"
    theme: str = "system"
    number: int = 0

    @property
    def tag(self) -> Literal["zh-CN", "en"]:
        """The language of the page: the one chosen, else the browser's, else English."""
        language = self.language if self.language != "auto" else _browsers()
        return "zh-CN" if language.lower().startswith("zh") else "en"


def look() -> Look:
    """Return what was chosen in this tab, else what its browser kept."""
    chosen = st.session_state.get(_KEY)
    if isinstance(chosen, Look):
        return chosen
    kept = st.context.cookies
    language, theme = kept.get("zhiku_language"), kept.get("zhiku_theme")
    return Look(
        language if language in LANGUAGES else "auto", theme if theme in THEMES else "system"
    )


def wear_look(now: Look, paths: list[str]) -> None:
    """Tell the browser the language and the theme; `paths` are those of the pages."""
    with st.container(key="kb-behind"):
        set_language(now.tag, STREAMLIT_TEXTS, STREAMLIT_PATTERNS)
        keep_look(now.language, now.theme, now.number, paths)


def language_switch(words: Words) -> None:
    """Draw the small switch between the two languages."""
    key = "language-switch"
    st.session_state[key] = look().tag[:2]  # another tab, or the settings, may have chosen
    st.segmented_control(
        words("interface_language"),
        list(_NAMES),
        format_func=lambda name: _NAMES[name],
        key=key,
        label_visibility="collapsed",
        on_change=_switched,
        args=(key,),
        required=True,
    )


def choose_look(words: Words) -> None:
    """Let one choose language and theme; both hold for this browser."""
    now = look()
    for name, values in (("language", LANGUAGES), ("theme", THEMES)):
        key = f"look-{name}"
        st.session_state[key] = getattr(now, name)
        st.segmented_control(
            words(f"interface_{name}"),
            values,
            format_func=lambda value: _NAMES.get(value) or words(f"look_{value}"),
            key=key,
            on_change=_chosen,
            args=(name, key),
            required=True,
        )


def _switched(key: str) -> None:
    _choose("language", cast(str, st.session_state[key]))


def _chosen(name: str, key: str) -> None:
    _choose(name, cast(str, st.session_state[key]))


def _choose(name: str, value: str) -> None:
    now = look()
    st.session_state[_KEY] = replace(now, **{name: value}, number=now.number + 1)


def _browsers() -> str:
    """Return the browser's own language: first its header, which the page cannot change."""
    header = str(st.context.headers.get("Accept-Language") or "")
    return header.partition(",")[0].strip() or st.context.locale or "en"
