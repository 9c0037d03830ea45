"""Heads and feet: what a PDF says anew at the edge of each page is kept once, and told.

*The same place* is the same number of lines from the top or the bottom, as they stand on the page,
with nothing but other heads or feet between the line and the edge. *The same* is every character
but the page number. What is in doubt is kept: noise costs less than a lost line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.pdf.statements import count_words, stated
from ingest.pdf.words import Item, Table, TextLine
from ingest.reasons import HEAD_OR_FOOT
from ingest.text import collapsed

_MIN_PAGES = 4
_MOST_PAGES = 0.6
_DEPTH = 3  # lines from an edge: below a letterhead of that height the form itself begins
_LONGEST = 200  # characters; what is longer is a paragraph
_QUOTED = 80  # characters of a line in a warning
# A number alone is a page number only near the page's own: volumes count on, receipts from 100 on.
_HIGHEST_OFFSET = 50
_HIGHEST_TOTAL = 1899  # without a word for "page"; above are years

_PAGE_NUMBER = re.compile(
    r"""[-–—~(\[<]?\s?
    (?:[共总總]\s?\d{1,5}\s?[页頁]\s?[,，/]?\s?)?
    (?P<word>page|pages|pp?\.|pg\.|seite|página|pagina)?\s?[:：]?\s?(?P<ordinal>第)?\s?
    (?P<number>\d{1,5}|[ivxlc]{1,8}|[IVXLC]{1,8})
    \s?(?P<after>[页頁]|ページ)?
    (?:\s?[,，]?\s?(?:of|von|de|/|／|[共总總])\s?(?P<total>\d{1,5})\s?(?:[页頁]|ページ|pages)?)?
    \s?[-–—~)\]>]?""",
    re.VERBOSE | re.IGNORECASE,
)
# With a word for "page" a number that steps is one wherever it stands in the line.
_NAMED = re.compile(
    r"\b(?:page|seite|página|pagina|pp?\.|pg\.)[ :]{0,2}(?P<number>\d{1,5})(?!\d)"
    r"|第 ?(?P<counted>\d{1,5}) ?(?=[页頁])",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_PARTS = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
    (1, "i"),
)  # fmt: skip

_Key = tuple[str, int | None]  # the line without white space; how far its number is from the page's
_Place = tuple[int, int]  # 1 from the top or -1 from the bottom; lines from there


@dataclass(frozen=True)
class _Line:
    """A line at an edge: its place among the page's lines, its text, and what it may be."""

    at: int
    text: str
    keys: tuple[_Key, ...]


def without_heads_and_feet(pages: Sequence[Sequence[Item]]) -> tuple[list[list[Item]], list[str]]:
    """Leave out heads, feet and page numbers but their first time; the second list tells of it.

    A line is one when it recurs on more than 60 % of the pages, or of those on the left or the
    right. Sentences and sums stay on every page, even if all pages say the same: a clause at the
    foot of an invoice is part of that invoice, and whoever asks for it should find it there.
    """
    if len(pages) < _MIN_PAGES:
        return [list(page) for page in pages], []
    edges = [{side: list(_edge(page, number, side)) for side in (1, -1)}
             for number, page in enumerate(pages)]  # fmt: skip
    running = _running(edges)
    seen: set[str] = set()
    left_out: dict[str, list[str]] = {}
    kept = []
    for page, sides in zip(pages, edges, strict=True):
        drop = set()
        for side, lines in sides.items():
            run = list(_run(lines, side, running))
            stays = _said(run, side)
            for line, key in run:
                if line.at in drop or line.at in stays:
                    continue
                if key[0] in seen:
                    drop.add(line.at)
                    left_out.setdefault(key[0], []).append(line.text)
                seen.add(key[0])
        kept.append([item for n, item in enumerate(page) if n not in drop])
    return kept, [_told(texts) for texts in left_out.values()]


def _edge(page: Sequence[Item], number: int, side: int) -> Iterator[_Line]:
    """The lines from an edge of the page inwards, up to a table."""
    beside = [at for at, item in enumerate(page) if not (isinstance(item, TextLine) and item.note)]
    if side == 1:
        beside.sort(key=lambda at: page[at].box.top)
    else:
        beside.sort(key=lambda at: -page[at].box.bottom)
    for depth, at in enumerate(beside[:_DEPTH]):
        item = page[at]
        if isinstance(item, Table) or len(item.text) > _LONGEST:
            return
        text = collapsed(item.text)
        keys = [("".join(text.split()), None), *_numbered(text, number, is_outermost=depth == 0)]
        yield _Line(at, text, tuple(keys))


