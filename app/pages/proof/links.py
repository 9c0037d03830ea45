"""The links to sources: the numbers in an answer, and the lists below it."""

from __future__ import annotations

import html

from app.control_characters import line
from app.pages.parts.plain_line import plain_line
from app.pages.proof.refs import Kind, Ref
from app.pages.proof.sources import Source, growing, sources_of
from app.texts import Words
from app.web import AnswerProgress, Link, link_html
from ingest.text import language

_LONGEST = 240  # characters of a quote in a list, of which two lines are shown


def number_links(progress: AnswerProgress, exchange: int, words: Words) -> dict[int, Link]:
    """Return what the numbers in an answer open, done or while it is written."""
    if progress.result is None:
        here = growing(progress, exchange)
    else:
        cited = sources_of(progress, "cited")
        here = {n: (Ref("cited", exchange, n), source) for n, source in cited.items()}
    return {n: _link(ref, source, n, words) for n, (ref, source) in here.items()}


def sources_html(progress: AnswerProgress, exchange: int, words: Words) -> str:
    """Return the list of what an answer cites, a line and the beginning of the quote each."""
    return _list(progress, "cited", exchange, words)


def near_html(progress: AnswerProgress, exchange: int, words: Words) -> str:
    """Return the list of the passages that came closest to a question."""
    return _list(progress, "near", exchange, words)


def found_html(progress: AnswerProgress, exchange: int, words: Words) -> str:
    """Return the list of the passages that were found, while an answer is written from them."""
    return _list(progress, "found", exchange, words)


def _list(progress: AnswerProgress, kind: Kind, exchange: int, words: Words) -> str:
    items = [
        _item(Ref(kind, exchange, n), source, n, words)
        for n, source in sources_of(progress, kind).items()
    ]
    head = f'<p class="kb-label">{html.escape(words("sources"))}</p>' if kind == "cited" else ""
    return f'{head}<ul class="kb-sources" role="list">{"".join(items)}</ul>' if items else ""


def _item(ref: Ref, source: Source, n: int, words: Words) -> str:
    number = f'<span class="kb-number">{n}</span>' if ref.kind == "cited" else ""
    where = f'<span class="kb-where">{html.escape(line(source.where(words)))}</span>'
    said = plain_line(source.quote or source.text, _LONGEST)
    quote = f'<span class="kb-quote" lang="{language(said)}">{html.escape(line(said))}</span>'
    quote = quote if said else ""
    note = ""
    if source.state != "current":
        told = words(f"export_{source.state}")
        note = f'<span class="kb-note">{html.escape(told)}</span>'
    inner = f'{number}<span class="kb-said">{where}{quote}{note}</span>'
    return f"<li>{link_html(_link(ref, source, n, words), inner, 'kb-source')}</li>"


def _link(ref: Ref, source: Source, n: int, words: Words) -> Link:
    key = "open_source" if ref.kind == "cited" else "open_passage"
    return Link(str(ref), words(key, number=n, where=source.where(words)))
