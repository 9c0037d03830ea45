"""What is said of a source: its document, how it was read, the passage with the quote marked."""

from __future__ import annotations

import html
from pathlib import PurePosixPath

import streamlit as st
from streamlit.navigation.page import Page

from app.control_characters import line
from app.library import Standing
from app.pages.parts.places import recognised, unit_key
from app.pages.proof.offer import offer_document
from app.pages.proof.refs import Ref
from app.pages.proof.sources import Source
from app.results import DocumentRow
from app.texts import Words
from app.web import Link, Shared, link_html, passage_html
from ingest.text import local_day
from retrieval.library import shown


def draw_text(
    shared: Shared,
    words: Words,
    ref: Ref,
    sources: dict[int, Source],
    standing: Standing,
    document: Page | None,
) -> None:
    """Draw what is said of a source, and what can be done with its document."""
    source = sources[ref.number]
    st.html(_head(source, standing.row, words))
    if standing.state != "current":
        st.warning(words(f"source_{standing.state}"), icon=":material/history:")
    if source.text:  # it goes from what is kept when its document is removed
        st.html(f'<p class="kb-label">{html.escape(words("passage"))}</p>')
        st.html(passage_html(source.path, source.text, source.quote, source.header))
    if len(sources) > 1:
        st.html(_others(ref, sources, words))
    if standing.row is not None:
        offer_document(shared, standing.row, ref, source, words, document)


def _head(source: Source, row: DocumentRow | None, words: Words) -> str:
    name = shown(row.path if row else source.path)
    title = row.title if row and row.title and row.title not in name else ""
    facts = [(words("section"), source.heading), (words("read_as"), _how(source, words))]
    if row:
        days = [("file_changed", local_day(row.changed or "")), ("added", _day(row))]
        facts += [(words(key), day) for key, day in days]
    told = "".join(
        f"<dt>{html.escape(called)}</dt><dd>{html.escape(line(said))}</dd>"
        for called, said in facts
        if said
    )
    called = title or PurePosixPath(name).name
    path = name if called != name else ""
    return (
        f'<p class="kb-title">{html.escape(line(called))}</p>'
        f'<p class="kb-path">{html.escape(line(path))}</p><dl class="kb-facts">{told}</dl>'
    )


def _day(row: DocumentRow) -> str:
    return local_day(row.ingested_at or "")


def _how(source: Source, words: Words) -> str:
    if source.confidence is not None:
        return recognised(source.confidence, words)
    unit = unit_key(source.unit)
    return words("read_text" if unit == "page" else f"read_{unit}")


def _others(ref: Ref, sources: dict[int, Source], words: Words) -> str:
    """Return links to the source before and behind this one."""
    numbers = list(sources)
    at = numbers.index(ref.number)
    links = []
    for key, there in (("source_before", at - 1), ("source_behind", at + 1)):
        name = words(key)
        if 0 <= there < len(numbers):
            link = Link(str(ref.next(numbers[there])), name)
            links.append(link_html(link, html.escape(name), "kb-button", name=key))
        else:
            links.append(f'<span class="kb-button" aria-disabled="true">{html.escape(name)}</span>')
    count = html.escape(words("source_of", at=at + 1, total=len(numbers)))
    return f'<div class="kb-bar">{links[0]}<span>{count}</span>{links[1]}</div>'
