"""The bar above a page: to the pages before and behind, how many there are, larger and smaller."""

from __future__ import annotations

import html

from app.pages.parts.places import unit_key
from app.pages.proof.refs import Target
from app.texts import Words
from app.web import Link, link_html


def bar_html(
    ref: Target, page: int, pages: int, unit: str | None, marked: tuple[int, ...], words: Words
) -> str:
    """Return the bar of a page; `marked` are all the pages that the quote stands on."""
    kind = unit_key(unit)
    before = _step(ref, page - 1, pages, words("page_before"), "‹", "ArrowLeft")
    behind = _step(ref, page + 1, pages, words("page_behind"), "›", "ArrowRight")
    number = html.escape(words(f"{kind}_of", n=page, total=max(page, pages)))
    others = [n for n in marked if n != page]
    more = "".join(
        link_html(
            Link(str(ref.at(n)), words("also_on_help", n=n)),
            html.escape(words("also_on", n=n)),
            "kb-button",
            name=f"also-{n}",
            popup=False,
        )
        for n in others[:3]
    )
    smaller, larger = html.escape(words("smaller")), html.escape(words("larger"))
    zoom = (
        f'<button type="button" class="kb-button" data-kb-zoom="-0.5" data-kb-key="-"'
        f' data-kb-name="smaller" aria-label="{smaller}" title="{smaller}">−</button>'
        f'<button type="button" class="kb-button" data-kb-zoom="0.5" data-kb-key="+"'
        f' data-kb-name="larger" aria-label="{larger}" title="{larger}">+</button>'
    )
    return f'<div class="kb-bar">{before}<span>{number}</span>{behind}{more}<b></b>{zoom}</div>'


def _step(ref: Target, page: int, pages: int, name: str, sign: str, key: str) -> str:
    if 1 <= page <= pages:
        link = Link(str(ref.at(page)), name)
        return link_html(link, sign, "kb-button", name=key, key=key, popup=False)
    return f'<span class="kb-button" aria-disabled="true">{sign}</span>'
