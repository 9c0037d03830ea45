"""Heads and feet: what a PDF says anew at the edge of each page is kept once, and told.

pypdf gives lines and no places, so *the same place* is the same number of lines from the top or
the bottom, with nothing but other heads or feet between the line and the edge. *The same* is every
character but the page number. What is in doubt is kept: noise costs less than a lost line.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_MIN_PAGES = 4
_MOST_PAGES = 0.6
_DEPTH = 3  # lines from an edge: below a letterhead of that height the form itself begins
_LONGEST = 200  # characters; what is longer is a paragraph
_QUOTED = 80  # characters of a line in a warning
# Journals and volumes carry on from the part before; orders and invoices count from 1000 on.
_HIGHEST_OFFSET = 999

_FIELDS = re.compile(r"[ \t\u3000]{2,}|\t|[ ]?[|·•｜][ ]?|(?<=\S)[ ][–—-][ ](?=\S)")
_PAGE_NUMBER = re.compile(
    r"""[-–—~(\[<]?\s?
    (?:[共总總]\s?\d{1,5}\s?[页頁]\s?[,，/]?\s?)?
    (?P<word>page|pages|pp?\.|pg\.|seite|página|pagina|第)?\s?[:：]?\s?
    (?P<number>\d{1,5}|[ivxlc]{1,8}|[IVXLC]{1,8})
    \s?(?P<after>[页頁]|ページ)?
    (?:\s?[,，/／]?\s?(?:of|von|de|/|／|[共总總])?\s?\d{1,5}\s?(?:[页頁]|ページ|pages)?)?
    \s?[-–—~)\]>]?""",
    re.VERBOSE | re.IGNORECASE,
)
# With a word for "page" a number that steps is one wherever it stands in the line.
_NAMED = re.compile(
    r"(?:\b(?:page|seite|página|pagina) |第 ?)(?P<number>\d{1,5})(?!\d)", re.IGNORECASE
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_PARTS = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
    (1, "i"),
)  # fmt: skip

# A figure with its unit is a term or a sum of this page ("payable within 14 days", "4250 EUR"), no
# head: those have years, versions and numbers of documents.
_FIGURE = re.compile(
    r"\d\s?(?:%|％|€|\$|£|元|万|天|日内|个月|個月|小时|小時|(?!of\b)[a-z]{2}|(?:EUR|USD|CNY|RMB|GBP)\b)"
    r"|[€$£¥￥]\s?\d"
)
_NUMBER = re.compile(r"[-+(]?\d[\d.,:/%-]*\)?")
_SENTENCE_END = re.compile(r"[.!?。！？；;][\"'”’」』)）\]]*$")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MIN_WORDS = 5  # of a sentence: "All rights reserved." and "Acme Ltd." have fewer
_FULL_LINE = 6  # words of a line that may go on in the next

_Key = tuple[str, int | None]  # the line without white space; how far its number is from the page's
_Place = tuple[int, int]  # 1 from the top or -1 from the bottom; lines from there


@dataclass(frozen=True)
class _Line:
    """A line at an edge: its place among the page's lines, its text, and what it may be."""

    at: int
    text: str
    keys: tuple[_Key, ...]


def without_running_lines(pages: Sequence[str]) -> tuple[list[str], list[str]]:
    """Leave out heads, feet and page numbers but their first time; the second list tells of it.

    A line is one when it recurs on more than 60 % of the pages, or of those on the left or the
    right. Sentences and sums stay on every page, even if all pages say the same: a clause at the
    foot of an invoice is part of that invoice, and whoever asks for it should find it there.
    """
    if len(pages) < _MIN_PAGES:
        return list(pages), []
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
            stays = _said(run if side > 0 else run[::-1])
            for line, key in run:
                if line.at in drop or (key[1] is None and line.at in stays):
                    continue
                if key[0] in seen:
                    drop.add(line.at)
                    left_out.setdefault(key[0], []).append(line.text)
                seen.add(key[0])
        kept.append("\n".join(t for n, t in enumerate(page.split("\n")) if n not in drop))
    return kept, [_told(texts) for texts in left_out.values()]


