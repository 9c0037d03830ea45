"""What is known of a document: its name, and a line for each thing one may ask about it."""

from __future__ import annotations

import html
from pathlib import PurePosixPath

import streamlit as st

from app.confidence import percent
from app.control_characters import line
from app.library import Inspected, kind_of
from app.pages.documents.cells import day
from app.pages.parts.collections import collection_name
from app.pages.parts.places import unit_key
from app.sizes import size
from app.texts import Words
from app.web import label
from ingest.text import local_day
from retrieval.ledger import LANGUAGES
from retrieval.library import Entry, shown

_FIRST = ("kind", "pages_head", "size", "collection")  # of the facts the most important
_WHOLE = 0.995  # of the characters: all of it, as one would say


def draw_head(found: Inspected, words: Words) -> None:
    """Draw name, path and facts, and links to other documents of the same bytes."""
    row = found.row
    path = shown(row.path)
    name = row.title if row.title and row.title not in path else PurePosixPath(path).name
    under = f'<p class="kb-path">{html.escape(line(path))}</p>' if name != path else ""
    told = [(called, said) for called, said in _facts(found, words) if said]
    facts = "".join(
        f"<div><dt>{html.escape(called)}</dt><dd>{html.escape(line(said))}</dd></div>"
        for called, said in told
    )
    facts = f'<dl class="kb-document-facts">{facts}</dl>'
    # A narrow screen has a line of it, which opens; a wide one has it all at once.
    known = dict(told)
    first = " · ".join(known[words(key)] for key in _FIRST if words(key) in known)
    st.html(
        f'<h1 class="kb-document-name">{html.escape(line(name))}</h1>{under}{facts}'
        f'<details class="kb-document-more"><summary>{html.escape(line(first))}'
        f"<span>{html.escape(words('all_facts'))}</span></summary>{facts}</details>"
    )
    if found.twins:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(words("twins", n=len(found.twins)), width="content")
            for twin in found.twins:
                called = words(
                    "twin_at", name=label(shown(twin.path)), source=label(came_from(twin, words))
                )
                # Not st.page_link: in its address another document of this page is the same page.
                st.button(
                    called,
                    key=f"twin-{twin.document}",
                    type="tertiary",
                    icon=":material/description:",
                    on_click=_open,
                    args=(twin.document,),
                )


def came_from(entry: Entry, words: Words) -> str:
    """Return where a document came from: an upload, or a folder with its path."""
    if entry.kind == "upload":
        return words("uploaded")
    return words("of_folder", name=line(entry.root))


def _open(document: str) -> None:
    st.query_params.from_dict({"doc": document})


def _facts(found: Inspected, words: Words) -> list[tuple[str, str]]:
    row, entry = found.row, found.entry
    unit = unit_key(row.unit)
    return [
        (words("collection"), collection_name(row.collection, words)),
        (words("source_kind"), came_from(entry, words)),
        (words("kind"), kind_of(row.path)),
        (words("size"), "" if entry.bytes is None else size(entry.bytes)),
        (words("pages_head"), words(f"{unit}s", n=row.pages) if row.pages else ""),
        (words("passages_count"), _passages(found, words)),
        (words("lang"), words(f"lang_{row.lang}") if row.lang in LANGUAGES else ""),
        (words("author"), row.author or ""),
        (words("made"), local_day(row.made or "")),
        (words("file_changed"), local_day(row.changed or "")),
        (words("added"), day(row.ingested_at)),
        (words("read_as"), _how(found, words) if entry.visible else ""),
    ]


def _passages(found: Inspected, words: Words) -> str:
    count, off = found.row.chunks, found.facts.off
    if off:
        return words("passages_off", all=count, n=off)
    return str(count) if count else ""


def _how(found: Inspected, words: Words) -> str:
    sure, share = found.row.confidence, found.facts.recognised
    if sure is None or not share:
        unit = unit_key(found.row.unit)
        return words("read_text" if unit == "page" else f"read_{unit}")
    if share >= _WHOLE:
        return words("recognised_all", n=percent(sure))
    return words("recognised_some", share=max(1, percent(share)), n=percent(sure))
