"""A passage in the list of a document's passages."""

from __future__ import annotations

import html

from app.control_characters import line
from app.pages.document.place import Place
from app.pages.parts.places import recognised, unit_key
from app.pages.parts.plain_line import plain_line
from app.results import Passage
from app.texts import Words
from app.web import Link, link_html, passage_html
from ingest.text import language

_LONGEST = 400  # characters of a passage that is not open, of which three lines are shown


def item_html(
    words: Words, path: str, number: int, passage: Passage, here: Place, header: str
) -> str:
    """Return the n-th passage as an item of the list; the one that is open has all its text."""
    page = words(unit_key(passage.unit), n=passage.page) if passage.page else ""
    sure = recognised(passage.confidence, words)
    off = words("passage_off") if passage.off else ""
    off_html = f'<b class="kb-off">{html.escape(off)}</b>' if off else ""
    where = " · ".join(part for part in (page, passage.heading, sure) if part)
    head = (
        f'<span class="kb-number">{number}</span>'
        f'<span class="kb-said"><span class="kb-where">{html.escape(line(where))}'
        f"{off_html}</span>"
    )
    is_open = passage.chunk_id == here.passage
    short = plain_line(passage.text, _LONGEST)
    quote = (
        ""
        if is_open
        else f'<span class="kb-quote" lang="{language(short)}">{html.escape(line(short))}</span>'
    )
    called = words("show_passage", n=number, where=" · ".join(filter(None, (where, off))))
    link = Link(str(Place(None, passage.chunk_id)), called)
    shown = link_html(link, f"{head}{quote}</span>", "kb-source", popup=False)
    if is_open:
        text = passage_html(path, passage.text, header=header)
        whole = f'<div class="kb-whole">{text}</div>'
        return f'<li class="kb-open" aria-current="true">{shown}{whole}</li>'
    return f"<li>{shown}</li>"
