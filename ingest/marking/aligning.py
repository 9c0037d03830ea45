"""Which characters of a page are those of a line's text that are quoted."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from ingest.marking.letters import Letters

_ALIKE = 0.6  # the least likeness of a line's text and of what stands in its place
_MOST = 4_000_000  # pairs of characters that are compared
_CELL = re.compile(r"(?:[^|\\\n]|\\.)+")  # of a row of a Markdown table; a line of a record
_WORD = re.compile(r"\w+")
_OPENING, _CLOSING = "“‘「『（(《【\"'", "。．.！!？?；;，,、：:”’」』）)》】%％\"'"


def aligned(text: str, start: int, end: int, page: str) -> list[tuple[int, int]] | None:
    """Return the spans of `page` that are `text[start:end]`; None if another text stands there.

    `text` is a line as it was written down, `page` the characters that stand in its place, as the
    file has them. Cells of a row are looked for one by one, as what stands in one may be broken.
    """
    if "|" in text or "\n" in text:
        return _by_cells(text, start, end, Letters(page)) or None
    said, shown = Letters(text), Letters(page)
    first, last = said.within(start, end)
    if first == last:
        return []
    if said.folded == shown.folded:
        places = (first, last)
    else:
        found = _matched(said.folded, shown.folded, first, last)
        if found is None:
            return None
        places = found
    if places[0] >= places[1]:
        return []
    return [_with_marks(*shown.span(*places), page, text[start:end])]


def outside(text: str, start: int, end: int, page: str) -> list[str]:
    """Return the quoted cells of a row that do not stand where the row does.

    A caption stands above its table, and a merged cell may stand in the row above or below.
    """
    if "|" not in text and "\n" not in text:
        return []
    shown = Letters(page).folded
    cells = (cell[0].strip() for cell in _CELL.finditer(text[start:end]))
    return [c for c in dict.fromkeys(cells) if len(f := Letters(c).folded) > 1 and f not in shown]


def _matched(said: str, shown: str, first: int, last: int) -> tuple[int, int] | None:
    """Return where characters of one text are in another that is nearly the same."""
    at = shown.find(said)
    if at >= 0:
        return at + first, at + last
    if not shown or len(said) * len(shown) > _MOST:
        return None
    matcher = SequenceMatcher(None, said, shown, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return None
    begin, end = None, 0
    for _, s0, s1, p0, p1 in matcher.get_opcodes():
        low, high = max(first, s0), min(last, s1)
        if low >= high or p0 == p1:
            continue
        own = (p0 + low - s0, p0 + high - s0) if s1 - s0 == p1 - p0 else (p0, p1)
        begin = own[0] if begin is None else min(begin, own[0])
        end = max(end, own[1])
    return (begin or 0, end)


def _by_cells(text: str, start: int, end: int, shown: Letters) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    done = 0
    for cell in _CELL.finditer(text):
        said = Letters(cell[0])
        if not said.folded:
            continue
        low, high = max(start, cell.start()), min(end, cell.end())
        first, last = said.within(low - cell.start(), high - cell.start())
        at = _next(shown.folded, said.folded, done)
        if at >= 0:
            done = at + len(said.folded)
            if first < last:
                found.append(shown.span(at + first, at + last))
            continue
        # Its lines stand apart in the file, or the name of the column stands before it.
        for word in _WORD.finditer(cell[0]):
            letters = Letters(word[0]).folded
            at = _next(shown.folded, letters, done) if letters else -1
            if at < 0:
                continue
            done = at + len(letters)
            if low < cell.start() + word.end() and cell.start() + word.start() < high:
                found.append(shown.span(at, at + len(letters)))
    return found


def _next(page: str, wanted: str, done: int) -> int:
    """Where something stands from a place on, or else the first time: a merged cell repeats."""
    at = page.find(wanted, done)
    return at if at >= 0 else page.find(wanted)


def _with_marks(begin: int, end: int, page: str, quote: str) -> tuple[int, int]:
    """Return a span with the marks that the quote has at its ends, if the page has them, too."""
    for mark in quote[len(quote.rstrip(_CLOSING)) :]:
        if end < len(page) and page[end] == mark:
            end += 1
    if end == len(page) - 1 and page[end] == "-":  # of a word that is broken here
        end += 1
    for mark in reversed(quote[: len(quote) - len(quote.lstrip(_OPENING))]):
        if begin > 0 and page[begin - 1] == mark:
            begin -= 1
    return begin, end
