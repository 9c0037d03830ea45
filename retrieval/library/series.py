"""Which editions of a document are in force on a day, and which others replaced.

Editions are told apart by what they say themselves. In doubt none is taken for superseded: a wrong
word of an old rule does less harm than a right one that is not found.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from retrieval.library.editions import SKETCH, Edition, namesakes

# Of the words of both, those that both have.
_SAME = 0.3

State = Literal["in force", "older", "draft", "future", ""]


@dataclass(frozen=True)
class Standing:
    """Where a document stands among the editions of the same one.

    `state` is "" where it has namesakes that may be other documents. `dated` is the edition's date,
    ISO 8601, or "". `in_force` are the ids of those in force, and `superseded` names the newest of
    them, with its date, for one that is not. `until` is the date of the next edition, "" for the
    last and where its own is not known.
    """

    document: str
    state: State
    dated: str
    number: str
    in_force: frozenset[str]
    superseded: str
    until: str


def standings(db: sqlite3.Connection, documents: Iterable[str], today: date) -> dict[str, Standing]:
    """Return the standing, on a day, of those of the documents that have namesakes, by id."""
    found = {}
    for own, *others in namesakes(db, documents):
        found[own.document] = _standing(own, others, today.isoformat())
    return found


def _standing(own: Edition, others: Sequence[Edition], today: str) -> Standing:
    mine = own.signs
    series = [own, *(other for other in others if _same(own, other))]
    nothing = Standing(own.document, "", mine.dated, mine.number, frozenset(), "", "")
    holding = [e for e in series if not e.signs.draft and not e.signs.dated > today]
    if len(series) == 1 or not holding:
        return nothing
    newest = [e for e in holding if not any(_newer(o, e) for o in holding if o is not e)]
    if own in newest and not any(_newer(own, e) for e in holding) and len(holding) == len(series):
        # None of them is older than this one: their order is not known.
        return nothing
    state: State = "in force"
    if mine.draft:
        state = "draft"
    elif mine.dated > today:
        state = "future"
    elif own not in newest:
        state = "older"
    best = max((e for e in newest if e is not own), key=lambda e: e.signs.dated, default=own)
    dates = sorted({e.signs.dated for e in series if not e.signs.draft})
    until = next((d for d in dates if d > mine.dated > ""), "")
    return Standing(
        own.document,
        state,
        mine.dated,
        mine.number,
        frozenset(e.document for e in newest),
        "" if state == "in force" else _named(best),
        until,
    )


def _named(edition: Edition) -> str:
    signs = edition.signs
    return f"{signs.name} ({signs.dated})" if signs.dated not in signs.name else signs.name


def _same(one: Edition, other: Edition) -> bool:
    """Tell whether two namesakes are editions of one document, as far as that is sure."""
    if not (one.signs.standing or other.signs.standing):
        return False
    titles = one.title == other.title or not (one.title and other.title)
    if not (titles and one.file == other.file) and not (
        _replaces(one, other) or _replaces(other, one)
    ):
        return False
    return _overlap(one.sketch, other.sketch) >= _SAME


def _newer(one: Edition, other: Edition) -> bool:
    """Tell whether an edition came after another of the same document."""
    mine, theirs = one.signs, other.signs
    if mine.withdrawn != theirs.withdrawn:
        return theirs.withdrawn
    if _replaces(one, other) != _replaces(other, one):
        return _replaces(one, other)
    if mine.dated and theirs.dated and not _prefix(mine.dated, theirs.dated):
        return mine.dated > theirs.dated
    if mine.number and theirs.number:
        return _parts(mine.number) > _parts(theirs.number)
    # What files say of themselves changes with every copy: it decides where nothing else is known.
    nothing = not any((mine.dated, theirs.dated, mine.number, theirs.number))
    return nothing and bool(mine.changed and theirs.changed) and mine.changed > theirs.changed


def _replaces(one: Edition, other: Edition) -> bool:
    theirs = {other.signs.dated, other.signs.number} - {""}
    return bool(theirs & set(one.signs.replaces))


def _prefix(one: str, other: str) -> bool:
    """Tell whether two dates are the same as far as both are given: 2024 and 2024-07-01."""
    return one.startswith(other) or other.startswith(one)


def _parts(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


def _overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of the words of both that both have, estimated from their least hashes."""
    least = sorted(one | other)[:SKETCH]
    return sum(h in one and h in other for h in least) / len(least) if least else 0.0
