"""The exchanges of a chat on the page, each with what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from app.pages.chat.actions import draw_actions
from app.pages.chat.answers import draw_answer, follow
from app.pages.chat.asking import ask_again, ask_behind
from app.pages.chat.assistants import assistant_told
from app.pages.chat.earlier import asked_key
from app.pages.chat.editor import Acts, draw_editor, edits
from app.pages.chat.filter_words import told
from app.pages.chat.kept_rating import KeptRating
from app.pages.chat.strictness import strictness_told
from app.pages.proof import prepare_page
from app.texts import Words
from app.web import AnswerProgress, Exchange, Shared, text_html
from retrieval.ledger import EVERYTHING


def draw_exchanges(
    exchanges: Sequence[Exchange],
    looks: Sequence[AnswerProgress],
    paths: Mapping[str, str],
    shared: Shared,
    words: Words,
    most: int,
    rating: KeptRating | None,
) -> None:
    """Draw what was asked and answered; follows an answer that is being written.

    `looks` tell how far each is, `paths` are those of documents by id, `most` the longest question.
    """
    running = any(not look.done for look in looks)
    acts = Acts(rating=rating)
    if not running:
        acts = Acts(
            again=lambda exchange, asked: ask_again(shared, exchanges, exchange, asked),
            more=lambda exchange, asked: ask_behind(shared, exchange, asked),
            rating=rating,
        )
    for number, (exchange, look) in enumerate(zip(exchanges, looks, strict=True)):
        is_last = exchange is exchanges[-1]
        of = told(exchange.within, paths, words)
        place = st.container(key=asked_key(exchange.id))
        with place, st.chat_message("user", avatar=":material/person:"):
            if edits(exchange) and not running:
                draw_editor(exchange, acts, words, most, is_last=is_last)
            else:
                st.html(text_html(exchange.question))
            who, how = (
                assistant_told(exchange, shared, words),
                strictness_told(exchange, shared, words),
            )
            if parts := [part for part in (who, of, how) if part]:
                st.caption(" · ".join(parts))
        with st.chat_message("assistant", avatar=":material/menu_book:"):
            if not look.done:
                follow(exchange, words, number)
                continue
            draw_answer(look, words, number)
            if look.result and look.result.refused and exchange.within != EVERYTHING:
                st.caption(words("refused_within", where=of))
            if exchange.exchange is None:
                st.caption(words("chat_not_kept"))
            draw_actions(exchange, look, acts, words, is_last=is_last)
    if looks:
        prepare_page(shared, looks[-1], exchanges[-1].id)
