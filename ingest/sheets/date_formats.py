"""Dates and times in cells: numbers of days, shown by a format code."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

_LITERAL = re.compile(
    r'"[^"]*"?|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE | re.DOTALL
)
_DATE = re.compile(r"[ymdhs]|a{3,4}", re.IGNORECASE)
_NUMBER = re.compile(r"[0#?]")
_SECOND_PARTS = re.compile(r"(?<=s)\.0+", re.IGNORECASE)
_PIECE = re.compile(
    r'"([^"]*)"?|\\(.)|\[[hms]+\]|\[\$[^\]]*\]|\[[^\]]*\]|(?:am/pm|a/p|上午/下午)'
    r"|y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|.",
    re.IGNORECASE | re.DOTALL,
)
_HAN = re.compile(r"[年月日时時分秒]")
_WEEKDAYS = "一二三四五六日"
_LAST = 2_958_466  # days: the year 9999


@lru_cache(maxsize=1024)
def is_date(code: str) -> bool:
    """Whether a format code shows a date or a time."""
    first = _SECOND_PARTS.sub("", _LITERAL.sub("", code)).partition(";")[0]
    if "general" in first.lower():
        return False
    return bool(_DATE.search(first)) and not _NUMBER.search(first) and "e+" not in first.lower()


def shown_date(value: float, code: str, is_1904: bool) -> str | None:
    """Return a date: with Chinese signs as the cell shows it, else as ISO 8601, None if it is none.

    `value` counts days from 1900, or from 1904.
    """
    if not 0 <= value < _LAST:
        return None
    code = code.partition(";")[0]
    bare = _LITERAL.sub("", code).lower()
    if "[" in bare:
        return _elapsed(value, bare)
    day = value + (1462 if is_1904 else 0)
    if day < 60:  # the day 60 of 1900 never was
        day += 1
    moment = datetime(1899, 12, 30) + timedelta(seconds=round(day * 86400))
    if _HAN.search(code):
        return _as_written(moment, code)
    return _iso(moment, bare)


def _iso(moment: datetime, bare: str) -> str:
    has_clock = "h" in bare or "s" in bare
    has_day, has_year = "d" in bare, "y" in bare
    date = ""
    if has_day or has_year or not has_clock:
        date = f"{moment:%Y-%m-%d}" if has_day or "m" not in bare else f"{moment:%Y-%m}"
        if bare.strip() in ("yyyy", "yy"):
            date = f"{moment:%Y}"
    if not has_clock or (date and moment.hour == moment.minute == moment.second == 0):
        return date
    clock = f"{moment:%H:%M:%S}" if "s" in bare else f"{moment:%H:%M}"
    return f"{date} {clock}".strip()


def _elapsed(value: float, bare: str) -> str:
    seconds = round(value * 86400)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if "[h" in bare:
        said = f"{hours}:{minutes:02}"
    elif "[m" in bare:
        said = f"{seconds // 60}"
    else:
        return str(seconds)
    return f"{said}:{seconds % 60:02}" if "s" in bare.replace("[s", "") else said


def _as_written(moment: datetime, code: str) -> str:
    pieces = list(_PIECE.finditer(code))
    lower = [found[0].lower() for found in pieces]
    is_half = any(one in ("am/pm", "a/p", "上午/下午") for one in lower)
    said = []
    for n, (found, piece) in enumerate(zip(pieces, lower, strict=True)):
        if found[1] is not None or found[2] is not None:
            said.append(found[1] or found[2] or "")
        elif piece[0] == "m" and set(piece) == {"m"}:
            before = next((p for p in reversed(lower[:n]) if p[0] in "ymdhs"), "")
            after = next((p for p in lower[n + 1 :] if p[0] in "ymdhs"), "")
            is_minute = before.startswith("h") or after.startswith("s")
            said.append(_padded(moment.minute if is_minute else moment.month, piece))
        elif piece[0] in "ydhsa" and piece[0] != "[":
            said.append(_field(moment, piece, is_half))
        elif piece == "上午/下午":
            said.append("上午" if moment.hour < 12 else "下午")
        elif not piece.startswith("["):
            said.append(found[0])
    return "".join(said).strip()


def _field(moment: datetime, piece: str, is_half: bool) -> str:
    if piece in ("am/pm", "a/p"):
        return "AM" if moment.hour < 12 else "PM"
    match piece[0]:
        case "y":
            return f"{moment:%Y}" if len(piece) > 2 else f"{moment:%y}"
        case "d" if len(piece) > 2:
            return f"星期{_WEEKDAYS[moment.weekday()]}"
        case "d":
            return _padded(moment.day, piece)
        case "h":
            return _padded((moment.hour - 1) % 12 + 1 if is_half else moment.hour, piece)
        case "s":
            return _padded(moment.second, piece)
        case _:
            week = _WEEKDAYS[moment.weekday()]
            return f"星期{week}" if len(piece) == 4 else week


def _padded(count: int, piece: str) -> str:
    return f"{count:02}" if len(piece.partition(".")[0]) > 1 else str(count)
