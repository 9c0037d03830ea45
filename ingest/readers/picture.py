"""Pictures: PNG, JPEG, TIFF with its pages, WebP, BMP and the first of a GIF."""

from __future__ import annotations

from ingest.document import Given, Part, Reading
from ingest.errors import ReadError
from ingest.ocr import Pictures, count_frames, dpi_of, frames, open_picture
from ingest.text import language

_HARD = 0.8  # mean confidence; below it many characters are wrong


def read(given: Given) -> Reading:
    """Read a picture by pages; what is written in it is recognised.

    Raises ReadError (`needs-ocr`, `damaged`, `empty`, `too-large`) and MemoryError.
    """
    pictures = Pictures(given)
    if not pictures.is_on:
        given.unpacked.unread += 1
        raise ReadError(
            "needs-ocr", "it is a picture, and text recognition is switched off", "ocr-off"
        )
    opened = open_picture(given.data, given.limits)
    count = count_frames(opened)
    parts: list[Part] = []
    damage: list[ReadError] = []
    warnings: list[str] = []
    for number, picture in enumerate(frames(opened, given.limits), start=1):
        if isinstance(picture, ReadError):
            parts.append(Part("", number=number))
            damage.append(picture)
            warnings.append(f"page {number} is damaged and left out")
            continue
        part = pictures.page(picture, dpi_of(opened), number)
        parts.append(part)
        if not part.text:
            warnings.append(f"no text was recognised on page {number}")
        elif (part.confidence or 0.0) < _HARD:
            warnings.append(f"text on page {number} was hard to recognise and may be wrong")
        given.report(number, max(count, number))
    if not any(part.text for part in parts):
        if len(damage) == len(parts) and damage:
            raise damage[0]
        raise ReadError("empty", "no text was recognised in it; leave it out")
    text = "\n".join(part.text for part in parts)
    return Reading(_title(parts[0]), language(text), tuple(parts), warnings, "page")


def _title(part: Part) -> str | None:
    """The words of a heading of the first level, if the first page begins with one."""
    first = part.blocks[0] if part.blocks else None
    return first.words if first and first.kind == "heading" and first.level == 1 else None
