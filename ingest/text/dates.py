"""Months and dates: their names, and those that a text speaks of."""

from __future__ import annotations

import re

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTHS = {name[:3]: n for n, name in enumerate(MONTH_NAMES, 1)}  # by three letters
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# For the inside of a pattern.
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
YEAR = r"(?:19|20)\d\d"

Month = tuple[int, int]  # year, 1 to 12

# "2017年3月", "2017-03", "March 5, 2017", "the 5th of March 2017"; of "from March to May 2017" and
# “2017年3月至5月” the month without a year has that of the other one.
_WRITTEN = re.compile(
    rf"(?<!\d)(?P<y1>{YEAR})\s*年\s*(?P<m1>\d{{1,2}})\s*月"
    rf"(?:\s*\d{{1,2}}\s*日)?(?:\s*[至到~—–-]\s*(?P<to1>\d{{1,2}})\s*月)?"
    rf"|(?<!\d)(?P<y2>{YEAR})(?:[-/]|\.(?=\d+\.\d))(?P<m2>0?[1-9]|1[0-2])(?!\d)"
    rf"|(?:\b(?P<from3>{MONTH})\b\.?\s*(?:to|through|until|and|[-–—])\s*)?\b(?P<m3>{MONTH})\b\.?,?"
    rf"\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?:of\s+)?(?P<y3>{YEAR})(?!\d)",
    re.IGNORECASE,
)
# Loose where MONTH is strict: "marches" and "maybe" count too. Stricter, translations that are
# taken today would be left out.
_MONTH_WORD = re.compile(rf"\b({'|'.join(MONTHS)})[a-z]*\b", re.IGNORECASE)


def months(text: str) -> frozenset[Month]:
    """Return the months that a text names with their year; a span is told by its two ends."""
    found: set[Month] = set()
    for match in _WRITTEN.finditer(text):
        given = match.groupdict()
        year = int(given["y1"] or given["y2"] or given["y3"])
        for key in ("m1", "to1", "m2", "from3", "m3"):
            if name := given[key]:
                month = int(name) if name.isdigit() else MONTHS[name[:3].lower()]
                found.add((year, month))
    return frozenset(found)


def month_words(text: str) -> set[int]:
    """Return the months, 1 to 12, that words of a text begin like: {3} of "on March 5"."""
    return {MONTHS[m[1].lower()] for m in _MONTH_WORD.finditer(text)}
