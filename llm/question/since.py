"""The day from which on something is asked for: "since Monday", "in the last ten days", 本周."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ingest.text import MONTH, MONTH_NAMES, WEEKDAYS, count_of

_RECENT = 7  # days that "lately" goes back to
_FEW = 3
_SAID_DAYS = re.compile(
    r"(?P<n>\d+|couple of|[a-z]+(?=\s)|[一二两三四五六七八九十]+)?\s*个?(?P<unit>天|日|周|星期"
    r"|月|days?|weeks?|months?|years?|fortnight)"
)
_UNITS = {
    "天": 1,
    "日": 1,
    "day": 1,
    "周": 7,
    "星期": 7,
    "week": 7,
    "月": 30,
    "month": 30,
    "year": 365,
    "fortnight": 14,
}
_DATE_ZH = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DATE_EN = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd"
    rf"|th)? (?:of )?)?(?P<month>{MONTH})\b\.?(?: (?P<day_>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?\b)?(?:,? (?P<year>\d{{4}}))?"
)


def first_day(said: str, today: date) -> date | None:
    """Return the first of the days that are meant; None where no day can be made of the words."""
    said = re.sub(r"^(?:since|after|自从|自|从)\s*|\s*(?:以来|之后|以后|起)$", "", said).strip()
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    fixed = {
        "": today - timedelta(days=_RECENT),
        "today": today, "今天": today, "now": today,
        "yesterday": today - timedelta(days=1), "昨天": today - timedelta(days=1),
        "this week": monday, "本周": monday, "这周": monday, "这星期": monday, "这个星期": monday,
        "last week": monday - timedelta(days=7), "上周": monday - timedelta(days=7),
        "上星期": monday - timedelta(days=7), "上个星期": monday - timedelta(days=7),
        "this month": month, "本月": month, "这月": month, "这个月": month,
        "last month": (month - timedelta(days=1)).replace(day=1),
        "上月": (month - timedelta(days=1)).replace(day=1),
        "上个月": (month - timedelta(days=1)).replace(day=1),
        "this year": today.replace(month=1, day=1), "今年": today.replace(month=1, day=1),
    }  # fmt: skip
    if said in fixed:
        return fixed[said]
    if said in ("lately", "recently", "最近", "近期", "近来", "新近"):
        return fixed[""]
    return _weekday(said, today) or _days(said, today) or _written(said, today)


def _weekday(said: str, today: date) -> date | None:
    """Return the last such day of the week, today if it is one: Monday, 周一, 上周五."""
    day = next((n for n, name in enumerate(WEEKDAYS) if said in (name, f"last {name}")), None)
    if day is None and (
        m := re.fullmatch(r"(?:上个?|这个?|本)?(?:周|星期|礼拜)([一二三四五六日天])", said)
    ):
        day = "一二三四五六日".index(m[1].replace("天", "日"))
    if day is None:
        return None
    back = (today.weekday() - day) % 7
    last = said.startswith("上")  # of the week before this one
    return today - timedelta(days=today.weekday() + 7 - day if last else back)


def _days(said: str, today: date) -> date | None:
    """Return the day that lies so far back: the last 7 days, 最近两周."""
    said = re.sub(
        r"^(?:(?:in|within|over|during)\s+)?(?:the\s+)?(?:last|past)\s+|^(?:最近|近|过去|这)",
        "",
        said,
    )
    match = _SAID_DAYS.fullmatch(said)
    if not match:
        return None
    few = match["n"] in ("few", "couple of")
    n = _FEW if few else count_of(match["n"]) if match["n"] else 1
    unit = _UNITS[match["unit"] if match["unit"] in _UNITS else match["unit"].rstrip("s")]
    return today - timedelta(days=n * unit) if n and n * unit <= 3660 else None


def _written(said: str, today: date) -> date | None:
    """Return a day written out; of one without a year the last that has come."""
    match = _ISO.fullmatch(said) or _DATE_ZH.fullmatch(said) or _DATE_EN.fullmatch(said)
    if not match:
        return None
    given = match.groupdict()
    month = given["month"]
    number = (
        int(month)
        if month.isdigit()
        else next(n for n, name in enumerate(MONTH_NAMES, 1) if name.startswith(month[:3]))
    )
    day = int(given.get("day") or given.get("day_") or 1)
    try:
        if given["year"]:
            return date(int(given["year"]), number, day)
        found = date(today.year, number, day)
        return found if found <= today else found.replace(year=today.year - 1)
    except ValueError:
        return None
