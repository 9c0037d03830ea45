"""Numbers as documents write them, compared by what they are worth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ingest.text.dates import MONTH_NAMES, MONTHS
from ingest.text.folding import normalised
from ingest.text.number_words import COUNTING, NUMERAL, TENS, chinese_number

_SCALES = {
    "hundred": 2, "thousand": 3, "k": 3, "million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9,
    "b": 9, "trillion": 12, "千": 3, "万": 4, "萬": 4, "百万": 6, "百萬": 6, "千万": 7, "千萬": 7,
    "亿": 8, "億": 8, "十亿": 9, "十億": 9, "万亿": 12, "萬億": 12, "兆": 12,
}  # fmt: skip
# Digits, with groups of three or without, a fraction, and what multiplies them.
_DIGITS = re.compile(
    r"(\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"((?:hundred|thousand|million|billion|trillion|mn|bn|[kmb])\b"
    r"|万亿|萬億|百万|百萬|千万|千萬|十亿|十億|[千万萬亿億兆])?"
)
_CHINESE = re.compile(NUMERAL)
CHINESE_NUMERALS = "一二三四五六七八九十"  # one to ten, as lists are numbered
_COUNTS = {word: n for n, word in enumerate(COUNTING)} | TENS
_WORDS = _COUNTS | {
    "once": 1, "twice": 2, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
    "dozen": 12,
}  # fmt: skip
_WORDS |= MONTHS | {"sept": 9} | {name: n for n, name in enumerate(MONTH_NAMES, 1)}
_WORD = re.compile(r"[a-z]+", re.IGNORECASE | re.ASCII)
FIGURE = r"\d+(?:[.,]\d+)*"  # a run of digits with its points and commas: 3.5, 1,200, 2026.3.1
_FIGURE = re.compile(FIGURE)
_DIGIT_RUN = re.compile(r"\d+")
# A numeral before what is counted by it: 三个月, 十五天.
_MEASURED = re.compile(
    r"[零〇一二两兩三四五六七八九十百千]+"
    r"(?=[个個天日年周週月次人名元岁歲倍层層台成种種家间間位份期季]|小时|小時|分钟|分鐘)"
)
# What is counted behind a number; a share of something, "8 %", is no such count.
_COUNTED = re.compile(
    r"\s*(?:(?:working |business |calendar )?(?:day|week|month|year|hour|minute|second|time|people"
    r"|person|employee|euro|dollar|yuan)s?\b|个|個|天|日|周|週|年|小时|小時|分钟|分鐘|人|名|元|次)"
)
_SHARE = re.compile(rf"(?<![\d.,]){FIGURE}\s?(?:%|‰|percent\b|per cent\b)", re.IGNORECASE)
_CHINESE_SHARE = re.compile(rf"百分之(?:{FIGURE}|{NUMERAL})")


@dataclass(frozen=True)
class Number:
    """A number as it is written in a text, and the values that it may stand for.

    `counts` tells whether a word for what it counts follows: days, people, 天, 元.
    """

    text: str
    values: frozenset[Decimal]
    counts: bool = False


def numbers(text: str) -> list[Number]:
    """Return the numbers that a text has in digits, in order; "1.2亿" may be 1.2 or 120,000,000."""
    found, plain = [], normalised(text)
    for match in _DIGITS.finditer(plain):
        value = Decimal(match[1].replace(",", ""))
        values = {value.normalize()}
        if match[2]:
            values.add((value * Decimal(10) ** _SCALES[match[2]]).normalize())
        counts = _COUNTED.match(plain, match.end()) is not None
        found.append(Number(match[0].strip(), frozenset(values), counts))
    return found


def values(text: str) -> frozenset[Decimal]:
    """Return what any number of a text may stand for, those in words and Chinese numerals too."""
    plain = normalised(text)
    found = {v for number in numbers(text) for v in number.values}
    found |= {
        Decimal(chinese_number(m[0])).normalize()
        for m in _CHINESE.finditer(plain)
        if m[0][0] not in "万萬亿億"
    }
    found |= {Decimal(_WORDS[w]).normalize() for w in _WORD.findall(plain) if w in _WORDS}
    return frozenset(found)


def missing(claim: str, *sources: str) -> list[str]:
    """Return the numbers of a claim, as it writes them, that stand in none of the sources.

    A count, as of "8 days", is not borne out by a share, as in "8 %".
    """
    known = frozenset[Decimal]().union(*(values(source) for source in sources))
    claimed = numbers(claim)
    counted = known
    if any(number.counts for number in claimed):
        counted = frozenset[Decimal]().union(*(values(_without_shares(s)) for s in sources))
    return [n.text for n in claimed if not n.values & (counted if n.counts else known)]


def _without_shares(text: str) -> str:
    return _CHINESE_SHARE.sub(" ", _SHARE.sub(" ", normalised(text)))


def figures(text: str) -> set[str]:
    """Return the figures of a text as they are written, without commas: {"1200", "2026.3.1"}."""
    return {figure.replace(",", "") for figure in _FIGURE.findall(text)}


def digit_runs(text: str) -> set[str]:
    """Return the runs of digits of a text: {"1", "200", "3", "5"} of "1,200 and 3.5"."""
    return set(_DIGIT_RUN.findall(text))


def count_of(word: str) -> int | None:
    """Return the number that a word is, in digits, English or Chinese: 3, three, 三; else None."""
    if word.isdecimal():
        return int(word)
    return chinese_number(word) if _CHINESE.fullmatch(word) else _COUNTS.get(word.lower())


def in_digits(text: str) -> str:
    """Return a text with its numbers in words and Chinese numerals as digits: 两个月 is 2个月.

    A Chinese numeral counts where a word for what is counted follows; others are part of words.
    """
    text = _MEASURED.sub(lambda m: str(chinese_number(m[0])), text)
    return _WORD.sub(lambda m: str(_COUNTS.get(m[0].lower(), m[0])), text)
