"""The table of documents: searched, filtered, sorted, and cut into pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Literal

from ingest.reasons import has_gaps
from retrieval.library import Entry

State = Literal["ready", "warned", "work", "trouble"]
Sort = Literal["", "name", "kind", "size", "pages", "added", "collection", "state"]
SORTS: tuple[Sort, ...] = ("", "name", "kind", "size", "pages", "added", "collection", "state")
STATES: tuple[State, ...] = ("ready", "warned", "work", "trouble")
PER_PAGE = 50
_ORDER = {state: at for at, state in enumerate(("work", "trouble", "warned", "ready"))}


@dataclass(frozen=True)
class TableView:
    """What of the table is asked for.

    `search` is a part of a name or title, in any case. `state` is "" for all, ready (with or
    without warnings), work or trouble. Without a `sort` what needs attention comes first. `page`
    counts from 1.
    """

    search: str = ""
    kind: str = ""
    collection: str = ""
    state: str = ""
    sort: Sort = ""
    descending: bool = False
    page: int = 1


@dataclass(frozen=True)
class TablePage:
    """A page of the table: its entries, and the ids of all that match.

    `page` is the one that there is, from 1 to `pages`. `kinds`, `collections` and `states` count
    the documents of the whole library; `trouble` are those of them that could not be read.
    """

    entries: list[Entry]
    matching: list[str]
    page: int
    pages: int
    total: int
    kinds: dict[str, int] = field(default_factory=dict)
    collections: dict[str, int] = field(default_factory=dict)
    states: dict[State, int] = field(default_factory=dict)
    trouble: list[Entry] = field(default_factory=list)


def table_page(
    entries: Sequence[Entry],
    view: TableView,
    first: Mapping[str, int],
    working: Container[str] = (),
) -> TablePage:
    """Return the page of a table that is asked for.

    `first` are the places, from 0, of those that come first where no column is sorted by;
    `working` are the ids of documents that a job reads.
    """
    states = {e.document: state_of(e, working) for e in entries}
    wanted = view.search.strip().casefold()
    found = [
        e
        for e in entries
        if (not view.collection or e.collection == view.collection)
        and (not view.kind or kind_of(e.path) == view.kind)
        and (not view.state or _group(states[e.document]) == view.state)
        and (not wanted or wanted in e.path.casefold() or wanted in (e.title or "").casefold())
    ]
    if view.sort:
        key = _key(view.sort, states)
        # What has no value of this column stands last both ways.
        having = [e for e in found if key(e) is not None]
        having.sort(key=key, reverse=view.descending)  # type: ignore[arg-type]
        found = having + [e for e in found if key(e) is None]
    else:
        found.sort(key=lambda e: first.get(e.document, len(first)))
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, view.page), pages)
    return TablePage(
        entries=found[(page - 1) * PER_PAGE : page * PER_PAGE],
        matching=[e.document for e in found],
        page=page,
        pages=pages,
        total=len(entries),
        trouble=[e for e in entries if states[e.document] == "trouble"],
        kinds=_counted(kind_of(e.path) for e in entries),
        collections=_counted(e.collection for e in entries),
        states=_counted(states.values()),  # type: ignore[arg-type]
    )


def state_of(entry: Entry, working: Container[str] = ()) -> State:
    """Return how a document is: being read, in trouble, ready, or ready with warnings."""
    if entry.document in working:
        return "work"
    if entry.reason:
        return "trouble"
    if entry.status != "ready":
        return "work"
    return "warned" if _is_warned(entry.warnings) else "ready"


@lru_cache(maxsize=50_000)
def kind_of(path: str) -> str:
    """Return the ending of a file's name in capitals, "" where it has none."""
    return PurePosixPath(path).suffix[1:].upper()


@lru_cache(maxsize=10_000)
def _is_warned(warnings: str) -> bool:
    try:
        told = json.loads(warnings)
    except ValueError:
        return False
    return isinstance(told, list) and has_gaps(str(line) for line in told)


def _group(state: State) -> str:
    return "ready" if state == "warned" else state


def _key(sort: Sort, states: Mapping[str, State]) -> Callable[[Entry], object]:
    by: dict[str, Callable[[Entry], object]] = {
        "name": lambda e: e.path.casefold(),
        "kind": lambda e: kind_of(e.path) or None,
        "size": lambda e: e.bytes,
        "pages": lambda e: e.pages,
        "added": lambda e: e.ingested_at,
        "collection": lambda e: e.collection.casefold(),
        "state": lambda e: _ORDER[states[e.document]],
    }
    return by[sort]


def _counted(values: object) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:  # type: ignore[attr-defined]
        counts[value] = counts.get(value, 0) + 1
    return dict(sorted(counts.items()))
