"""The dialog in which a test question is written or changed, and the button that opens it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from app.errors import EXPECTED, one_line
from app.pages.parts.dialogs import dialog
from app.pages.quality.form_fields import question_fields
from app.texts import Words
from app.web import Shared, label
from retrieval.feedback import TestQuestion

EDITED = (
    "question-edited"  # in the session: the id of the question that is edited, "" for a new one
)


def open_form(question: str) -> None:
    """Open the dialog for the question of an id, "" for a new one."""
    st.session_state[EDITED] = question


def edit_button(one: TestQuestion, words: Words, key: str, *, small: bool = False) -> bool:
    """Draw the button that opens the dialog, and tell whether it was clicked just now.

    A `small` one shows a sign alone.
    """
    text = words("question_edit_of", name=label(one.question))
    return st.button(
        text if small else words("edit_question"),
        icon=":material/edit:",
        help=text,
        type="tertiary",
        key=f"{'sign-' if small else ''}question-edit-{key}-{one.id}",
        on_click=open_form,
        args=(one.id,),
    )


def is_open() -> bool:
    """Tell whether the dialog is open."""
    return st.session_state.get(EDITED) is not None


def edit_question(one: TestQuestion | None, shared: Shared, words: Words) -> None:
    """Open the dialog that makes a test question, or changes one."""
    given = one or TestQuestion("")
    title = "edit_question" if one else "question_new"

    @dialog(words, title, width="medium", on_dismiss=_close)
    def draw() -> None:
        with st.form(f"question-form-{given.id}", border=False, enter_to_submit=False):
            typed = question_fields(given, shared, words)
            problem = st.container()
            saved = st.form_submit_button(words("save"), type="primary")
        if saved:
            wrong = words("question_empty") if not typed.question.strip() else ""
            if wrong := wrong or _save(replace(typed, id=given.id), shared, words):
                problem.error(wrong, icon=":material/error:")
            else:
                _close()
                st.rerun()

    draw()


def _save(typed: TestQuestion, shared: Shared, words: Words) -> str:
    try:
        shared.kb.feedback.put(typed)
    except EXPECTED as error:
        return label(words.problem(one_line(error)))
    return ""


def _close() -> None:
    st.session_state.pop(EDITED, None)
