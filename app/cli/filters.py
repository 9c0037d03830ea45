"""The options of `kb search` and `kb ask` that say which documents are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.batch import BatchLine
from app.errors import UsageError
from retrieval.errors import LibraryError
from retrieval.ledger import LANGUAGES, Filter

if TYPE_CHECKING:
    from app.service import KnowledgeBase

Documents = Annotated[
    list[str] | None,
    typer.Option(
        "--document",
        metavar="DOC",
        help="Only this document: its id, the beginning of one, or its path. May be repeated.",
    ),
]
Types = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="EXT", help="Only files of this ending. May be repeated."),
]
Lang = Annotated[
    str | None,
    typer.Option("--lang", metavar="|".join(LANGUAGES), help="Only documents in this language."),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="YYYY-MM-DD", help="Only what was ingested on this day or later."
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--until", metavar="YYYY-MM-DD", help="Only what was ingested on this day or before."
    ),
]

Author = Annotated[
    str | None,
    typer.Option("--author", metavar="NAME", help="Only by this author, or a part of the name."),
]
Made = Annotated[
    str | None,
    typer.Option("--made", metavar="DAY..DAY", help="Only files that say they were made then."),
]
Changed = Annotated[
    str | None,
    typer.Option(
        "--changed", metavar="DAY..DAY", help="Only files that say they were last changed then."
    ),
]
InForce = Annotated[
    bool, typer.Option("--in-force", help="Leave out older editions, drafts and future ones.")
]


def chosen(
    kb: KnowledgeBase,
    collection: str | None,
    documents: Sequence[str] | None,
    types: Sequence[str] | None,
    lang: str | None,
    since: str | None,
    until: str | None,
    author: str | None = None,
    made: str | None = None,
    changed: str | None = None,
    in_force: bool = False,
) -> Filter:
    """Return the filter that options ask for; raises UsageError when one cannot be used."""
    if lang is not None and lang not in LANGUAGES:
        raise UsageError(f"--lang {lang!r} is none of {', '.join(LANGUAGES)}")
    first, last = _day("--since", since), _day("--until", until)
    if first and last and first > last:
        raise UsageError(f"--since {first} is after --until {last}")
    kinds = tuple(_kind(name) for name in types or ())
    try:
        ids = tuple(kb.document(name, collection).document for name in documents or ())
    except LibraryError as error:
        raise UsageError(f"--document: {error}") from error
    spans = _span("--made", made), _span("--changed", changed)
    asked = Filter(collection, ids, kinds, lang, first, last, author or None, *spans)
    return kb.finder.in_force(asked) if in_force else asked


def within(asked: Filter, question: BatchLine) -> Filter:
    """Return the filter of a line of a batch, whose own collection wins."""
    return replace(asked, collection=question.collection) if question.collection else asked


def _kind(given: str) -> str:
    from ingest.readers import KINDS

    name = given.lower().removeprefix(".")
    if f".{name}" not in KINDS:
        known = ", ".join(suffix[1:] for suffix in KINDS)
        raise UsageError(f"--type {given!r} is no ending that is read; give one of {known}")
    return name


def _day(option: str, given: str | None) -> str | None:
    if given is not None and not _is_day(given):
        raise UsageError(f"{option} {given!r} is no day; give one as YYYY-MM-DD, as in 2026-01-31")
    return given


def _span(option: str, given: str | None) -> tuple[str, str] | None:
    """Return the first and the last day of "2025..2026-03", of which either may be missing."""
    if given is None:
        return None
    first, dots, last = given.strip().partition("..")
    last = last if dots else first
    if not (first or last) or not all(_is_part(day) for day in (first, last) if day):
        raise UsageError(
            f"{option} {given!r} is no span of days; give one as in 2025, 2025-03.. or"
            " 2025-12-31..2026-01-31"
        )
    if first and last and first[: len(last)] > last:
        raise UsageError(f"{option}: {first} is after {last}")
    return first, last


def _is_part(given: str) -> bool:
    """Whether it is a day, or the year or month of days."""
    return len(given) in (4, 7, 10) and _is_day(f"{given}{'-01-01'[len(given) - 4 :]}")


def _is_day(given: str) -> bool:
    try:
        # Python also reads 20260131 and 2026-W05-6, which would not compare with other days.
        return date.fromisoformat(given).isoformat() == given
    except ValueError:
        return False
