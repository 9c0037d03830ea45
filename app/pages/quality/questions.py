"""The test questions: listed, added, changed, deleted, brought in and taken out."""

from __future__ import annotations

import streamlit as st

from app.pages.quality.import_dialog import IMPORT
from app.pages.quality.question_form import edit_button, open_form
from app.pages.quality.told import draw_told, tell
from app.pages.quality.where import place_of
from app.quality import question_lines
from app.texts import Words
from app.web import Shared, label
from retrieval.feedback import TestQuestion

_SHOWN = 50  # questions that are listed at first


def draw_questions(shared: Shared, words: Words) -> None:
    """Draw the section."""
    st.caption(words("questions_hint"))
    questions = shared.kb.feedback.questions()
    with st.container():  # always there, so that nothing below moves in the tree
        draw_told(shared, words)
    _buttons(questions, shared, words)
    whole = st.session_state.get("questions-all", False)
    for one in questions if whole else questions[:_SHOWN]:
        _draw(one, shared, words)
    if len(questions) > _SHOWN and not whole:
        st.button(words("show_all", n=len(questions)), on_click=_show_all)
    if not questions:
        st.markdown(f"{words('run_none')} {words('run_how')}")


def _buttons(questions: list[TestQuestion], shared: Shared, words: Words) -> None:
    with st.container(horizontal=True):
        if not shared.kb.read_only:
            st.button(
                words("question_new"),
                icon=":material/add:",
                key="question-new",
                on_click=open_form,
                args=("",),
            )
            if new := shared.kb.feedback.not_kept():
                st.button(
                    words("questions_add_judged", n=len(new)),
                    icon=":material/thumbs_up_down:",
                    key="questions-judged",
                    on_click=_add,
                    args=(new, shared, words),
                )
            st.button(
                words("questions_import"),
                icon=":material/upload:",
                key="questions-import",
                on_click=_import,
            )
        if questions:
            st.download_button(
                words("questions_export"),
                lambda: _lines(questions, shared),
                "queries.jsonl",
                "application/jsonl",
                icon=":material/download:",
                key="questions-export",
                on_click="ignore",
            )


def _draw(one: TestQuestion, shared: Shared, words: Words) -> None:
    places = dict.fromkeys(place_of(source, words) for source in one.sources)
    told = ", ".join(map(label, places)) or words("question_no_source")
    told = told if one.answerable else words("result_none")
    name = label(one.question)
    with st.container(
        border=True,
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key=f"question-row-{one.id}",
    ):
        st.markdown(f"{name}  \n:gray[:small[{told}]]", width="stretch")
        if shared.kb.read_only:
            return
        with st.container(horizontal=True, width="content"):
            edit_button(one, words, "row", small=True)
            text = words("question_delete_of", name=name)
            st.button(
                text,
                icon=":material/delete:",
                help=text,
                type="tertiary",
                key=f"sign-question-delete-{one.id}",
                on_click=_delete,
                args=(one, shared, words),
            )


def _delete(one: TestQuestion, shared: Shared, words: Words) -> None:
    shared.kb.feedback.remove(one.id)
    tell(words("question_deleted", name=label(one.question)), one)


def _add(new: list[TestQuestion], shared: Shared, words: Words) -> None:
    tell(words("questions_added", n=len(shared.kb.feedback.put(*new))))


def _import() -> None:
    st.session_state[IMPORT] = True


def _show_all() -> None:
    st.session_state["questions-all"] = True


def _lines(questions: list[TestQuestion], shared: Shared) -> bytes:
    rows = {row.document: row for row in shared.kb.documents()}
    return "".join(question_lines(questions, rows)).encode()
