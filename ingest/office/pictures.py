"""The pictures in an Office file, which may carry text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.document import Given, PartWriter
from ingest.errors import ReadError


@dataclass(frozen=True)
class Picture:
    """A picture in a document: its name there, and its bytes as they are stored (PNG, EMF, …)."""

    name: str
    data: bytes


class Pictures:
    """The pictures of one file, each once, as logos stand on every page."""

    def __init__(self, given: Given, load: Callable[[str], bytes | None]) -> None:
        """`load` returns the bytes of a picture by its name, None if it is missing."""
        self._given = given
        self._load = load
        self._known: set[str] = set()

    def add(self, name: str, writer: PartWriter) -> None:
        """Take note of a picture that stands where `writer` is."""
        # Text recognition is called here, once there is one: on `Picture(name, self._load(name))`,
        # within `given.limits.max_pixels`; what it reads is given to `writer.paragraph`.
        if name:
            self._known.add(name)

    def all(self) -> list[Picture]:
        """Return the pictures with their bytes."""
        loaded = ((name, self._load(name)) for name in sorted(self._known))
        return [Picture(name, data) for name, data in loaded if data]

    def __len__(self) -> int:
        return len(self._known)

    def refuse_if_alone(self, has_words: bool) -> None:
        """Raise ReadError (`needs-ocr`) for a file that holds pictures and no words."""
        if self._known and not has_words:
            message = "it holds pictures only; run text recognition (OCR) on them first"
            raise ReadError("needs-ocr", message)