def _edge(page: str, number: int, side: int) -> Iterator[_Line]:
    """The lines from an edge of the page inwards, blank ones not counted."""
    lines = [(at, " ".join(text.split())) for at, text in enumerate(page.split("\n"))]
    filled = [(at, text) for at, text in lines if text]
    raw = page.split("\n")
    for at, text in filled[::side][:_DEPTH]:
        if len(raw[at]) > _LONGEST:
            return
        yield _Line(at, text, (("".join(text.split()), None), *_numbered(raw[at].strip(), number)))


def _numbered(line: str, page: int) -> Iterator[_Key]:
    """The line with each field that may be the page's number as "#"."""
    start = 0
    for gap in [*_FIELDS.finditer(line), None]:
        end = gap.start() if gap else len(line)
        found = _PAGE_NUMBER.fullmatch(line, start, end) or _NAMED.search(line, start, end)
        value = _value(found["number"]) if found else None
        if found and value is not None:
            named = found.re is _NAMED or found["word"] or found["after"]
            if named or value - page <= _HIGHEST_OFFSET:
                rest = line[: found.start("number")] + "#" + line[found.end("number") :]
                yield "".join(rest.split()), value - page
        start = gap.end() if gap else end


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
        {(side, depth): set(line.keys) for side in (1, -1) for depth, line in enumerate(page[side])}
        for page in edges
    ]
    counts: list[Counter[tuple[_Place, str]]] = [Counter(), Counter()]
    for number, page in enumerate(places):
        around = [*places[max(0, number - 2) : number], *places[number + 1 : number + 3]]
        for place, keys in page.items():
            for key in keys:
                if key[1] is None or any(key in other.get(place, ()) for other in around):
                    counts[number % 2][place, key[0]] += 1
    left, right = (len(edges) + 1) // 2, len(edges) // 2
    return {
        key
        for key in {*counts[0], *counts[1]}
        if counts[0][key] + counts[1][key] > _MOST_PAGES * len(edges)
        or counts[0][key] > max(_MOST_PAGES * left, _MIN_PAGES - 1)
        or counts[1][key] > max(_MOST_PAGES * right, _MIN_PAGES - 1)
    }


def _run(
    lines: Sequence[_Line], side: int, running: set[tuple[_Place, str]]
) -> Iterator[tuple[_Line, _Key]]:
    """The lines from the edge on that recur, up to the first that does not."""
    for depth, line in enumerate(lines):
        key = next((key for key in line.keys if ((side, depth), key[0]) in running), None)
        if key is None:
            return
        yield line, key


def _said(run: Sequence[tuple[_Line, _Key]]) -> set[int]:
    """Where lines stand that say something of their page: sums, table rows, sentences."""
    stays = {line.at for line, key in run if key[1] is None and _is_statement(line.text)}
    goes_on = False
    for line, key in reversed(run):
        ends = bool(_SENTENCE_END.search(line.text))
        words = _words(line.text)
        if key[1] is not None:
            goes_on = False
        elif ends:
            goes_on = words >= _MIN_WORDS or (line.text[0].islower() and len(run) > 1)
        else:
            goes_on = goes_on and words >= _FULL_LINE
        if goes_on:
            stays.add(line.at)
    return stays


def _is_statement(line: str) -> bool:
    words = line.split()
    numbers = sum(bool(_NUMBER.fullmatch(word)) for word in words)
    return bool(_FIGURE.search(line)) or numbers >= max(2, len(words) / 2)


def _words(line: str) -> int:
    """How many words: a Chinese one is about 1.6 characters long."""
    return int(len(_WIDE.findall(line)) / 1.6) + len(_WIDE.sub(" ", line).split())


def _told(texts: list[str]) -> str:
    first, last = texts[0][:_QUOTED], texts[-1][:_QUOTED]
    pages = f"{len(texts)} page{'s' if len(texts) > 1 else ''}"
    return f"left out as head or foot on {pages}: '{first}'" + (
        f" to '{last}'" if last != first else ""
    )
