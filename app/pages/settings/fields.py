"""One setting: what it is, its value, and the way back to its default."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app.errors import EXPECTED, one_line
from app.texts import Words
from app.web import Shared, label

_PROBLEM = "settings-problem"


def draw_field(name: str, shared: Shared, words: Words) -> None:
    """Draw a setting that is a number or a switch, with a sentence that says what it does."""
    setup = shared.kb.setup
    value, default, fixed = (
        getattr(shared.kb.settings, name),
        setup.default(name),
        setup.fixed(name),
    )
    locked = fixed is not None or shared.kb.read_only
    with st.container(border=True, key=f"setting-{name}"):
        _widget(name, value, locked, shared, words)
        st.caption(words(f"set_{name}_help"))
        if fixed:
            st.caption(words("fixed", name=label(fixed)))
        elif value != default and not locked:
            _reset(name, default, shared, words)
        tell_problem(name, words)


def change(shared: Shared, words: Words, place: str, **changes: object) -> None:
    """Change settings, from a callback; what is wrong is told at `place` by `tell_problem`."""
    try:
        shared.settings.make(changes)
    except EXPECTED as error:
        st.session_state[_PROBLEM] = (place, one_line(error))
    else:
        st.toast(words("saved"), icon=":material/check:")


def tell_problem(place: str, words: Words) -> None:
    """Say what was wrong with the last change, if it was made here."""
    where, problem = st.session_state.get(_PROBLEM, ("", ""))
    if where == place:
        st.error(label(words.problem(problem)), icon=":material/error:")
        del st.session_state[_PROBLEM]


def _widget(name: str, value: object, locked: bool, shared: Shared, words: Words) -> None:
    key, title = f"set-{name}", words(f"set_{name}")
    st.session_state[key] = value  # another tab may have changed it
    chosen = partial(_chosen, name, key, shared, words)
    if isinstance(value, bool):
        st.toggle(title, key=key, disabled=locked, on_change=chosen)
        return
    least, most = shared.kb.setup.bounds(name)
    if isinstance(value, float):
        st.slider(title, least, most, step=0.05, key=key, disabled=locked, on_change=chosen)
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.caption(f"← {words(f'{name}_low')}", width="content")
            st.caption(f"{words(f'{name}_high')} →", width="content")
        return
    st.number_input(title, int(least), int(most), key=key, disabled=locked, on_change=chosen)


def _reset(name: str, default: object, shared: Shared, words: Words) -> None:
    st.button(
        words("reset", value=_said(default, words)),
        key=f"reset-{name}",
        icon=":material/undo:",
        type="tertiary",
        help=words("reset_of", what=words(f"set_{name}"), value=_said(default, words)),
        on_click=change,
        args=(shared, words, name),
        kwargs={name: None},
    )


def _chosen(name: str, key: str, shared: Shared, words: Words) -> None:
    value = st.session_state[key]
    if value is not None and value != getattr(shared.kb.settings, name):
        change(
            shared, words, name, **{name: round(value, 2) if isinstance(value, float) else value}
        )


def _said(value: object, words: Words) -> str:
    if isinstance(value, bool):
        return words("yes" if value else "no")
    return str(value)
