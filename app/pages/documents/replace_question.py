"""The question whether a file of a known name and other content replaces what is there."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.texts import Words
from app.web import Choice, Intake, IntakeQuestion, Shared, label

_WIDTHS = (7, 2, 2.4, 2)  # the name, and three buttons
_DRAWN = 8  # files with a row of their own
_CHOICES: tuple[Choice, ...] = ("replace", "both", "skip")


def ask_what_to_replace(intake: Intake, shared: Shared, words: Words) -> None:
    """Ask for each file whether it replaces what is there, stands beside it, or is left out."""
    if not intake.asked:
        st.empty()  # in its place at once, or its buttons would stay until the page is drawn
        return
    with st.container(border=True):
        for one in intake.asked[:_DRAWN]:
            line = words("upload_differs", name=label(one.path))
            # By its number, not by its place: a second click must not decide for the next file.
            _ask(line, [one], str(one.number), intake, shared, words)
        if (n := len(intake.asked)) > 1:
            _ask(words("upload_differ_all", n=n), intake.asked, "all", intake, shared, words)


def _ask(
    line: str,
    files: Sequence[IntakeQuestion],
    key: str,
    intake: Intake,
    shared: Shared,
    words: Words,
) -> None:
    text, *places = st.columns(_WIDTHS, vertical_alignment="center")
    text.markdown(line)
    for place, choice in zip(places, _CHOICES, strict=True):
        place.button(
            words(f"upload_{choice}"),
            key=f"upload-{choice}-{key}",
            width="stretch",
            on_click=_decide,
            args=(list(files), choice, intake, shared),
        )


def _decide(
    files: Sequence[IntakeQuestion], choice: Choice, intake: Intake, shared: Shared
) -> None:
    intake.decide(shared.kb, files, choice)
    shared.worker.wake()
