"""What pypdf finds in a PDF: the text of its pages, its title and its bookmarks.

A hostile file may take all time and memory here, so it runs in a process with limits
(`ingest.sandbox.pool`).
"""

import contextlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import LimitReachedError

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.pdf.outline import MAX_BOOKMARKS, Bookmark


@dataclass(frozen=True)
class Raw:
    """A PDF as pypdf sees it; a page that could not be read is None."""

    title: str | None
    pages: list[str | None]
    bookmarks: list[Bookmark] | None  # None: there are more than `MAX_BOOKMARKS`


def extract(
    data: bytes, limits: Limits, report: Callable[[int, int], None], password: str | None = None
) -> Raw:
    """Read a PDF; `report` is told after each page how many are read, and of how many.

    Raises ReadError (`encrypted`, `damaged`, `too-large`) and MemoryError.
    """
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not any(map(reader.decrypt, ("", password or ""))):
            raise ReadError("encrypted", "it is locked with a password; save a copy without one")
        count = len(reader.pages)
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # pypdf raises whatever a broken file leads it to
        message = f"it cannot be opened as a PDF ({type(error).__name__}); save it anew"
        raise ReadError("damaged", message) from error
    if not count:
        raise ReadError("damaged", "it has no pages; save it anew")
    if count > limits.max_pages:
        message = f"it has {count} pages, more than {limits.max_pages}; split it"
        raise ReadError("too-large", message)
    return Raw(_title(reader), _texts(reader, count, limits, report), _bookmarks(reader))


def _texts(
    reader: PdfReader, count: int, limits: Limits, report: Callable[[int, int], None]
) -> list[str | None]:
    texts: list[str | None] = []
    left = limits.max_bytes
    for number in range(count):
        try:
            text = reader.pages[number].extract_text()
        except MemoryError:
            raise
        except Exception:  # one broken page does not take the others with it; it is reported
            text = None
        left -= len(text or "")
        if left < 0:
            raise ReadError("too-large", "it holds too much text; split it")
        texts.append(text)
        report(number + 1, count)
    return texts


def _title(reader: PdfReader) -> str | None:
    with contextlib.suppress(Exception):  # an odd title is no reason to lose the text
        return str(reader.metadata.title) if reader.metadata and reader.metadata.title else None
    return None


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
