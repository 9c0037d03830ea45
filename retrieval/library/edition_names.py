"""What the name of a document says of its edition: its series, number, dates, and whether it holds.

The words are English and Chinese (Traditional ones are folded), some German; a number, a date
or a copy's "(2)" is known in all languages. Names in others keep the words that are not known, so
that fewer documents are taken for editions of the same one, never more.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from ingest.text import folded, in_digits, written_dates

# A policy is superseded by the next one; a report tells of its own time and stays true of it.
Kind = Literal["standing", "periodic", ""]

_NUMBER = r"(\d{1,3}(?:\.\d{1,3}){0,3})"
_NUMBERED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![a-z])(?:v|ver|vers|version|rev|revision|edition|ed|release|fassung)"
        rf"[ .:-]{{0,2}}{_NUMBER}(?![\da-z])",
        r"(?<!\d)(\d{1,3})(?:st|nd|rd|th) (?:edition|revision)\b",
        rf"版本(?:号)?[ :]{{0,2}}v?{_NUMBER}",
        rf"第 ?{_NUMBER} ?次?(?:版|修订)",
        r"第 ?([一二三四五六七八九十]) ?次?(?:版|修订)",
        rf"(?<![\d.]){_NUMBER} ?版(?!本)",
    )
)
_DRAFT = re.compile(
    r"(?<![a-z])(?:draft|proposal|wip|entwurf)(?![a-z])|草案|草稿|初稿|征求意见稿|讨论稿|送审稿"
)
_WITHDRAWN = re.compile(
    r"(?<![a-z])(?:old|obsolete|superseded|outdated|withdrawn|archived?|previous|former"
    r"|deprecated|veraltet)(?![a-z])"
    r"|旧版|历史版本|已废止|废止|作废|失效|归档|(?:^|(?<=[\W_]))旧(?=$|[\W_])"
)
# What stands in a name beside what the document is about.
_BESIDE = re.compile(
    rf"{_DRAFT.pattern}|{_WITHDRAWN.pattern}"
    r"|(?<![a-z])(?:copy of|copy|kopie von|kopie|final|latest|current|revised|revision|updated?|neu"
    r"|effective|valid|in force|version|edition|fassung|stand|from|until|as of"
    r"|since|dated?|of)(?![a-z])"
    r"|^new (?=[a-z])|(?<=[a-z]) new$"
    r"|修订版|修订稿|修正版|修订|修正|新版|最新版|最新|现行|定稿|终稿|终版|正式版|试行|暂行|副本|版本"
    r"|\(\d{1,2}\)$|(?:^|(?<=[\W_]))[版年](?=$|[\W_])"
)
_NO_WORD = re.compile(r"[\W_]+")
_STANDING = re.compile(
    r"(?<![a-z])(?:polic(?:y|ies)|handbook|manual|price ?lists?|tariffs?|rules?|rulebook"
    r"|regulations?|guides?|guidelines?|procedures?|instructions?|terms|conditions"
    r"|code of conduct|standards?"
    r"|templates?|forms?|agreement|contract|service levels?|sla|charter|bylaws|faq|checklists?"
    r"|richtlinien?|handbuch|preisliste|ordnung|regelung|anleitung|vertrag)(?![a-z])"
    r"|办法|制度|规定|规则|规范|规程|手册|章程|细则|政策|价目表|价格表|报价表|标准|流程|指南|指引|须知|守则|条例"
    r"|协议|合同|模板|表单|申请表|说明书|条款"
)
_ABOUT = re.compile(r" (?:of|on|for|about|zu|uber) | ?[:–—] ?| - |关于")
_PERIODIC = re.compile(
    r"(?<![a-z])(?:minutes|reports?|meetings?|newsletters?|bulletins?|results|statements?|budgets?"
    r"|forecasts?|agendas?|schedules?|calendars?|journals?|logs?|diary|invoices?|receipts?|surveys?"
    r"|plans?|reviews?|release notes|changelogs?|weekly|monthly|quarterly|annual"
    r"|protokolle?|bericht|rechnung)(?![a-z])"
    r"|纪要|记录|报告|报表|周报|月报|季报|年报|财报|例会|会议|总结|计划|预算|通讯|简报|日志|更新说明|发布说明"
    r"|日程|日历|安排|发票|账单|问卷"
)


@dataclass(frozen=True)
class EditionName:
    """What a title or a file's name says.

    `series` is the name without all that tells editions apart. `dated` is the first date in it, ISO
    8601, and `number` that of a version ("3", "2.1"); each "" where there is none.
    """

    series: str
    dated: str
    number: str
    draft: bool
    withdrawn: bool
    kind: Kind


def edition_name(name: str) -> EditionName:
    """Read a title, a file's name without its ending, or a folder's name."""
    plain = unicodedata.normalize("NFKC", name).replace("_", " ")
    dates = list(written_dates(plain))
    for _, start, end in reversed(dates):
        plain = f"{plain[:start]} {plain[end:]}"
    plain = " ".join(in_digits(folded(plain)).split())
    number = ""
    for pattern in _NUMBERED:
        if match := pattern.search(plain):
            number = number or plain_number(match[1])
            plain = f"{plain[: match.start()]} {plain[match.end() :]}"
    series = _NO_WORD.sub(" ", _BESIDE.sub(" ", plain.strip())).strip()
    return EditionName(
        series=series,
        dated=dates[0][0] if dates else "",
        number=number,
        draft=bool(_DRAFT.search(plain)),
        withdrawn=bool(_WITHDRAWN.search(plain)),
        kind=_kind(plain),
    )


def stated_number(text: str) -> str:
    """Return the number of the version that the head of a document states, "" if none."""
    plain = in_digits(folded(unicodedata.normalize("NFKC", text)))
    for pattern in _NUMBERED:
        if match := pattern.search(plain):
            return plain_number(match[1])
    return ""


def plain_number(number: str) -> str:
    """Return a version's number in one form: 三 of 第三版 as 3, and 2.0 as 2."""
    if number.isalpha():
        return str("一二三四五六七八九十".index(number) + 1)
    return re.sub(r"(?:\.0)+$", "", number)


def _kind(plain: str) -> Kind:
    """Return the kind of the noun that a name is about: its last one, before "on", "of" or ":".

    Minutes of a meeting about a policy are minutes; the rules of a meeting room are rules.
    """
    for part in (_ABOUT.split(plain, maxsplit=1)[0], plain):
        spaced = _NO_WORD.sub(" ", part)  # hyphens are spaces, so that words are words
        last: dict[Kind, int] = {
            "standing": max((m.end() for m in _STANDING.finditer(spaced)), default=-1),
            "periodic": max((m.end() for m in _PERIODIC.finditer(spaced)), default=-1),
        }
        kind = max(last, key=lambda k: last[k])
        if last[kind] >= 0:
            return kind
    return ""
