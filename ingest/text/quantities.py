"""Figures of a text with what they are worth: numbers with units, dates, times, codes, labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.text.quantity import Date, Quantity
from ingest.text.quantity_pattern import TOKEN
from ingest.text.quantity_readers import READERS, in_words

# What joins the ends of a span, whose unit, month or year often stands at one of them only.
_SPAN = re.compile(
    r"\s?(?:to|until|till|through|and|or|bis|und|[-–—~]|至|到|或|和)\s?", re.IGNORECASE
)
_SENTENCE_BEGINS = re.compile(r"(?:^|[\n.!?:;*>-])\W{0,3}$")
_CIRCLED = re.compile("[①-⑳]")
_HALVES = re.compile(r"(?<=\d)\s?½")


def plain(text: str) -> str:
    """Return a text as `quantities` reads it, where the places of its figures are: in NFKC."""
    text = _HALVES.sub(".5", _CIRCLED.sub(" ", text)).replace("**", "").replace("`", "")
    return unicodedata.normalize("NFKC", text)


def quantities(text: str) -> list[Quantity]:
    """Return the figures of a plain text in order; marks of citations are none."""
    found = list(_read(text))
    for n in range(len(found) - 1):
        if _SPAN.fullmatch(text, found[n].end, found[n + 1].start):
            found[n], found[n + 1] = _joined(found[n], found[n + 1])
    return found


def _read(text: str) -> Iterator[Quantity]:
    at = 0
    while match := TOKEN.search(text, at):
        at = max(match.end(), at + 1)
        kind = str(match.lastgroup)
        if kind == "en" and not _is_month(match, text):
            at = match.end("m4")
            if match["d4"]:
                worth = frozenset({Decimal(match["d4"]).normalize()})
                yield Quantity(match["d4"], *match.span("d4"), values=worth, bare=worth)
        elif kind == "words":
            yield from in_words(match)
        elif kind != "mark" and (one := READERS[kind](match)):
            yield one


def _is_month(match: re.Match[str], text: str) -> bool:
    """Tell whether the name of a month is one: "may" and "march" are verbs, "Mar" may be a name."""
    name, capital = match["m4"].lower(), match["m4"][0].isupper()
    verb = name in ("may", "march", "mar")
    if match["d5"] or match["y4"] or (match["d4"] and (capital or not verb)):
        return True
    if not capital or len(name) < 3 + (name != "may"):
        return False
    before = text[max(0, match.start() - 8) : match.start()]
    return not verb or not _SENTENCE_BEGINS.search(before)


def _joined(one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    """Return the two ends of a span, each also read with what only the other one names."""
    if any(month for _, month, _ in one.dates | other.dates):
        dates, others = _days(one, other), _days(other, one)
        return (
            replace(one, dates=one.dates | {_filled(d, o) for d in dates for o in other.dates}),
            replace(other, dates=other.dates | {_filled(o, d) for o in others for d in one.dates}),
        )
    if one.times or other.times:
        return _with_times(one), _with_times(other)
    scaled = frozenset[Decimal]()
    if other.values != other.bare and len(other.bare) == 1 and (bare := min(other.bare)):
        scale = max(other.values) / bare
        scaled = frozenset((value * scale).normalize() for value in one.bare)
    return (
        replace(one, values=one.values | scaled, units=one.units or other.units),
        replace(other, units=other.units or one.units),
    )


def _days(one: Quantity, other: Quantity) -> frozenset[Date]:
    """Return the dates of an end of a span; a figure beside a full date may be a day."""
    if one.dates or not any(day for _, _, day in other.dates):
        return one.dates
    return frozenset((0, 0, int(v)) for v in one.bare if 0 < v < 32 and v == int(v))


def _filled(date: Date, other: Date) -> Date:
    return date[0] or other[0], date[1] or other[1], date[2]


def _with_times(one: Quantity) -> Quantity:
    hours = frozenset[int]()
    if not one.times:
        hours = frozenset(60 * int(v) + h for v in one.bare if 0 < v < 25 for h in (0, 720))
    return replace(one, times=one.times | hours)
