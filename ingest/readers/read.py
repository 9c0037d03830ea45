"""A file becomes text with its structure."""

from collections.abc import Callable
from pathlib import Path

from ingest.document import READER_VERSION, Outline, Reading, cut
from ingest.encoding import decode
from ingest.errors import ReadError, os_error
from ingest.limits import Limits, too_large
from ingest.pdf import read_pdf
from ingest.readers.embedded_files import without_embedded
from ingest.readers.kinds import KINDS, is_supported, kind_of
from ingest.readers.markdown import find_headings, front_matter
from ingest.text import language

__all__ = ["READER_VERSION", "Reading", "is_supported", "read"]


def read(
    path: Path, name: str, limits: Limits, report: Callable[[int, int], None] = lambda *_: None
) -> Reading:
    """Read the bytes at `path` as the kind of file that `name` says.

    It keeps to the limits of size and pages; those of time and memory are kept by the process in
    which it runs (`ingest.sandbox.pool`). `report` is told how many pages are read, of how many.
    Raises ReadError with the reasons of `REASONS` that a file's bytes can have, and MemoryError.
    """
    kind = kind_of(name)
    if kind is None:
        kinds = ", ".join(KINDS)
        raise ReadError("unsupported", f"files of this kind are not read; save it as {kinds}")
    try:
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise too_large(limits)
        if kind != "pdf":
            return _read_text(path.read_bytes(), kind)
    except OSError as error:
        raise os_error(error) from error
    if not size:
        raise ReadError("empty", "the file is empty; put text into it or leave it out")
    return read_pdf(path, limits, report)


def _read_text(data: bytes, kind: str) -> Reading:
    markdown = kind == "markdown"
    decoded = decode(data)
    text, files = without_embedded(decoded.text)
    title, start = front_matter(text) if markdown else (None, 0)
    headings = find_headings(text, start) if markdown else []
    title = title or next((top.words for top in headings if top.level == 1), None)
    sections = cut(text, headings, Outline(title), page=None, start=start)
    if not sections:
        raise ReadError("empty", "there are no words in it; write some or leave it out")
    warnings = decoded.warnings
    if files:
        what = "file" if files == 1 else "files"
        warnings = [*warnings, f"{files} embedded {what} (base64) left out"]
    return Reading(title, None, language(text), sections, warnings, [text])
