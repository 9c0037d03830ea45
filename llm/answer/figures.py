"""The figures of an answer held against those of passages, by what they are worth."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import chain

from ingest.text import Date, Quantity, agree, list_sizes, plain, quantities
from llm.answer.sums import amounts, speaks_of_sum, sums

# What gives its figures in thousands or 万 says so once: "(RMB million)", 单位：万元.
_SCALED = re.compile(
    r"\bin (?:thousands|millions|billions)\b|\([^()\n]{0,20}\b(?:thousand|million|billion)s?\)"
    r"|[(（:：](?:人民币)?(?:百万|千万|千|万|亿|萬|億)(?:[美欧港日]?[元圆]|人)?",
    re.IGNORECASE,
)
# A question after a section or article itself; English and Chinese.
_ASKS_LABEL = re.compile(
    r"\b(?:which|what)\s(?:section|article|clause|chapter|step|page|paragraph|annex|appendix|table"
    r"|figure|item)\b|(?:哪一?|第?几|第?幾)(?:条|條|章|节|節|款|项|項|步|页|頁|部分)",
    re.IGNORECASE,
)
_GAPS = re.compile(r"[\s\-_/.]+")
_YEAR = frozenset({"year"})
_MOST_COUNTED = 20


class KnownFigures:
    """The figures of a question and of its passages.

    Labels, as "Section 4.2" or the "3." of a list, are evidence of labels only.
    """

    def __init__(self, question: str, passages: Sequence[str]) -> None:
        self._question = question
        texts = [plain(text) for text in (question, *passages)]
        read = [quantities(text) for text in texts]
        self._code_text = _GAPS.sub("", "\n".join(texts).lower())
        self._amounts = [
            amounts(text, found) for text, found in zip(texts[1:], read[1:], strict=True)
        ]
        self._units: dict[Decimal, set[frozenset[str]]] = defaultdict(set)
        self._unscaled: dict[Decimal, set[frozenset[str]]] = defaultdict(set)
        self._dates: set[Date] = set()
        self._times: set[int] = set()
        self._labels: set[str] = set()
        for one in chain.from_iterable(read):
            self._add(one)
        self._years = {year for year, _, _ in self._dates}
        self._months = {month for _, month, _ in self._dates}
        self._lists = frozenset[int]().union(*map(list_sizes, passages))
        self._asks_label = bool(_ASKS_LABEL.search(question))
        self._is_scaled = any(_SCALED.search(text) for text in texts[1:])

    def unknown(self, statement: str) -> list[str]:
        """Return the figures of a statement that neither the question nor a passage bears out."""
        text = plain(statement)
        found = quantities(text)
        lacking = [one for one in found if one.stated and not self._has(one)]
        if not lacking:
            return []
        counts = self._lists | list_sizes(text)
        lacking = [one for one in lacking if not _is_count(one, counts)]
        if not speaks_of_sum(self._question, text):
            return [one.text for one in lacking]
        made = {total for total, _ in sums(text, amounts(text, found), self._amounts)}
        return [one.text for one in lacking if not one.values & made]

    def _add(self, one: Quantity) -> None:
        if one.kind == "label":
            self._labels.add(one.code)
            return
        for value in one.values:
            self._units[value].add(one.units)
        if one.values == one.bare:
            for value in one.bare:
                self._unscaled[value].add(one.units)
        for date in one.dates:
            self._dates.add(date)
            if date[0]:
                self._units[Decimal(date[0]).normalize()].add(_YEAR)
        self._times |= one.times

    def _has(self, one: Quantity) -> bool:
        if one.kind == "label":
            return not self._asks_label or one.code in self._labels or self._has_code(one.code)
        if any(agree(one.units, units) for v in one.values for units in self._units.get(v, ())):
            return True
        unscaled = one.bare if self._is_scaled and one.values != one.bare else ()
        if any(agree(one.units, units) for v in unscaled for units in self._unscaled.get(v, ())):
            return True
        if one.code and self._has_code(one.code):
            return True
        return self._has_time(one) or any(self._has_date(date) for date in one.dates)

    def _has_code(self, code: str) -> bool:
        """Tell whether a code stands in the texts and goes on with no digit there."""
        text, at = self._code_text, self._code_text.find(code)
        while at >= 0:
            before, behind = text[at - 1 : at] if at else "", text[at + len(code) :][:1]
            if not behind.isdigit() and not (code[0].isdigit() and before.isdigit()):
                return True
            at = text.find(code, at + 1)
        return False

    def _has_time(self, one: Quantity) -> bool:
        hours = {Decimal(t // 60).normalize() for t in one.times if t % 60 == 0}
        return bool(one.times & self._times) or any(
            frozenset() in self._unscaled.get(h, ()) for h in hours
        )

    def _has_date(self, date: Date) -> bool:
        """Tell whether a known date has all parts of a date, or lacks some that stand alone."""
        year, month, day = date
        for known in self._dates:
            same = [a == b for a, b in zip(date, known, strict=True) if a and b]
            if not same or not all(same):
                continue
            alone = (
                known[0] or not year or year in self._years or self._has_bare(year),
                known[1] or not month or month in self._months,
                known[2] or not day or self._has_bare(day),
            )
            if all(alone):
                return True
        return False

    def _has_bare(self, value: int) -> bool:
        units = self._unscaled.get(Decimal(value).normalize(), set())
        return any(not u or "day" in u or "year" in u for u in units)


def _is_count(one: Quantity, sizes: frozenset[int]) -> bool:
    """Tell whether a figure may be the number of items in a list: "4 action items"."""
    if one.kind != "number" or one.units or one.code:
        return False
    return any(value <= _MOST_COUNTED and value in sizes for value in one.values)
