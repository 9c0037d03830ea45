"""A file becomes text with its structure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from ingest.document import Given, Reading, with_valid_text
from ingest.errors import ReadError, os_error
from ingest.limits import Limits, too_large
from ingest.readers.kinds import READERS
from ingest.readers.signatures import kind_of_bytes


def read(
    path: Path,
    name: str,
    limits: Limits,
    report: Callable[[int, int], None] = lambda *_: None,
    password: str | None = None,
    ocr: bool = True,
    recognising: Callable[[], None] = lambda: None,
) -> Reading:
    """Read the bytes at `path` as the kind of file that they are.

    It keeps to the limits of size and pages; those of time and memory are kept by the process in
    which it runs (`ingest.sandbox.pool`). `report` is told how many pages are read, of how many.
    Text in pictures is recognised if `ocr` is set; `recognising` is called before each of them.
    Raises ReadError with the reasons of `REASONS` that a file's bytes can have, and MemoryError.
    """
    try:
        if path.stat().st_size > limits.max_bytes:
            raise too_large(limits)
        data = path.read_bytes()
    except OSError as error:
        raise os_error(error) from error
    given = Given(data, name, limits, report, password, 0, ocr, recognising)
    return replace(read_bytes(given), unread=given.unpacked.unread)


def read_bytes(given: Given) -> Reading:
    """Read a file whose bytes are at hand. Raises as `read` does."""
    if not given.data:
        raise ReadError("empty", "the file is empty; put text into it or leave it out")
    kind = kind_of_bytes(given.data, given.name)
    if kind not in READERS:
        message = (
            "files of this kind are not read; if it is a document, save it as PDF, Word or text"
        )
        raise ReadError("unsupported", message)
    reading: Reading = with_valid_text(import_module(READERS[kind]).read(given))
    if not reading.sections:
        raise ReadError("empty", "there are no words in it; write some or leave it out")
    return reading
