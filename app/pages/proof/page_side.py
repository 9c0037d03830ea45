"""The page that a passage stands on: as a picture with the quote marked, or as laid-out text."""

from __future__ import annotations

import streamlit as st

from app.library import Standing
from app.pages.parts.places import unit_key
from app.pages.proof.page_bar import bar_html
from app.pages.proof.page_text import part_html
from app.pages.proof.refs import Ref, Target
from app.pages.proof.sheets import picture_html, sheet_html, waiting_html
from app.pages.proof.sources import Source, sources_of
from app.results import DocumentRow
from app.texts import Words
from app.web import AnswerProgress, Pictured, Shared, Wanted
from retrieval.library import shown

_SOON = 0.25  # seconds that a picture is waited for before a placeholder stands in its place
_LOOK = 0.4  # seconds between two looks whether a picture is there
_WAITED = "page-waited"  # in the session: a picture is there now
_TOLD = ("encrypted", "failed", "lost", "no-office")  # of the reasons why there is no picture
_PREPARED = "proof-prepared"  # the exchange whose first source was drawn beforehand


def draw_page(
    shared: Shared,
    words: Words,
    ref: Target,
    source: Source,
    standing: Standing,
) -> Pictured | None:
    """Draw the page of a source, with the way to its other pages; return what was drawn.

    None while its picture is in the making, after which all is drawn again, and for a document
    that is gone.
    """
    row = standing.row
    if row is None:
        return None
    bar, sheet = st.empty(), st.empty()
    note = st.empty()
    first, pages = _number(ref, source, row), row.pages or 0
    if first is not None:
        bar.html(bar_html(ref, first, pages, row.unit, (), words))
    if first is not None or (standing.part and standing.part.size):
        sheet.html(waiting_html(standing.part, words))
    wanted = _wanted(ref, source, row)
    made = shared.picturing.look(wanted, _SOON)
    if made is None:
        _wait(shared, wanted)
        return None
    name = shown(row.path)
    if made.picture:
        # An Office file has its pages only as they are drawn.
        first, pages = made.page, made.picture.pages
    if first is not None and (made.picture is None or pages > 1):
        bar.html(bar_html(ref, first, pages, row.unit, made.marked, words))
    if made.picture:
        number = words(unit_key(row.unit), n=made.page)
        sheet.html(picture_html(made, f"{number} · {name}", str(ref.at(first)), words))
        return made
    if made.why in _TOLD:
        note.caption(words(f"no_picture_{made.why.replace('-', '_')}"))
    same = ref.page is None or first == source.page or not pages
    part = standing.part if same else shared.kb.evidence.part(row.document, first)
    if part is None:
        sheet.caption(words("no_page_text"))
        return made
    span = (standing.start, standing.end) if same else (None, None)
    inner = part_html(row.path, part, *span, source.quote)
    sheet.html(sheet_html(inner, name, str(ref.at(first)), "kb-laid-out"))
    return made


def prepare_page(shared: Shared, progress: AnswerProgress, exchange: str) -> None:
    """Have the page of an answer's first source drawn, so that it is there when one opens it."""
    sources = sources_of(progress, "cited")
    if not sources or st.session_state.get(_PREPARED) == exchange:
        return
    st.session_state[_PREPARED] = exchange
    source = sources[min(sources)]
    standing = shared.kb.evidence.standing(
        source.document, source.chunk_id, source.page, source.quote
    )
    if standing.row is not None:
        shared.picturing.look(_wanted(Ref("cited", 0, min(sources)), source, standing.row), 0.0)


def is_made_meanwhile() -> bool:
    """Tell once whether this run only draws the picture of a page that was waited for."""
    return bool(st.session_state.pop(_WAITED, False))


def _wait(shared: Shared, wanted: Wanted) -> None:
    # A fragment of its own: what it asks for takes no place of a click's, as the dialog's did.
    @st.fragment(run_every=_LOOK)
    def wait() -> None:
        if shared.picturing.is_made(wanted):
            st.session_state[_WAITED] = True
            st.rerun()

    wait()


def _number(ref: Target, source: Source, row: DocumentRow) -> int | None:
    if ref.page is not None and row.pages and not 1 <= ref.page <= row.pages:
        return source.page
    return ref.page or source.page


def _wanted(ref: Target, source: Source, row: DocumentRow) -> Wanted:
    return Wanted(
        row.document,
        row.sha256 or "",
        source.chunk_id,
        source.quote or source.text,
        ref.page and _number(ref, source, row),
        source.page,
    )
