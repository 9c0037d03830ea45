"""What numbers in words are worth: Chinese numerals, English number words, digits with marks."""

from __future__ import annotations

import re
from decimal import Decimal

ONES = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"〇": 0, "两": 2, "兩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
LONGEST = 24  # characters of a numeral that is read as one
NUMERAL = rf"[零〇一二两兩三四五六七八九十百千万萬亿億]{{1,{LONGEST}}}"

COUNTING = tuple(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty""".split()  # noqa: SIM905
)
TENS = {
    word: 10 * n
    for n, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), 3)  # noqa: SIM905
}
_SMALL = {word: n for n, word in enumerate(COUNTING)} | TENS
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
ENGLISH = "|".join(sorted({*_SMALL, *_SCALES}, key=lambda word: (-len(word), word)))
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_SPACED = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?")
_COMMA = re.compile(r"\d+,\d+")


def chinese_number(numeral: str) -> int:
    """Return the value of a Chinese numeral: 二〇二六, 三千五百, 一亿二千万."""
    if all(c in ONES for c in numeral):
        return int("".join(str(ONES[c]) for c in numeral))
    total = section = digit = 0
    for c in numeral:
        if c in ONES:
            digit = ONES[c]
        elif c in _TENS:
            section += (digit or 1) * _TENS[c]
            digit = 0
        else:
            total = (
                (total + section + digit) * _LARGE[c]
                if _LARGE[c] > 10**4
                else (total + (section + digit) * _LARGE[c])
            )
            section = digit = 0
    return total + section + digit


def english_numbers(words: list[str]) -> list[tuple[int, int, int]]:
    """Return the numbers in a run of number words: the value, its first word and the one behind.

    Words that make no number together are several: "two three" is 2 and 3.
    """
    found: list[tuple[int, int, int]] = []
    total = section = 0
    first, last = 0, ""
    for n, word in enumerate(words):
        if word == "and":
            continue
        small = _SMALL.get(word)
        joins = last and (
            small is None
            or last in _SCALES
            or ((last in TENS or last == "twenty") and 0 < small < 10)
        )
        if not joins:
            if last:
                found.append((total + section, first, n))
            total = section = 0
            first = n
        if small is not None:
            section += small
        elif _SCALES[word] in (12, 100):
            section = (section or 1) * _SCALES[word]
        else:
            total += (section or 1) * _SCALES[word]
            section = 0
        last = word
    return [*found, (total + section, first, len(words))] if last else found


def digits_worth(digits: str) -> tuple[Decimal, ...]:
    """Return what digits with points, commas and gaps may be worth, the likeliest first.

    "1.200" is 1.2 or, as Germans write, 1200; "1,5" is 1.5, or 1 and 5.
    """
    if _GROUPED.fullmatch(digits):
        return (Decimal(digits.replace(",", "")),)
    if _SPACED.fullmatch(digits):
        return (Decimal(re.sub("[ '’]", "", digits).replace(",", ".")),)
    if _DOTTED.fullmatch(digits):
        german = Decimal(digits.replace(".", "").replace(",", "."))
        return (
            (Decimal(digits), german) if digits.count(".") == 1 > digits.count(",") else (german,)
        )
    if _COMMA.fullmatch(digits):
        return (Decimal(digits.replace(",", ".")), *map(Decimal, digits.split(",")))
    parts = re.split(",", digits)
    return tuple(Decimal(part) for part in parts if part.count(".") < 2)
