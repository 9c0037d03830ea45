"""The warnings of a reading in the words of the page, with the pages they speak of as links."""

from __future__ import annotations

import html
import re

from app.control_characters import line
from app.pages.document.place import Place
from app.texts import Words
from app.web import Link, link_html

# What the readers say, by the key of the words for it. What none of these is stands as it is.
_PATTERNS = [
    (re.compile(pattern, re.DOTALL), key)
    for pattern, key in (
        (r"no text on (?P<pages>pages? [\d, -]+)", "warned_blank"),
        (r"no text was recognised on (?P<pages>pages? [\d, -]+)", "warned_unrecognised"),
        (r"text recognition is needed on (?P<pages>pages? [\d, -]+)", "warned_needs_ocr"),
        (
            r"left out as head or foot on (?P<count>\d+) pages?:"
            r" '(?P<first>.*)' to '(?P<last>.*)'",
            "warned_heads_from",
        ),
        (r"left out as head or foot on (?P<count>\d+) pages?: '(?P<first>.*)'", "warned_heads"),
        (r"text that cannot be decoded on (?P<pages>pages? [\d, -]+)", "warned_undecodable"),
        (r"(?P<n>\d+) lines? that cannot be decoded left out", "warned_lines"),
        (r"(?P<n>\d+) characters? could not be decoded", "warned_characters"),
        (
            r"unseen text on (?P<pages>pages? [\d, -]+) was another than one sees; recognised anew",
            "warned_unseen",
        ),
        (
            r"text on (?P<pages>page \d+) was hard to recognise and may be wrong",
            "warned_hard",
        ),
        (r"(?P<pages>page \d+) is damaged and left out", "warned_damaged_page"),
        (r"(?P<n>\d+) more pictures? not read: there are too many", "warned_pictures_over"),
        (r"(?P<n>\d+) pictures? could not be opened", "warned_pictures"),
        (r"(?P<n>\d+) drawings? \(EMF, WMF, SVG\) not read", "warned_drawings"),
        (r"(?P<n>\d+) embedded files? left out", "warned_embedded"),
        (
            r"slide (?P<n>\d+) is hidden in the show; it was read all the same",
            "warned_slide_hidden",
        ),
        (r"slide (?P<n>\d+) is broken; left out", "warned_slide_broken"),
        (
            r"sheet (?P<quote>['\"])(?P<name>.+)(?P=quote) is hidden; it was read all the same",
            "warned_sheet_hidden",
        ),
        (
            r"sheet (?P<quote>['\"])(?P<name>.+)(?P=quote) is (?:missing or )?broken; left out",
            "warned_sheet_broken",
        ),
        (r"(?P<name>.+) in it is broken; left out", "warned_part_broken"),
        (r"(?P<name>[^:]+\.\w+) left out: (?P<why>.+)", "warned_inner"),
    )
]
_PAGES = re.compile(r"\bpages? (\d+(?:-\d+)?(?:, \d+(?:-\d+)?)*)")
_HELD = "\ufdd0"  # stands for nothing; the place of the links while the words are escaped
_MOST = 40  # pages that are named


def warning_html(warning: str, words: Words, pages: int) -> str:
    """Return a warning as HTML; the pages it speaks of, of so many, are links."""
    warning = line(warning).replace(_HELD, "")
    for pattern, key in _PATTERNS:
        if found := pattern.fullmatch(warning):
            return _filled(key, {k: v for k, v in found.groupdict().items() if v}, words, pages)
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
