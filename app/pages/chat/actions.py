"""What one can do with an answer: copy it, ask again, edit the question, judge it, wish another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from app.components import answer_row
from app.pages.chat.editor import Acts, edit, stop_editing
from app.pages.chat.rating import draw_reasons, judge, keep
from app.pages.parts.places import place
from app.texts import Words
from app.web import AnswerProgress, Exchange, copied_html, copied_text
from ingest.text import language
from llm.answer import Answer
from llm.question import wish


def draw_actions(
    exchange: Exchange, now: AnswerProgress, acts: Acts, words: Words, *, is_last: bool
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
    rating = acts.rating if exchange.exchange is not None else None  # what is not kept has none
    if rating is not None and result is not None:
        verdict = rating.verdict(exchange)
        items += [(name, words(name), verdict == name) for name in ("good", "bad")]
        if wish(exchange.question) is None:  # the same question as the answer's before
            kept = rating.is_kept(exchange)
            items.append(("keep", words("test_kept" if kept else "test_keep"), kept))
    answer_row(
        f"answer-row-{exchange.id}",
        items,
        text=text,
        html=shown,
        note=words("seconds", n=round(now.seconds)) if now.seconds >= 1 else "",
        done=words("copied"),
        on_act=partial(_act, exchange, acts),
    )
    if rating is not None and result is not None:
        draw_reasons(exchange, rating, words)
    if is_last and result is not None and not result.refused and acts.more is not None:
        _draw_wishes(exchange, result, acts.more, words)


def _act(exchange: Exchange, acts: Acts, name: str) -> None:
    if name == "again" and acts.again is not None:
        stop_editing()
        acts.again(exchange, exchange.question)
    elif name == "edit":
        edit(exchange)
    elif name in ("good", "bad") and acts.rating is not None:
        judge(exchange, acts.rating, name)
    elif name == "keep" and acts.rating is not None:
        keep(exchange, acts.rating)


def _draw_wishes(
    exchange: Exchange, result: Answer, more: Callable[[Exchange, str], None], words: Words
) -> None:
    # Asked in the language of the answer, so that it stays in it; shown in that of the browser.
    lang = language(result.answer)
    asked = Words(lang)
    wishes = ["shorter", "longer", "table", "en" if lang == "zh" else "zh"]
    with st.container(horizontal=True, gap="xsmall", key=f"wishes-{exchange.id}"):
        for wish in wishes:
            st.button(
                f":small[{words('wish')}]{words(f'wish_{wish}')}",  # the style hides what is small
                key=f"wish-{wish}-{exchange.id}",
                on_click=partial(more, exchange, asked(f"wish_{wish}")),
            )


def _sources(result: Answer, words: Words) -> list[str]:
    return [
        f"[{c.n}] " + place(c.path, c.page, c.heading, words, unit=c.unit, confidence=c.confidence)
        for c in result.citations
    ]
