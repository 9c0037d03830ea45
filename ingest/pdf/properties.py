"""What a PDF says of itself: title, author, days, bookmarks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import pypdfium2

from ingest.document import Properties
from ingest.pdf.outline import MAX_BOOKMARKS, Bookmark
from ingest.text import collapsed, day_here, visible

_LONGEST_AUTHOR = 200  # characters
_DEEPEST = 30  # levels of bookmarks
# D:20261130093000+01'00', of which all behind the day may be missing.
_MOMENT = re.compile(
    r"(?:D:)?(\d{4})-?(\d\d)-?(\d\d)(?:T?(\d\d):?(\d\d)(?::?(\d\d))?"
    r"(?:([+-]|Z)(?:(\d\d)'?:?(\d\d)?)?)?)?"
)


@dataclass(frozen=True)
class About:
    """What stands beside the pages; `bookmarks` are None if there are more than are read."""

    title: str | None = None
    properties: Properties = field(default_factory=Properties)
    bookmarks: list[Bookmark] | None = field(default_factory=list)


def about(document: Any) -> About:
    """Return what a PDF that pdfium has opened says of itself."""
    author = collapsed(visible(document.get_metadata_value("Author")))
    return About(
        title=document.get_metadata_value("Title") or None,
        properties=Properties(
            author="" if len(author) > _LONGEST_AUTHOR else author,
            made=_day(document.get_metadata_value("CreationDate")),
            changed=_day(document.get_metadata_value("ModDate")),
        ),
        bookmarks=_bookmarks(document),
    )


def _day(moment: str) -> str:
    """The day of a moment where this machine stands, or as it is told if without a time zone."""
    found = _MOMENT.match(moment.strip())
    if not found:
        return ""
    year, month, day, hour, minute, second, sign, hours, minutes = found.groups(default="0")
    try:
        told = datetime(*map(int, (year, month, day, hour, minute, second)))  # type: ignore[arg-type]
        if sign != "0":
            off = timedelta(hours=int(hours), minutes=int(minutes))
            told = told.replace(tzinfo=timezone(-off if sign == "-" else off))
    except (ValueError, OverflowError):
        return ""
    return day_here(told)


def _bookmarks(document: Any) -> list[Bookmark] | None:
    """The bookmarks in order; None if there are too many."""
    found: list[Bookmark] = []
    try:
        for bookmark in document.get_toc(max_depth=_DEEPEST):
            if len(found) >= MAX_BOOKMARKS:
                return None
            place = bookmark.get_dest()
            page = place.get_index() if place else None
            if page is not None and page >= 0:
                found.append(Bookmark(bookmark.level + 1, bookmark.get_title(), page))
    except (pypdfium2.PdfiumError, UnicodeDecodeError):  # broken ones are as good as none
        return []
    return found
