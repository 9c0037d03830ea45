"""An answer on the page: while it is written, and with its sources when it is done."""

from __future__ import annotations

import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_status_container import StatusContainer

from app.pages.chat.ahead import ahead
from app.pages.chat.sources import draw_closest, draw_sources
from app.pages.proof import found_html, is_proof_open, number_links
from app.texts import Words
from app.web import AnswerProgress, Exchange, answer_html, label

_FRAME = 0.1  # seconds between two pictures of a growing answer
_FRAME_BEHIND = 0.5  # of one that is behind a source


def follow(answering: Exchange, words: Words, exchange: int) -> None:
    """Draw an answer as it grows, with what is done and for how long; ends with a rerun.

    Behind an open source it goes on beside the page's script, and without a rerun: the source is
    not drawn again, and what is clicked in it is heard at once. `exchange` is its number in the
    links to its sources, as it is for `draw_answer`.
    """
    if is_proof_open():
        _follow_behind(answering, words, exchange)
        return
    head, body = st.empty(), st.empty()
    drawn, seconds, box = ("", 0), 0, None
    while not (now := answering.look()).done:
        told = (_doing(now, words), len(now.passages))
        if box is None or told != drawn:
            drawn, box = told, _status(head, now, words, exchange)
        elif int(now.seconds) != seconds:  # what is unfolded stays so
            box.update(label=_timed(told[0], int(now.seconds), words))
        seconds = int(now.seconds)
        # Drawn even when nothing is new: only then does Streamlit notice a click or a closed tab.
        body.html(answer_html(now.text, number_links(now, exchange, words)))
        time.sleep(_FRAME)
    st.rerun()


def _follow_behind(answering: Exchange, words: Words, exchange: int) -> None:
    @st.fragment(run_every=_FRAME_BEHIND)
    def growing() -> None:
        now = answering.look()
        head, body = st.empty(), st.container()
        if not now.done:
            _status(head, now, words, exchange)
        with body:
            if now.done:
                draw_answer(now, words, exchange)
            else:
                st.html(answer_html(now.text, number_links(now, exchange, words)))

    growing()


def _status(
    head: DeltaGenerator, now: AnswerProgress, words: Words, exchange: int
) -> StatusContainer:
    of_passages = now.phase == "reading" and now.step is None
    # Not `with`, which would end it with a tick; open while there is nothing else to read.
    box = head.status(_timed(_doing(now, words), int(now.seconds), words), expanded=of_passages)
    # A summary reads all passages of a document, which would fill the page.
    if now.step is None and now.passages:
        box.html(found_html(now, exchange, words))
    return box


def draw_answer(progress: AnswerProgress, words: Words, exchange: int) -> None:
    """Draw what came of a question."""
    result = progress.result
    if progress.error is not None:
        st.error(label(words.problem(progress.error)))
    elif result is None:
        st.caption(words("interrupted" if progress.interrupted else "stopped"))
    elif result.refused:
        st.info(label(result.answer), icon=":material/search_off:")
        if result.unknown:
            st.caption(words("unknown", names=" · ".join(map(label, result.unknown))))
        st.caption(words("refused_hint"))
        draw_closest(progress, exchange, words)
    else:
        st.html(answer_html(result.answer, number_links(progress, exchange, words)))
        if progress.stopped:
            st.caption(words("stopped"))
        elif result.outcome == "unsure":
            st.warning(words("not_sure"), icon=":material/help:")
            if result.unknown:
                st.caption(words("unknown", names=" · ".join(map(label, result.unknown))))
        draw_sources(progress, exchange, words)
        if result.outcome == "unsure":
            draw_closest(progress, exchange, words)
    if result is not None and result.untranslated:
        st.caption(words(f"not_in_{result.untranslated}"))
    if result is not None and (other := [w for w in result.searched if w != result.question]):
        with st.expander(words("how_found")):
            st.caption(words("searched", wordings=" · ".join(map(label, other))))
            st.caption(words("passages_read", n=len(progress.passages)))


def _timed(doing: str, seconds: int, words: Words) -> str:
    return f"{doing} · {words('seconds', n=seconds)}" if seconds else doing


def _doing(now: AnswerProgress, words: Words) -> str:
    if now.step is not None:
        if now.phase == "writing":
            return words("summarising")
        key = "joining_part" if now.step.joining else "reading_part"
        return words(key, part=now.step.part, total=now.step.total)
    if now.phase in ("reading", "writing"):
        return words({"reading": "reading_passages"}.get(now.phase, "writing"), n=len(now.passages))
    if now.phase == "waiting" and now.ahead:
        return ahead(now.ahead, now.wait_seconds, words)
    return words(now.phase)
