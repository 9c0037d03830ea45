"""Where a passage stands today: its document, the part that it is in, and whether it is still so.

A citation outlives what it cites: a document may have been removed since, or changed.
"""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from app.library.library_overview import as_row
from app.results import DocumentRow
from ingest.document import Part, part_of
from ingest.errors import ReadError
from ingest.folders import blob_path
from retrieval.errors import LibraryError
from retrieval.library import Library

State = Literal["current", "changed", "removed"]


@dataclass(frozen=True)
class Standing:
    """A passage as the library has it now.

    `row` is its document, None if that was removed. `part` is the page, slide or sheet that it
    stands in, or all of the document where that has none; None where it is not known.
    `start` and `end` are the passage's characters in it, None if it is not there any more.
    """

    state: State
    row: DocumentRow | None = None
    part: Part | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Original:
    """The file that a document was read from, as the library keeps it."""

    name: str
    mime: str
    path: Path

    def read(self) -> bytes:
        """Return its bytes. Raises OSError when they went meanwhile."""
        return self.path.read_bytes()


class Evidence:
    """Looks up passages, the parts of documents around them, and the files they are from."""

    def __init__(self, library: Library, blobs: Path) -> None:
        """`blobs` is where the bytes of documents lie."""
        self._library = library
        self._blobs = blobs

    def standing(self, document: str, chunk: str, page: int | None, quote: str = "") -> Standing:
        """Return where a passage stands now, from what was known of it when it was cited.

        A passage that was cut anew is found by its `quote`. Ids that are none raise nothing.
        """
        with self._library.snapshot():
            record = self._library.get(document)
            if record is None:
                return Standing("removed")
            found = self._library.chunks([chunk], with_off=True).get(chunk)
            here = found.metadata if found and found.metadata["document"] == document else None
            part = self._part(document, here["page"] if here else page)
        row = as_row(record)
        if here is not None:
            start, end = here["start"], here["end"]
            if part is None or not 0 <= start < end <= len(part.text):
                return Standing("current", row, part)
            return Standing("current", row, part, start, end)
        at = part.text.find(quote) if part is not None and quote else -1
        if at < 0:
            return Standing("changed", row, part)
        return Standing("current", row, part, at, at + len(quote))

    def part(self, document: str, page: int | None) -> Part | None:
        """Return a page, slide or sheet, or all of a document that has none; None if not known."""
        with self._library.snapshot():
            return self._part(document, page)

    def original(self, document: str) -> Original | None:
        """Return the file a document was read from, None where the library has no bytes of it."""
        record = self._library.get(document)
        if record is None or record.sha256 is None:
            return None
        try:
            path = blob_path(self._blobs, record.sha256)
        except ReadError:  # no hash, in a ledger from elsewhere
            return None
        name = PurePosixPath(record.path).name
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Original(name, mime, path) if path.is_file() else None

    def _part(self, document: str, page: int | None) -> Part | None:
        try:
            stored = self._library.part(document, page)
            return part_of(stored.head, stored.text) if stored else None
        except (LibraryError, ValueError):  # damaged; the passage itself is shown all the same
            return None
