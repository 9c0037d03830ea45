"""One test question of a run: what was expected, what was answered, what was found."""

from __future__ import annotations

import html

import streamlit as st

from app.pages.proof import found_html, near_html, number_links, sources_html
from app.pages.quality.question_form import edit_button
from app.pages.quality.where import place_of
from app.quality import Measures, Result, State
from app.texts import Words
from app.web import Shared, answer_html, label
from retrieval.feedback import TestQuestion

_ICONS: dict[State, str] = {
    "failed": "error",
    "wrong": "cancel",
    "unfounded": "cancel",
    "refused": "search_off",
    "unsure": "help",
    "elsewhere": "find_in_page",
    "right": "check_circle",
}


@st.fragment  # so that no other line fades when one is opened
def draw_result(
    result: Result, question: TestQuestion | None, moved: str, shared: Shared, words: Words
) -> None:
    """Draw a line for a question, which opens; `moved` says whether it is better or worse now."""
    state = result.measures.state
    told = " · ".join(filter(None, (words(f"state_{state}"), moved)))
    box = st.expander(
        f"**{told}** · {label(result.exchange.question)}",
        icon=f":material/{_ICONS[state]}:",
        key=f"quality-result-{result.exchange.exchange}",
        on_change="rerun",  # what is closed is not drawn: there are many
    )
    if not box.open:
        return
    with box:
        if question is not None:
            _expected(question, result.measures, shared, words)
        _answer(result, words)
        if question is not None and not shared.kb.read_only:
            key = f"result-{result.exchange.exchange}"
            if edit_button(question, words, key):
                st.rerun()  # the dialog is one of the page


def _expected(question: TestQuestion, measures: Measures, shared: Shared, words: Words) -> None:
    parts = []
    if not question.answerable:
        parts.append(words("result_none"))
    if question.expected:
        parts.append(words("result_expected", what=label(question.expected)))
    if question.must:
        said = "; ".join(" | ".join(one) for one in question.must)
        parts.append(words("result_must", what=label(said)))
    if question.answerable and question.sources:
        rank = ""
        if measures.known:
            unfound = measures.rank is None
            rank = words("result_unfound") if unfound else words("result_rank", n=measures.rank)
        places = dict.fromkeys(place_of(s, words) for s in question.sources)
        where = words("result_where", what=", ".join(map(label, places)))
        parts.append(" · ".join(filter(None, (where, rank))))
    for name, texts in (("missing", measures.missing), ("forbidden", measures.forbidden)):
        if texts:
            parts.append(f"**{words(f'result_{name}', what=label('; '.join(texts)))}**")
    for part in parts:
        st.markdown(part)


def _answer(result: Result, words: Words) -> None:
    progress, number = result.exchange.look(), result.exchange.exchange
    _label(words("result_answer"))
    if progress.result is None:
        st.markdown(label(words.problem(progress.error or "")))
        return
    st.html(answer_html(progress.result.answer, number_links(progress, number, words)))
    if sources := sources_html(progress, number, words):
        st.html(sources)
    elif near := near_html(progress, number, words):
        st.caption(words("closest"))
        st.html(near)
    _label(words("result_found"))
    if found := found_html(progress, number, words):
        st.html(found)
    else:
        st.caption(words("result_no_passages"))


def _label(text: str) -> None:
    st.html(f'<p class="kb-label">{html.escape(text)}</p>')