def _numbered(line: str, page: int, *, is_outermost: bool) -> Iterator[_Key]:
    """The line with "#" for what may be the page's number: named so, or all of the last line."""
    found = _PAGE_NUMBER.fullmatch(line)
    if found and found["ordinal"] and not found["after"]:
        found = None
    is_named = bool(found and (found["word"] or found["after"]))
    if found and not is_named and found["total"] and int(found["total"]) > _HIGHEST_TOTAL:
        found = None  # "3/2025"
    if not found:
        found, is_named = _NAMED.search(line), True
    if not found:
        return
    group = "number" if found["number"] else "counted"
    value = _value(found[group])
    if value is None:
        return
    if is_named or (is_outermost and abs(value - page) <= _HIGHEST_OFFSET):
        rest = line[: found.start(group)] + "#" + line[found.end(group) :]
        yield "".join(rest.split()), value - page


def _value(number: str) -> int | None:
    """The number in Arabic or Roman digits, None if it is neither."""
    if number.isdecimal():
        return int(number)
    digits = [_ROMAN[letter] for letter in number.lower()]
    value = sum(
        -this if following > this else this
        for this, following in zip(digits, [*digits[1:], 0], strict=True)
    )
    return value if _roman(value) == number.lower() else None


def _roman(value: int) -> str:
    words = ""
    for worth, letters in _ROMAN_PARTS:
        words += letters * (value // worth)
        value %= worth
    return words


def _running(edges: Sequence[dict[int, list[_Line]]]) -> set[tuple[_Place, str]]:
    """The places, and what recurs there on most pages; numbers count where they step."""
    places = [
        {(side, depth): line for side in (1, -1) for depth, line in enumerate(page[side])}
        for page in edges
    ]
    found: dict[tuple[_Place, str], list[int]] = {}
    is_text: dict[tuple[_Place, str], bool] = {}
    for number, page in enumerate(places):
        around = [*places[max(0, number - 2) : number], *places[number + 1 : number + 3]]
        for place, line in page.items():
            for key in line.keys:
                if key[1] is None or any(
                    place in other and key in other[place].keys for other in around
                ):
                    found.setdefault((place, key[0]), []).append(number)
                    is_text[place, key[0]] = key[1] is None
    return {
        at for at, numbers in found.items() if _recurs(numbers, places, at[0], is_text=is_text[at])
    }


def _recurs(
    numbers: Sequence[int], places: Sequence[dict[_Place, _Line]], place: _Place, *, is_text: bool
) -> bool:
    """Whether a line is on most pages, or on those of the left or the right.

    From the first of them on it must be on each: where the same place says something else, it is
    no head but a line of the page. Before that there may be a cover, which says other things.
    """
    left = [number for number in numbers if number % 2 == 0]
    right = [number for number in numbers if number % 2]
    if len(numbers) > _MOST_PAGES * len(places):
        step = 1
    elif len(left) > max(_MOST_PAGES * ((len(places) + 1) // 2), _MIN_PAGES - 1):
        numbers, step = left, 2
    elif len(right) > max(_MOST_PAGES * (len(places) // 2), _MIN_PAGES - 1):
        numbers, step = right, 2
    else:
        return False
    if not is_text:
        return True
    said = {number for number in range(numbers[0] % step, len(places), step) if places[number]}
    others = said.difference(numbers)
    if any(number > numbers[0] for number in others):
        return False
    head = places[numbers[0]][place].text
    covers = [places[number][place].text for number in others if place in places[number]]
    return not others or (count_words(head) > 1 and not any(_rival(head, c) for c in covers))


def _rival(head: str, other: str) -> bool:
    """Whether a cover says the like of other things: "Sent to Rome", "Sent to Oslo"."""
    if head in other or other in head:
        return False
    one, two = head.casefold().split(), other.casefold().split()
    return one[0] == two[0] or one[-1] == two[-1] or head[:2] == other[:2]


def _run(
    lines: Sequence[_Line], side: int, running: set[tuple[_Place, str]]
) -> Iterator[tuple[_Line, _Key]]:
    """The lines from the edge on that recur, up to the first that does not."""
    for depth, line in enumerate(lines):
        key = next((key for key in line.keys if ((side, depth), key[0]) in running), None)
        if key is None:
            return
        yield line, key


def _said(run: Sequence[tuple[_Line, _Key]], side: int) -> set[int]:
    """Where the run has lines that say something of their page, and those behind them."""
    lines = [(line.at, "" if key[1] is not None else line.text) for line, key in run][::side]
    said = {lines[n][0] for n in stated([text for _, text in lines])}
    inner = [line.at for line, _ in run]
    first = next((n for n, at in enumerate(inner) if at in said), len(inner))
    return set(inner[first:])


def _told(texts: list[str]) -> str:
    first, last = texts[0][:_QUOTED], texts[-1][:_QUOTED]
    pages = f"{len(texts)} page{'s' if len(texts) > 1 else ''}"
    return f"{HEAD_OR_FOOT} on {pages}: '{first}'" + (f" to '{last}'" if last != first else "")
