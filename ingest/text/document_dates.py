"""The date that a document gives itself: in title, path, heading or a line that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from langchain_core.documents import Document

from ingest.text.dates import MONTH, MONTHS, YEAR

_DATE = re.compile(
    rf"(?<!\d){YEAR}([-./])\d{{1,2}}(?:\1\d{{1,2}})?(?!\d)"
    rf"|(?<!\d){YEAR}\s*年(?:\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?)?"
    rf"|\b(?:\d{{1,2}}\s+)?{MONTH}\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?{YEAR}(?!\d)"
    rf"|(?<!\d)(?<!(?-i:[A-Z])-){YEAR}(?!\d)",  # not of a model: HL-2000
    re.IGNORECASE,
)
# Words before a date that is the document's own.
_OWN = re.compile(
    r"(?:生效|发布|发文|更新|修订|制定|编制|施行|实施|日期|effective|updated|revised|published"
    r"|issued|dated?|as of|in force|version)[^\n。.]{0,12}$",
    re.IGNORECASE,
)


def dated(passage: Document) -> str:
    """Return the date of a passage's document as it is written there, "" if none is seen."""
    for key in ("title", "path", "heading"):
        if found := _DATE.search(str(passage.metadata.get(key) or "")):
            return found[0]
    return next(own_dates(passage.page_content), "")


def own_dates(text: str) -> Iterator[str]:
    """Yield the dates in a text that stand behind a word for its own date, as they are written."""
    for match in _DATE.finditer(text):
        if _OWN.search(text[max(0, match.start() - 24) : match.start()]):
            yield match[0]


# Year, month and day by the form in which they are written; a bare year last. It is none in the
# name of a model or a standard: HL-2000, ISO 9001:2015. Of each form the groups are y, m and d.
_CAPITALS = "".join(rf"(?<!(?<!(?-i:[A-Z]))(?-i:[A-Z]){{{n}}}-)" for n in (1, 2, 3))
_FORMS = (
    rf"(?<!\d){_CAPITALS}(?P<y1>{YEAR})(?P<between>[-./_])"
    r"(?P<m1>0?[1-9]|1[0-2])"
    r"(?:(?P=between)(?P<d1>0?[1-9]|[12]\d|3[01]))?(?!\d)",
    rf"(?<!\d)(?P<y2>{YEAR})(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?!\d)",
    rf"(?<![\d.])(?P<d3>0?[1-9]|[12]\d|3[01])\.(?P<m3>0?[1-9]|1[0-2])\.(?P<y3>{YEAR})(?!\d)",
    rf"(?<!\d)(?P<y4>{YEAR})\s{{0,3}}年度?"
    r"(?:\s{0,3}(?P<m4>0?[1-9]|1[0-2])\s{0,3}月"
    r"(?:\s{0,3}(?P<d4>0?[1-9]|[12]\d|3[01])\s{0,3}[日号])?)?",
    r"(?<![\da-z])(?:(?P<d5>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?[ _-](?:of )?)?"
    rf"(?P<m5>{MONTH})(?![a-z])\.?,?[ _-]?"
    rf"(?:(?P<d6>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,? )?(?P<y5>{YEAR})(?!\d)",
    rf"(?<![\d:.,]){_CAPITALS}(?P<y6>{YEAR})(?!\d|[.,]\d)",
)
_ANY_DATE = re.compile("|".join(_FORMS), re.IGNORECASE)
_CHINESE_YEAR = re.compile("[〇零一二三四五六七八九]{4}(?=年)")
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")

# What a document says of the day from which it holds, before the date and behind it. English,
# Chinese (fold Traditional before) and German; others are dated by name and version.
_HOLDS = (
    r"effective(?: date)?|(?:come|came|coming)s? into (?:force|effect)"
    r"|enters? into (?:force|effect)"
    r"|takes? effect|in (?:force|effect)|valid|applicable|applies|gultig|gültig|in kraft"
)
_FROM = re.compile(
    rf"\b(?:{_HOLDS})\b[\s*_:|]{{0,4}}"
    r"(?:\b(?:from|as of|since|starting|on|ab|seit)\b)?[\s*_:|]{0,4}$"
    r"|(?:生效|施行|实施|执行|适用|启用)(?:日期|时间|日)?(?:为|自|从)?[\s*_:：|]{0,4}$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\s?(?:起|开始|始)?(?:正式)?(?:施行|实施|执行|生效|适用|启用)(?!的)")
_NEAR = 40  # characters before a date in which these words stand


def written_dates(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the dates in a text as ISO 8601 (2024-07-01, 2024-07 or 2024), from where to where."""
    text = _CHINESE_YEAR.sub(lambda m: m[0].translate(_HAN_DIGITS), text)
    for match in _ANY_DATE.finditer(text):
        given = {
            key[0]: value for key, value in match.groupdict().items() if value and key[1:] < "7"
        }
        month = given.get("m", "")
        number = int(month) if month.isdigit() else MONTHS.get(month[:3].lower(), 0)
        iso = given["y"] + (f"-{number:02}" if number else "")
        yield iso + (f"-{int(given['d']):02}" if "d" in given else ""), match.start(), match.end()


def in_force_from(text: str) -> str:
    """Return the first date from which a text says that it holds, as ISO 8601, "" if none."""
    for iso, start, end in written_dates(text):
        if _FROM.search(text, max(0, start - _NEAR), start) or _SINCE.match(text, end):
            return iso
    return ""
