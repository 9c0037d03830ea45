"""What a PDF says of itself: title, author, days, bookmarks."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import LimitReachedError

from ingest.document import Properties
from ingest.pdf.outline import MAX_BOOKMARKS, Bookmark
from ingest.text import collapsed, visible

_LONGEST_AUTHOR = 200  # characters


@dataclass(frozen=True)
class About:
    """What stands beside the pages; `bookmarks` are None if there are more than are read."""

    title: str | None = None
    properties: Properties = field(default_factory=Properties)
    bookmarks: list[Bookmark] | None = field(default_factory=list)


def about(reader: PdfReader | None) -> About:
    """Return what a PDF says of itself, as far as it can be read. Raises MemoryError."""
    if reader is None:
        return About()
    return About(_title(reader), _properties(reader), _bookmarks(reader))


def _title(reader: PdfReader) -> str | None:
    with contextlib.suppress(Exception):  # an odd title is no reason to lose the text
        return str(reader.metadata.title) if reader.metadata and reader.metadata.title else None
    return None


def _properties(reader: PdfReader) -> Properties:
    author = made = changed = ""
    with contextlib.suppress(Exception):
        author = collapsed(visible(str(reader.metadata.author or ""))) if reader.metadata else ""
    with contextlib.suppress(Exception):
        made = _day(reader.metadata and reader.metadata.creation_date)
    with contextlib.suppress(Exception):
        changed = _day(reader.metadata and reader.metadata.modification_date)
    return Properties("" if len(author) > _LONGEST_AUTHOR else author, made, changed)


def _day(moment: Any) -> str:
    """The day of a moment as the file tells it, in its own time zone."""
    return moment.date().isoformat() if moment else ""


def _bookmarks(reader: PdfReader) -> list[Bookmark] | None:
    """The bookmarks in order; None if there are too many."""
    found: list[Bookmark] = []

    def walk(items: list[Any], level: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, level + 1)
            elif (number := reader.get_destination_page_number(item)) is not None and number >= 0:
                found.append(Bookmark(level, str(item.title), number))

    try:
        with apply_configuration(outline_maximum_entries=MAX_BOOKMARKS):
            walk(reader.outline, 1)
    except LimitReachedError:
        return None
    except MemoryError:
        raise
    except Exception:  # broken bookmarks are as good as none
        return []
    return found
