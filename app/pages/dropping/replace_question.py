"""The question whether files of a known name and other content replace what is there."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.texts import Words
from app.web import Choice, Intake, IntakeQuestion, Shared, label

_DRAWN = 20  # files with a row of their own
_NAMED = 3
_CHOICES: tuple[Choice, ...] = ("replace", "both", "skip")


def ask_what_to_replace(
    intake: Intake, shared: Shared, words: Words, *, attach: bool = False
) -> None:
    """Ask whether files replace what is there, stand beside it, or are left out.

    All are decided by one line; each alone where that is unfolded.
    """
    asked = [one for one in intake.asked if one.batch.attach == attach]
    if not asked:
        st.empty()  # in its place at once, or its buttons would stay until the page is drawn
        return
    with st.container(border=True):
        if len(asked) == 1:
            _ask_one(asked[0], intake, shared, words)
            return
        names = label(", ".join(one.path for one in asked[:_NAMED]))
        if len(asked) > _NAMED:
            names += words("and_more", n=len(asked) - _NAMED)
        line = words("upload_differ_all", n=len(asked), names=names)
        _ask(line, asked, "all", intake, shared, words)
        with st.expander(words("upload_one_by_one")):
            for one in asked[:_DRAWN]:
                _ask_one(one, intake, shared, words)


def _ask_one(one: IntakeQuestion, intake: Intake, shared: Shared, words: Words) -> None:
    line = words("upload_differs", name=label(one.path))
    # By its number, not by its place: a second click must not decide for the next file.
    _ask(line, [one], str(one.number), intake, shared, words)


def _ask(
    line: str,
    files: Sequence[IntakeQuestion],
    key: str,
    intake: Intake,
    shared: Shared,
    words: Words,
) -> None:
    st.markdown(line)
    row: DeltaGenerator = st.container(horizontal=True)
    for choice in _CHOICES:
        row.button(
            words(f"upload_{choice}"),
            key=f"upload-{choice}-{key}",
            help=words(f"upload_{choice}_help"),
            on_click=_decide,
            args=(list(files), choice, intake, shared),
        )


def _decide(
    files: Sequence[IntakeQuestion], choice: Choice, intake: Intake, shared: Shared
) -> None:
    intake.decide(files, choice)
    shared.worker.wake()
