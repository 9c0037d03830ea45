"""Each way to write a figure, as the pattern finds it, read for what it is worth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from ingest.text.dates import MONTHS
from ingest.text.number_words import NUMERAL, ONES, chinese_number, digits_worth, english_numbers
from ingest.text.quantity import Quantity
from ingest.text.quantity_pattern import ADJECTIVE, RANKS, SCALES
from ingest.text.units import units_of

_LONGEST = 30  # digits, above which a run of them is no number
_CODE_GAPS = re.compile(r"[\s\-_/.]+")
_FIGURE_IN_CODE = re.compile(
    r"[a-z]+-(\d{1,9})|(?:FY|CY|Q|H|S)-?(\d{1,4})|[A-Za-z\-_]+-((?:19|20)\d\d)(?!\d)"
)
_LABEL_NUMBER = re.compile(rf"\d+(?:\.\d+)*|{NUMERAL}")
_JOINS_UNIT = re.compile(rf"^\)?\s?-?\s?(?:{ADJECTIVE})?", re.IGNORECASE)


def _worth(*values: Decimal | int) -> frozenset[Decimal]:
    return frozenset(Decimal(value).normalize() for value in values)


def _of(match: re.Match[str], **fields: Any) -> Quantity:
    return Quantity(match[0].strip(), *match.span(), **fields)


def _label(match: re.Match[str]) -> Quantity:
    """Return a label, whose code is its first number: "4.2" of "Section 4.2", "3" of 第三条."""
    number = _LABEL_NUMBER.search(match[0])
    told = number[0] if number else ""
    if told[:1].isdecimal():  # those of other scripts, too: "٣"
        code = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in told)
    else:
        code = str(chinese_number(told)) if told else ""
    return _of(match, kind="label", code=code)


def _row(match: re.Match[str]) -> Quantity:
    worth = _worth(int(match["first"]))
    return _of(match, values=worth, bare=worth, stated=False)


def _ymd(match: re.Match[str]) -> Quantity:
    date = int(match["y1"]), int(match["m1"]), int(match["d1"] or 0)
    return _of(match, kind="date", dates=frozenset({date}))


def _dmy(match: re.Match[str]) -> Quantity:
    one, other, year = int(match["d2"]), int(match["m2"]), int(match["y2"])
    dates = {(year, m, d) for d, m in ((one, other), (other, one)) if 0 < m < 13 and 0 < d < 32}
    return _of(match, kind="date", dates=frozenset(dates))


def _zh(match: re.Match[str]) -> Quantity:
    date = tuple(_int(match[group] or "0") for group in ("y3", "m3", "d3"))
    # 一月 to 三月 without a day may be parts of other words
    sure = bool(date[0] or date[2] or match["m3"][0].isdigit() or match["m3"][0] == "十")
    return _of(match, kind="date", dates=frozenset({date}), stated=sure)


def _en(match: re.Match[str]) -> Quantity:
    month = MONTHS[match["m4"][:3].lower()]
    date = int(match["y4"] or 0), month, int(match["d4"] or match["d5"] or 0)
    return _of(match, kind="date", dates=frozenset({date}))


def _clock(match: re.Match[str]) -> Quantity:
    times = _minutes(match["h1"], int(match["min1"]), match["ap1"] or match["part1"] or "")
    values = _worth(int(match["h1"])) if match["min1"] == "00" else frozenset[Decimal]()
    return _of(match, kind="time", times=times, values=values)


def _oclock(match: re.Match[str]) -> Quantity:
    times = _minutes(match["h2"], int(match["min2"] or 0), match["ap2"] or "")
    return _of(match, kind="time", times=times)


def _dian(match: re.Match[str]) -> Quantity:
    said = match["min3"] or ""
    quarter = {"半": 30, "一刻": 15, "三刻": 45}.get(said)
    minutes = quarter or (_int(said[:-1]) if said.endswith("分") else 0)
    sure = bool(match["part3"] or said or match["h3"][0].isdigit())
    values = frozenset() if match["part3"] or said else _worth(_int(match["h3"]))
    times = _minutes(match["h3"], minutes, match["part3"] or "")
    return _of(match, kind="time", times=times, values=values, bare=values, stated=sure)


def _share(match: re.Match[str]) -> Quantity:
    said = match["hundredth"]
    whole, _, after = said.partition("点")
    if said[0].isdigit():
        values = _worth(*digits_worth(said)[:1])
    else:
        figure = f"{chinese_number(whole)}.{''.join(str(ONES[c]) for c in after)}"
        values = _worth(Decimal(figure.rstrip(".")))
    return _of(match, values=values, bare=values, units=units_of("%"))


def _digits(match: re.Match[str]) -> Quantity | None:
    digits = match["num"]
    if len(digits) > _LONGEST or (digits.count(".") > 1 and not digits_worth(digits)):
        return _of(match, kind="code", code=_CODE_GAPS.sub("", digits))
    bare = digits_worth(digits)
    values = tuple(bare)
    if scale := (match["scale"] or "").strip().lower().rstrip("."):
        power = Decimal(10) ** SCALES[scale]
        values = (bare[0] * power,)
        if match["num2"]:
            values = (values[0] + int(match["num2"]) * 10 ** SCALES[match["scale2"]],)
            bare = values
        if scale in "mb":  # "5m" may be metres
            values += bare if not match["before"] else ()
    unit = _unit(match["unit1"])
    if match["half1"]:
        values = (*values, values[0] + Decimal("0.5"))
    units = units_of((match["before"] or "").strip()) or unit
    is_day = match["nth"] or match[0].endswith("日")
    day = bare[0] if bare and not scale and is_day else Decimal(0)
    dates = frozenset({(0, 0, int(day))} if 0 < day < 32 else ())
    code = _CODE_GAPS.sub("", match[0].lower()) if match["tail"] else ""
    return _of(
        match, values=_worth(*values), bare=_worth(*bare), units=units, dates=dates, code=code
    )


def _code(match: re.Match[str]) -> Quantity:
    """Return a code; "FY2026", "Q3" and "mid-2026" may be told by the figure in them alone."""
    told = _FIGURE_IN_CODE.fullmatch(match[0])
    values = _worth(int(told[1] or told[2] or told[3])) if told else frozenset[Decimal]()
    code = _CODE_GAPS.sub("", match[0].lower())
    return _of(match, kind="code", values=values, bare=values, code=code)


def _phone(match: re.Match[str]) -> Quantity:
    return _of(match, kind="code", code=_CODE_GAPS.sub("", match[0]))


def _ordinal(match: re.Match[str]) -> Quantity:
    values = _worth(_int(match["place"]))
    return _of(match, values=values, bare=values, stated=match["place"][0].isdigit())


def _numeral(match: re.Match[str]) -> Quantity | None:
    numeral = match["han"]
    if numeral[0] in "万萬亿億":
        return None
    ones = all(c in ONES for c in numeral)
    about = ones and len(numeral) == 2 and not set(numeral) & set("零〇")  # 三四天, 两三个
    values = _worth(*(ONES[c] for c in numeral)) if about else _worth(chinese_number(numeral))
    unit = _unit(match["unit2"])
    if match["half2"]:
        values = _worth(*values, max(values) + Decimal("0.5"))
    # 一个, 十分 and 千万 are often no figures
    tied = bool(unit or match["counter"])
    sure = values != _worth(1) and (tied or len(numeral) > 2) and numeral[:2] not in ("千万", "百")
    dates = frozenset(
        {(0, 0, int(max(values)))} if match[0].endswith("日") and max(values) < 32 else ()
    )
    return _of(match, values=values, bare=values, units=unit, dates=dates, stated=sure)


def in_words(match: re.Match[str]) -> Iterator[Quantity]:
    """Yield the numbers of a run of number words; the last one has the unit behind it."""
    words = re.findall("[a-z]+", match["run"].lower())
    numbers = english_numbers(words)
    for n, (value, first, _) in enumerate(numbers):
        last = n == len(numbers) - 1
        units = _unit(match["unit3"]) if last else frozenset[str]()
        # "one" is often a pronoun, "two" beside two things, "millions" none
        lone = words[first] in ("million", "billion", "thousand", "hundred", "dozen")
        sure = value > (1 if units else 2) and not (lone and match[0][0] not in "aA")
        values = _worth(value)
        said = match[0].strip() if len(numbers) == 1 else words[first]
        yield Quantity(said, *match.span(), values=values, bare=values, units=units,
                       stated=sure and not match["part"])  # fmt: skip


def _each(match: re.Match[str]) -> Quantity:
    return _of(match, values=_worth(1), bare=_worth(1), units=_unit(match["unit4"]), stated=False)


def _rank(match: re.Match[str]) -> Quantity:
    values = _worth(RANKS.index(match[0].lower()) + 1)
    return _of(match, values=values, bare=values, stated=False)


def _int(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else chinese_number(numeral)


def _unit(written: str | None) -> frozenset[str]:
    """Return the units that stand behind a figure, whatever joins them to it."""
    return units_of(_JOINS_UNIT.sub("", written, count=1)) if written else frozenset()


def _minutes(hour: str, minutes: int, part: str) -> frozenset[int]:
    """Return the minutes of the day that a time may be: of "9:00" one, of "3 o'clock" two."""
    h = _int(hour)
    if h > 24:
        return frozenset()
    if part in ("p", "P", "下午", "傍晚", "晚上", "夜间", "夜裡", "夜里"):
        hours = {h + 12 if h < 12 else h}
    elif part == "中午":
        hours = {h + 12 if h < 4 else h}
    elif part:
        hours = {0 if h == 12 and part in "aA" else h}
    else:
        hours = {h, h + 12} if 0 < h < 12 and not hour.startswith("0") else {h}
    return frozenset(h * 60 + minutes for h in hours)


# By the group of the pattern.
READERS: dict[str, Callable[[re.Match[str]], Quantity | None]] = {
    "list": _label, "label": _label, "row": _row, "ymd": _ymd, "dmy": _dmy, "zh": _zh, "en": _en,
    "clock": _clock, "oclock": _oclock, "dian": _dian, "share": _share, "digits": _digits,
    "code": _code, "phone": _phone, "ordinal": _ordinal, "numeral": _numeral,
    "each": _each, "rank": _rank,
    "fraction": lambda match: None,
}  # fmt: skip
