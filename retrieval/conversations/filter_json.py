"""A filter as JSON, and read again without believing what stands there."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from retrieval.ledger import EVERYTHING, LANGUAGES, Filter

_DAYS = ("since", "until")
_SPANS = ("made", "changed")  # of two bounds each
_KIND = re.compile(r"[a-z0-9]{1,16}")  # an ending of file names, without the dot


def filter_to_json(within: Filter) -> str:
    """Return a filter as JSON, without what is left empty."""
    return json.dumps(
        {
            name: value
            for name, value in asdict(within).items()
            if value != getattr(EVERYTHING, name)
        },
        ensure_ascii=False,
    )


def filter_from_json(text: str) -> Filter:
    """Return the filter that a JSON text holds; what is no part of one, there, is left out."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return EVERYTHING
    if not isinstance(found, dict):
        return EVERYTHING
    given = {f.name: _checked(f.name, str(f.type), found.get(f.name)) for f in fields(Filter)}
    return Filter(**{name: value for name, value in given.items() if value is not None})


def _checked(name: str, kind: str, value: object) -> Any:
    """Return a value of a field of a filter, None where it is none."""
    if kind.startswith("tuple"):
        right = isinstance(value, list) and all(_is_text(one) for one in value)
        return tuple(value) if right and _is_fit(name, value) else None  # type: ignore[arg-type]
    if not _is_text(value) or (name in _DAYS and not _is_day(str(value))):
        return None
    return None if name == "lang" and value not in LANGUAGES else value


def _is_fit(name: str, values: list[str]) -> bool:
    if name in _SPANS:
        return len(values) == 2 and all(not bound or _is_bound(bound) for bound in values)
    return name != "kinds" or all(_KIND.fullmatch(one) for one in values)


def _is_text(value: object) -> bool:
    """Tell whether a value is a text that SQLite takes: no half of a character is in it."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_bound(text: str) -> bool:
    """Tell whether a text is a day, or the year or month of days."""
    return len(text) in (4, 7, 10) and _is_day(text + "0000-01-01"[len(text) :])


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
