"""The pictures in an Office file, by their names there."""

from __future__ import annotations

from collections.abc import Callable

from ingest.document import Given, PartWriter
from ingest.errors import ReadError
from ingest.pictures import Pictures


class NamedPictures:
    """The pictures of one file, each once, as logos stand on every page."""

    def __init__(self, given: Given, load: Callable[[str], bytes | None]) -> None:
        """`load` returns the bytes of a picture by its name, None if it is missing."""
        self._pictures = Pictures(given)
        self._load = load
        self._known: set[str] = set()

    def add(self, name: str, writer: PartWriter) -> None:
        """Write what a picture says where it stands. Raises MemoryError."""
        if not name or name in self._known:
            return
        self._known.add(name)
        self._pictures.write(self._data(name) if self._pictures.is_on else None, writer)

    def refuse_if_alone(self, has_words: bool) -> None:
        """Raise ReadError (`needs-ocr`, `empty`) for a file of pictures that say nothing."""
        self._pictures.refuse_if_alone(has_words)

    def warnings(self) -> list[str]:
        """Return a line for each sort of picture that was left out."""
        return self._pictures.warnings()

    def _data(self, name: str) -> bytes | None:
        try:
            return self._load(name)
        except ReadError:  # more than may be unpacked: its words are there all the same
            return None
