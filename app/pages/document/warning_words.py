"""The warnings of a reading in the words of the page, with the pages they speak of as links."""

from __future__ import annotations

import html
import re

from app.control_characters import line
from app.pages.document.place import Place
from app.pages.parts.warnings import known_warning
from app.texts import Words
from app.web import Link, link_html

_PAGES = re.compile(r"\bpages? (\d+(?:-\d+)?(?:, \d+(?:-\d+)?)*)")
_HELD = "\ufdd0"  # stands for nothing; the place of the links while the words are escaped
_MOST = 40  # pages that are named


def warning_html(warning: str, words: Words, pages: int) -> str:
    """Return a warning as HTML; the pages it speaks of, of so many, are links."""
    warning = line(warning).replace(_HELD, "")
    if (known := known_warning(warning)) is not None:
        return _filled(*known, words, pages)
    spoken = _PAGES.search(warning)
    if spoken is None:
        return f'<span lang="en">{html.escape(warning)}</span>'
    before, behind = warning[: spoken.start()], warning[spoken.end() :]
    linked = _pages(spoken[1], words, pages)
    return f'<span lang="en">{html.escape(before)}{linked}{html.escape(behind)}</span>'


def _filled(key: str, values: dict[str, str], words: Words, pages: int) -> str:
    filled: dict[str, object] = dict(values)
    linked = ""
    if "pages" in values:
        found = _PAGES.search(values["pages"])
        linked = _pages(found[1], words, pages) if found else html.escape(values["pages"])
        filled["pages"] = _HELD
    if "n" in values:
        filled["n"] = int(values["n"])
    if "count" in values:
        filled["where"] = words("pages", n=int(values["count"]))
    said = html.escape(words(key, **filled)).replace(_HELD, linked)
    return said[:1].upper() + said[1:] if not said.startswith("<") else said


def _pages(numbers: str, words: Words, pages: int) -> str:
    """Return "pages 3, 5-7" of which each number that begins a run is a link."""
    runs = numbers.split(", ")
    linked = []
    for run in runs[:_MOST]:
        first, _, last = run.partition("-")
        shown = f"{first}–{last}" if last else first
        if 1 <= int(first[:7]) <= pages:
            link = Link(str(Place(int(first))), words("go_to_page", n=int(first)))
            shown = link_html(link, shown, "kb-page-link", popup=False)
        linked.append(shown)
    said = ", ".join(linked) + (" …" if len(runs) > _MOST else "")
    several = len(runs) > 1 or "-" in numbers
    return words("on_pages" if several else "on_page", n=_HELD).replace(_HELD, said)
