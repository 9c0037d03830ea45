"""The options of `kb search` and `kb ask` that say which documents are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from app.cli.batch import BatchLine
from app.errors import UsageError
from app.service import KnowledgeBase
from ingest.readers import KINDS
from retrieval.errors import LibraryError
from retrieval.ledger import LANGUAGES, Filter

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
        "--since", metavar="YYYY-MM-DD", help="Only what was ingested on this day (UTC) or later."
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--until", metavar="YYYY-MM-DD", help="Only what was ingested on this day (UTC) or before."
    ),
]


def chosen(
    kb: KnowledgeBase,
    collection: str | None,
    documents: Sequence[str] | None,
    types: Sequence[str] | None,
    lang: str | None,
    since: str | None,
    until: str | None,
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
    return Filter(collection, ids, kinds, lang, first, last)


def within(asked: Filter, question: BatchLine) -> Filter:
    """Return the filter of a line of a batch, whose own collection wins."""
    return replace(asked, collection=question.collection) if question.collection else asked


def _kind(given: str) -> str:
    name = given.lower().removeprefix(".")
    if f".{name}" not in KINDS:
        known = ", ".join(suffix[1:] for suffix in KINDS)
        raise UsageError(f"--type {given!r} is no ending that is read; give one of {known}")
    return name


def _day(option: str, given: str | None) -> str | None:
    if given is not None and not _is_day(given):
        raise UsageError(f"{option} {given!r} is no day; give one as YYYY-MM-DD, as in 2026-01-31")
    return given


def _is_day(given: str) -> bool:
    try:
        # Python also reads 20260131 and 2026-W05-6, which would not compare with other days.
        return date.fromisoformat(given).isoformat() == given
    except ValueError:
        return False
