"""What a link opens, as it is written into the page and read back from the browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, Protocol, Self, get_args

Kind = Literal["cited", "near", "found"]
"""A source of an answer, a passage that came closest, or one that was found for the question."""

KINDS: tuple[Kind, ...] = get_args(Kind)
_REF = re.compile(rf"({'|'.join(KINDS)})\.(\d{{1,12}})\.(\d{{1,4}})(?:\.(\d{{1,6}}))?", re.ASCII)


class Target(Protocol):
    """What a link opens that leads to another page of the same thing; as text it is the link."""

    @property
    def page(self) -> int | None:
        """The page it is opened at, None for where it stands."""

    def at(self, page: int | None) -> Self:
        """Return the same, opened at another page."""


@dataclass(frozen=True)
class Ref:
    """The `number`-th source of a kind, from 1, of an exchange; at its place, or at a page."""

    kind: Kind
    exchange: int
    number: int
    page: int | None = None

    def __str__(self) -> str:
        page = "" if self.page is None else f".{self.page}"
        return f"{self.kind}.{self.exchange}.{self.number}{page}"

    def at(self, page: int | None) -> Ref:
        """Return the same source, opened at another page."""
        return replace(self, page=page)

    def next(self, number: int) -> Ref:
        """Return another source of the same kind and exchange, at its place."""
        return replace(self, number=number, page=None)


def parse_ref(text: str) -> Ref | None:
    """Return what a text from a browser names, None if it names nothing."""
    found = _REF.fullmatch(text)
    if not found:
        return None
    _, exchange, number, page = found.groups()
    kind = next(kind for kind in KINDS if kind == found[1])
    return Ref(kind, int(exchange), int(number), int(page) if page else None)
