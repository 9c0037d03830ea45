"""A file that was found in another one is read, and joins its text below its name."""

from __future__ import annotations

import re

from ingest.document import Given, PartWriter, Reading, has_words
from ingest.errors import ReadError
from ingest.readers.read import read_bytes
from ingest.text import collapsed, visible

_NAMES = {
    "page": ("Page", "第 {} 页"),
    "slide": ("Slide", "第 {} 张幻灯片"),
    "sheet": ("Sheet", "工作表"),
}
_DRIVE = re.compile(r"[A-Za-z]:")
_LONGEST_NAME = 200
# A password is asked for of a file that gives nothing; the one around this file gave the rest.
LOCKED_INSIDE = "it is locked with a password; save it as a file of its own, and ingest that"


def write_inner(
    given: Given,
    data: bytes,
    name: str,
    writer: PartWriter,
    below: int,
    *,
    is_named: bool = True,
) -> list[str]:
    """Read a file that lies in the given one and write it below its name; return the warnings.

    Its name is a heading of level `below`, its own headings lie below that. What cannot be read is
    left out, and a warning says why.
    """
    shown = shown_name(name)
    try:
        reading = read_bytes(given.inner(data, name))
    except ReadError as error:
        why = LOCKED_INSIDE if error.reason == "encrypted" else error
        return [f"{shown} left out: {why}"]
    except RecursionError:
        return [f"{shown} left out: it is nested too deeply"]
    if is_named:
        writer.heading(shown, below)
    write_reading(reading, writer, below)
    warnings = [f"{shown}: {warning}" for warning in reading.warnings]
    if any(part.confidence is not None for part in reading.parts):
        warnings.append(f"{shown}: some of it was recognised in pictures")
    return warnings


def write_reading(reading: Reading, writer: PartWriter, below: int) -> None:
    """Write all parts of a reading, its headings `below` levels deeper."""
    for part in reading.parts:
        if not has_words(part.text):
            continue
        if reading.unit and len(reading.parts) > 1 and not (part.name and part.name in part.text):
            english, chinese = _NAMES[reading.unit]
            form = chinese if reading.lang == "zh" else f"{english} {{}}"
            words = part.name or form.format(part.number)
            writer.page_name(words)
        writer.embed(part, below)


def shown_name(name: str) -> str:
    """Return the name of a file in another one in one line, without what leads out of it."""
    parts = collapsed(visible(name)).replace("\\", "/").split("/")
    path = "/".join(part for part in parts if part.strip(". ") and not _DRIVE.fullmatch(part))
    return path if len(path) <= _LONGEST_NAME else "…" + path[1 - _LONGEST_NAME :]
