"""Which edition of a document a question asks for: that of a time, a number, or the one before.

The words are English and Chinese (Traditional ones are folded); years, dates and "v2" are read in
all languages. A question in which nothing is seen asks for what is in force.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from ingest.text import folded, written_dates
from retrieval.library import Standing, plain_number

_NUMBER = re.compile(
    r"(?<![a-z])(?:v|version|revision|edition) ?(\d{1,3}(?:\.\d{1,3}){0,3})(?![\d.]*[\da-z])"
    r"|(?<![\d.])第?(\d{1,3}(?:\.\d{1,3}){0,3}) ?版(?!本)"
)
# Not "before" or 之前: "how long before the trip" asks for no older rule.
_EARLIER = re.compile(
    r"\b(?:old|older|previous|former|outdated|superseded) (?:version|edition|polic|rule|handbook"
    r"|list|price|limit|one|regulation|procedure|terms|contract|agreement|guide|manual|form)"
    r"|\b(?:previously|formerly|back then|used to|in the past)\b"
    r"|旧版|上一版|上个版本|前一版|老版|旧的|旧制度|旧规定|旧办法|旧价|从前|过去|原先|当时"
    r"|(?:^|[,，。;；!！?？ ])以前|以前的?(?:规定|制度|办法|版本|价格|标准|是|怎么)"
)
_CHANGES = re.compile(
    r"\b(?:chang(?:e|es|ed)|differ|difference|differences|compare|compared|comparison|versus|vs"
    r"|what is new|what's new|history|each version|all versions)\b"
    r"|变化|变更|变动|修改|改动|修订了|区别|不同|对比|相比|比较|历次|各版|沿革"
)


@dataclass(frozen=True)
class AskedEdition:
    """What a question says of the edition it means.

    `periods` are the times that it names, as ISO dates of which the last part may be missing.
    `both`: it asks for what changed, so that the older one is needed too.
    """

    periods: tuple[str, ...]
    numbers: tuple[str, ...]
    earlier: bool
    both: bool


def asked_edition(question: str) -> AskedEdition:
    """Read which edition of the documents a question asks for."""
    plain = folded(question)
    return AskedEdition(
        tuple(dict.fromkeys(iso for iso, *_ in written_dates(question))),
        tuple(plain_number(m[1] or m[2]) for m in _NUMBER.finditer(plain)),
        bool(_EARLIER.search(plain)),
        bool(_CHANGES.search(plain)),
    )


def preferred(asked: AskedEdition, series: Collection[Standing]) -> frozenset[str]:
    """Return the ids of the editions, of one document, that a question is answered from first.

    `series` are those of which a passage was found. Asked for by its number or its time is what has
    that number, or held at that time: the newest of these. Without either it is what is in force.
    """
    for numbered in asked.numbers:
        if exact := frozenset(s.document for s in series if s.number == numbered):
            return exact
    for period in asked.periods:
        held = [s for s in series if s.dated and _held(s, period)]
        if held:
            newest = max(s.dated for s in held)
            return frozenset(s.document for s in held if s.dated == newest)
    if asked.earlier:
        older = [s for s in series if s.state == "older"]
        newest = max((s.dated for s in older), default="")
        return frozenset(s.document for s in older if s.dated == newest)
    return frozenset[str]().union(*(s.in_force for s in series))


def _held(standing: Standing, period: str) -> bool:
    """Tell whether an edition was in force at some time of a period, as far as dates are given."""
    if standing.state == "draft" or standing.dated[: len(period)] > period[: len(standing.dated)]:
        return False
    return not standing.until or standing.until > period
