"""What a reader is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ingest.errors import ReadError
from ingest.limits import MIB, Limits

_MOST_FILES = 5000  # that are read of those in one file


@dataclass
class Unpacked:
    """What was taken out of a file and out of the files in it: how many files and bytes.

    `pictures` are those whose text was looked for, `seconds` what that took, `unread` those that
    were passed over as nothing is to be recognised.
    """

    files: int = 0
    size: int = 0
    pictures: int = 0
    seconds: float = 0.0
    unread: int = 0


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
    unpacked: Unpacked = field(default_factory=Unpacked)

    def inner(self, data: bytes, name: str) -> Given:
        """Return a file that was found in this one. Raises ReadError if it lies too deep."""
        if self.depth >= self.limits.max_depth:
            raise ReadError(
                "too-large",
                f"files lie in it over {self.limits.max_depth} deep",
                "nested",
                n=self.limits.max_depth,
            )
        self.unpacked.files += 1
        if self.unpacked.files > _MOST_FILES:
            raise ReadError(
                "too-large",
                f"more than {_MOST_FILES} files lie in it; split it",
                "files",
                n=_MOST_FILES,
            )
        return replace(self, data=data, name=name, depth=self.depth + 1, report=_silent)

    def take(self, size: int) -> None:
        """Count bytes before they are unpacked. Raises ReadError as `check` does."""
        self.check(size)
        self.unpacked.size += size

    def check(self, size: int) -> None:
        """Raise ReadError if so many bytes more would be too many.

        What was unpacked from the files around this one counts, too.
        """
        if self.unpacked.size + size > self.limits.max_unpacked_bytes:
            most = f"{self.limits.max_unpacked_bytes / MIB:.0f} MiB"
            raise ReadError(
                "too-large", f"unpacked it is larger than {most}; split it", "unpacked", size=most
            )
