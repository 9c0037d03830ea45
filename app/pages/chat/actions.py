"""What one can do with an answer: copy it, ask again, edit the question, judge it, wish another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from app.components import answer_row
from app.pages.chat.rating import Rating, draw_reasons, judge
from app.pages.parts.places import place
from app.texts import Words
from app.web import Answering, AnswerProgress, copied_html, copied_text
from ingest.text import language
from llm.answer import Answer

_EDITED = "editing"  # in the session: the id of the exchange whose question is being edited


@dataclass(frozen=True)
class Acts:
    """What the page lets one do with an exchange: `again` asks its question as it is now worded.

    `more` asks something else behind it. Both are None while another answer is being written.
    """

    again: Callable[[Answering, str], None] | None = None
    more: Callable[[Answering, str], None] | None = None
    rating: Rating | None = None


def draw_actions(
    exchange: Answering, now: AnswerProgress, acts: Acts, words: Words, *, is_last: bool
) -> None:
    """Draw the row of buttons under an answer that is done, and the wishes under the last one."""
    result = now.result
    items: list[tuple[str, str, bool | None]] = []
    text = shown = ""
    if result is not None:
        items.append(("copy", words("copy_answer"), None))
        title, sources = words("sources_copied"), _sources(result, words)
        text = copied_text(result.answer, title, sources)
        shown = copied_html(result.answer, title, sources)
    if acts.again is not None:
        items += [("again", words("ask_again"), None), ("edit", words("edit_question"), None)]
    if acts.rating is not None and result is not None:
        verdict = acts.rating.verdict(exchange)
        items += [(name, words(name), verdict == name) for name in ("good", "bad")]
    answer_row(
        f"answer-row-{exchange.id}",
        items,
        text=text,
        html=shown,
        note=words("seconds", n=round(now.seconds)) if now.seconds >= 1 else "",
        done=words("copied"),
        on_act=partial(_act, exchange, acts),
    )
    if acts.rating is not None and result is not None:
        draw_reasons(exchange, acts.rating, words)
    if is_last and result is not None and not result.refused and acts.more is not None:
        _draw_wishes(exchange, result, acts.more, words)


def edits(exchange: Answering) -> bool:
    """Tell whether the question of an exchange is being edited."""
    return bool(st.session_state.get(_EDITED) == exchange.id)


def edit_keys() -> tuple[str, str, str] | None:
    """Return the keys of the field in which a question is edited, and of its two buttons."""
    edited = st.session_state.get(_EDITED)
    return (f"edit-{edited}", f"edit-ask-{edited}", f"edit-cancel-{edited}") if edited else None


def stop_editing() -> None:
    """Leave the question that is being edited as it is."""
    st.session_state.pop(_EDITED, None)


def draw_editor(exchange: Answering, acts: Acts, words: Words, most: int, *, is_last: bool) -> None:
    """Draw the question of an exchange as a field, to be asked as it is worded then."""
    key = f"edit-{exchange.id}"
    # Without `max_chars`, which cuts a longer text off without a word.
    typed = st.text_area(
        words("edit_question"), exchange.question, key=key, label_visibility="collapsed"
    )
    if len(typed.strip()) > most:
        problem = words("question_long", length=len(typed.strip()), most=most)
        st.error(problem, icon=":material/error:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            words("ask_edited"),
            type="primary",
            key=f"edit-ask-{exchange.id}",
            on_click=partial(_ask_edited, exchange, acts, key, most),
        )
        st.button(words("cancel"), key=f"edit-cancel-{exchange.id}", on_click=stop_editing)
        st.caption(words("edit_replaces" if is_last else "edit_adds"))


def _ask_edited(exchange: Answering, acts: Acts, key: str, most: int) -> None:
    question = str(st.session_state.get(key) or "").strip()
    if 0 < len(question) <= most and acts.again is not None:
        stop_editing()
        acts.again(exchange, question)


def _act(exchange: Answering, acts: Acts, name: str) -> None:
    if name == "again" and acts.again is not None:
        stop_editing()
        acts.again(exchange, exchange.question)
    elif name == "edit":
        st.session_state[_EDITED] = exchange.id
    elif name in ("good", "bad") and acts.rating is not None:
        judge(exchange, acts.rating, name)


def _draw_wishes(
    exchange: Answering, result: Answer, more: Callable[[Answering, str], None], words: Words
) -> None:
    # Asked in the language of the answer, so that it stays in it; shown in that of the browser.
    lang = language(result.answer)
    asked = Words(lang)
    wishes = ["shorter", "longer", "table", "en" if lang == "zh" else "zh"]
    with st.container(horizontal=True, gap="xsmall", key=f"wishes-{exchange.id}"):
        for wish in wishes:
            st.button(
                words(f"wish_{wish}"),
                key=f"wish-{wish}-{exchange.id}",
                on_click=partial(more, exchange, asked(f"wish_{wish}")),
            )


def _sources(result: Answer, words: Words) -> list[str]:
    return [
        f"[{c.n}] " + place(c.path, c.page, c.heading, words, unit=c.unit, confidence=c.confidence)
        for c in result.citations
    ]
