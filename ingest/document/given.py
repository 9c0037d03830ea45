"""What a reader is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.errors import ReadError
from ingest.limits import Limits


def _silent(*_numbers: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Given:
    """A file to read: its bytes and name, what it may cost, and who hears how far it is.

    `report` is told how many pages are read, of how many. `depth` counts the files around it: an
    attachment of a mail in an archive has 2. `ocr` is whether text in pictures is to be recognised;
    `recognising` is called before each picture, for the time it takes (`ingest.ocr.Pictures` does).
    """

    data: bytes
    name: str
    limits: Limits
    report: Callable[[int, int], None] = _silent
    password: str | None = None
    depth: int = 0
    ocr: bool = True
    recognising: Callable[[], None] = _silent

    def inner(self, data: bytes, name: str) -> Given:
        """Return a file that was found in this one. Raises ReadError if it lies too deep."""
        if self.depth >= self.limits.max_depth:
            raise ReadError("too-large", f"files lie in it over {self.limits.max_depth} deep")
        return replace(self, data=data, name=name, depth=self.depth + 1, report=_silent)
