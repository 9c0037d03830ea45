"""A figure of a text and what it may be worth."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Date = tuple[int, int, int]  # year, month, day; 0 where it is not said
Kind = Literal["number", "date", "time", "code", "label"]


@dataclass(frozen=True)
class Quantity:
    """A figure of a text and what it may be read as; one that is borne out in one way is so.

    `values` are amounts in `units` (none named: of any), `bare` the same without a scale that is
    written behind the digits, `dates` and `times` (minutes of the day) what it may be of these, and
    `code` a name such as "HL-300". Not `stated` is what may be no figure: "one", "first".
    """

    text: str
    start: int
    end: int
    kind: Kind = "number"
    values: frozenset[Decimal] = frozenset()
    bare: frozenset[Decimal] = frozenset()
    units: frozenset[str] = frozenset()
    dates: frozenset[Date] = frozenset()
    times: frozenset[int] = frozenset()
    code: str = ""
    stated: bool = True
