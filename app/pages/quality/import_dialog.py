"""The dialog in which test questions are brought in from a file."""

from __future__ import annotations

import streamlit as st

from app.errors import EXPECTED, one_line
from app.pages.parts.dialogs import dialog
from app.pages.quality.told import tell
from app.quality import import_questions
from app.texts import Words
from app.web import Shared, label

IMPORT = "questions-import-open"  # in the session: whether the dialog is open


def import_dialog(shared: Shared, words: Words) -> None:
    """Open the dialog."""

    @dialog(words, "questions_import_title", on_dismiss=_close)
    def draw() -> None:
        hint = words("questions_import_hint")
        file = st.file_uploader(hint, type=["jsonl"], key="questions-file")
        if file is None:
            return
        there = {row.path: row.document for row in shared.kb.documents()}
        try:
            found = import_questions(file.name, file.getvalue(), there)
            added = len(shared.kb.feedback.put(*found))
        except EXPECTED as error:
            problem = label(words.problem(one_line(error)))
            st.error(words("questions_import_bad", problem=problem), icon=":material/error:")
        else:
            tell(words("questions_added", n=added))
            _close()
            st.rerun()

    draw()


def _close() -> None:
    st.session_state.pop(IMPORT, None)
