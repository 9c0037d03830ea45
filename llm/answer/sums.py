"""Sums and differences in an answer whose parts stand in the passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from ingest.text import Quantity, agree, folded, plain, quantities

_COUNTED = re.compile(r"\s?([^\W\d_]+)")
_STEM = 6  # letters of the word for what is counted
_FEWEST, _MOST = 2, 3  # parts of a sum
_NO_SIGN = re.compile(r"[^+\-−–=]+")
_YEARS = (1900, 2100)
_SUM = re.compile(
    r"\b(?:sums?|totals?|altogether|together|overall|combined|in all|add(?:s|ed|ing)? up|plus|minus"
    r"|differ(?:s|ence|ences)?|more|less|fewer|longer|shorter|higher|lower|cheaper|dearer|older"
    r"|younger|left|remain(?:s|ing)?|extra|both|each|between|apart)\b|[+=]"
    r"|共|总|合计|加起来|加上|一起|相差|差[多额距了]|[多少高低长短贵便]了?多少|比|还[剩有]|剩|减去|多出|两[个项者]"
)


@dataclass(frozen=True, eq=False)
class Amount:
    """A number that can be added to others of its unit, or of the word for what it counts."""

    value: Decimal
    units: frozenset[str]
    counted: str
    start: int
    end: int

    def like(self, other: Amount) -> bool:
        """Tell whether both name the same unit, or the same that is counted."""
        if self.units or other.units:
            return bool(self.units & other.units)
        return bool(self.counted) and self.counted == other.counted


Signed = tuple[int, Amount]  # 1 or -1, and the part


def amounts(text: str, found: Iterable[Quantity]) -> list[Amount]:
    """Return the figures of a plain text that can be added up: not dates, years, shares, codes."""
    given: list[Amount] = []
    for one in found:
        if one.kind != "number" or not one.stated or not one.values or one.code:
            continue
        value = max(one.values)
        if (not one.units and _YEARS[0] <= value < _YEARS[1]) or "percent" in one.units:
            continue
        word = _COUNTED.match(text, one.end)
        counted = word[1].lower()[:_STEM] if word else ""
        given.append(Amount(value, one.units, counted, one.start, one.end))
    return given


def arithmetic(question: str, statement: str, passages: Sequence[str]) -> str | None:
    """Return the sum by which a statement has a figure from the passages: "42 + 18 = 60".

    None where there is none, or where the figure itself stands there. It is to be shown behind the
    statement, unless this shows it already.
    """
    if not speaks_of_sum(question, statement):
        return None
    text, sources = plain(statement), [plain(passage) for passage in passages]
    stated = amounts(text, quantities(text))
    given = [amounts(source, quantities(source)) for source in sources]
    return next((written for _, written in sums(text, stated, given)), None)


def speaks_of_sum(question: str, statement: str) -> bool:
    """Tell whether a sum or difference is asked for or told; English and Chinese.

    Where none is, a figure that some of the passages' figures happen to add up to is made up.
    """
    return bool(_SUM.search(folded(f"{question}\n{statement}")))


def sums(
    text: str, stated: Sequence[Amount], given: Sequence[Sequence[Amount]]
) -> Iterator[tuple[Decimal, str]]:
    """Yield the figures of a statement that are sums, and the sum written out.

    `text` is the plain statement with its amounts, `given` are those of each passage. The parts
    stand in the statement too, or they are all that a passage has of the unit, two or three of
    them: of more, some make up nearly any figure.
    """
    given = [_distinct(passage) for passage in given]
    known = _distinct([amount for passage in given for amount in passage])

    def stands(one: Amount) -> bool:
        return any(one.value == o.value and agree(one.units, o.units) for o in known)

    parts = [amount for amount in stated if stands(amount)]
    for total in _distinct([amount for amount in stated if not stands(amount)]):
        if shown := _equation(text, stated, total):
            if all(stands(part) for _, part in shown) and _worth(shown) == total.value:
                yield total.value, _written(shown, total)
            continue
        groups = [[part for part in parts if part.like(total)]]
        if len(groups[0]) < _FEWEST:
            alike = [[one for one in passage if one.like(total)] for passage in [*given, known]]
            groups = [group for group in alike if group]
        for group in groups:
            if found := _made_of(total, group):
                yield total.value, _written(found, total)
                break


def _equation(text: str, stated: Sequence[Amount], total: Amount) -> list[Signed]:
    """Return the parts that a statement shows before "= total", none if it shows no sum."""
    at = stated.index(total)
    if at < _FEWEST or _sign(text, stated[at - 1], total) != "=":
        return []
    found: list[Signed] = []
    for left, right in zip(stated[at - 2 :: -1], stated[at - 1 : 0 : -1], strict=True):
        sign = _sign(text, left, right)
        if sign not in ("+", "-"):
            return [(1, right), *found] if found else []
        found.insert(0, (1 if sign == "+" else -1, right))
    return [(1, stated[0]), *found]


def _sign(text: str, left: Amount, right: Amount) -> str:
    """Return the sign that stands alone between two amounts, "" where something else does."""
    between = _NO_SIGN.sub("", text[left.end : right.start])
    return {"−": "-", "–": "-"}.get(between, between) if len(between) == 1 else ""


def _distinct(found: Sequence[Amount]) -> list[Amount]:
    """Return the first of all amounts that are alike, in order."""
    first: dict[object, Amount] = {}
    for one in found:
        first.setdefault((one.value, one.units, one.counted), one)
    return list(first.values())


def _made_of(total: Amount, group: Sequence[Amount]) -> list[Signed]:
    """Return a sum of a group of parts, or a difference of two, that is the total; else none."""
    parts = list({part.value: part for part in group}.values())
    if not _FEWEST <= len(parts) <= _MOST:
        return []
    for n in range(_FEWEST, len(parts) + 1):
        for chosen in combinations(parts, n):
            if sum(part.value for part in chosen) == total.value:
                return [(1, part) for part in chosen]
    for one, other in combinations(sorted(parts, key=lambda part: -part.value), 2):
        if one.value - other.value == total.value:
            return [(1, one), (-1, other)]
    return []


def _worth(parts: Sequence[Signed]) -> Decimal:
    return sum((sign * part.value for sign, part in parts), Decimal(0))


def _written(parts: Sequence[Signed], total: Amount) -> str:
    told = "".join(f" {'+' if sign > 0 else '-'} {part.value:f}" for sign, part in parts)
    return f"{told.removeprefix(' + ')} = {total.value:f}"
