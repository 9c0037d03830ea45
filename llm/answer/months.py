"""The months that a question and a sentence speak of, and dates of which a part is missing."""

from __future__ import annotations

import re

from ingest.text import MONTH, MONTHS, STOPS, letters, own_dates, sentences

Month = tuple[int, int]  # year, 1 to 12

_YEAR = r"(?P<y{}>(?:19|20)\d\d)"
# "2017年3月", "2017-03", "March 5, 2017", "the 5th of March 2017"; of "from March to May 2017" and
# “2017年3月至5月” the month without a year has that of the other one.
_WRITTEN = re.compile(
    rf"(?<!\d){_YEAR.format(1)}\s*年\s*(?P<m1>\d{{1,2}})\s*月"
    rf"(?:\s*\d{{1,2}}\s*日)?(?:\s*[至到~—–-]\s*(?P<to1>\d{{1,2}})\s*月)?"
    rf"|(?<!\d){_YEAR.format(2)}(?:[-/]|\.(?=\d+\.\d))(?P<m2>0?[1-9]|1[0-2])(?!\d)"
    rf"|(?:\b(?P<from3>{MONTH})\b\.?\s*(?:to|through|until|and|[-–—])\s*)?\b(?P<m3>{MONTH})\b\.?,?"
    rf"\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?:of\s+)?{_YEAR.format(3)}(?!\d)",
    re.IGNORECASE,
)
# A text that is a date and nothing else, of which a part may be missing.
_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:(?P<year>\d{4})\s*年)?\s*(?:(?P<month>\d{1,2})\s*月)?\s*(?:(?P<day>\d{1,2})\s*[日号號])?",
        rf"(?P<month>{MONTH})\.?\s*(?P<day>\d{{1,2}}(?!\d))?(?:st|nd|rd|th)?,?\s*(?P<year>\d{{4}})?",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH})\.?,?\s*(?P<year>\d{{4}})?",
    )
]
_HEAD = re.compile(r"\[\d+\] \((.*)\)\n")  # of a passage as prompts have it


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


def of_another_month(sentence: str, question: str) -> bool:
    """Tell whether a question is about a month, and a sentence only about others.

    Not so where the question's lies between two of the sentence's, which may tell of the time
    between them.
    """
    if not (asked := months(question)):  # as of most questions
        return False
    told = months(sentence)
    if not told or asked & told:
        return False
    return not any(min(told) < month < max(told) for month in asked)


def dated_in(source: str, question: str) -> bool:
    """Tell whether a source is of the question's month, by its title, heading or own date.

    The minutes of a meeting in March tell of what is to be done in June.
    """
    head = _HEAD.match(source)
    own = "\n".join([head[1] if head else "", *own_dates(source)])
    return bool(months(own) & months(question))


def told_of_another_month(said: str, source: str, question: str) -> bool:
    """Tell whether all the sentences of a source that have these words are about other months.

    Not so where the source is itself of the question's month.
    """
    if not months(question) or dated_in(source, question):
        return False
    bare = letters(said)
    holding = [span.text for span in sentences(source) if bare in letters(span.text)]
    return bool(bare and holding) and all(of_another_month(s, question) for s in holding)


def is_fuller_date(date: str, other: str) -> bool:
    """Tell whether the other is the same date with more of year, month and day: 8日, 5月8日."""
    one, more = _date(date), _date(other)
    return bool(one) and one.items() < more.items()


def _date(text: str) -> dict[str, str]:
    """Return the year, month and day of a text that is a date, as far as it has them."""
    bare = text.strip(STOPS)
    for pattern in _DATES:
        if match := pattern.fullmatch(bare):
            return {
                part: (value.lstrip("0") if value.isdigit() else value[:3].lower())
                for part, value in match.groupdict().items()
                if value
            }
    return {}
