"""The texts of a slide of a PowerPoint file from before 2007: their paragraphs and levels."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ingest.old_office.ppt_numbers import entries_of_characters
from ingest.old_office.ppt_records import (
    TEXT_HEADER,
    TEXT_NARROW,
    TEXT_STYLE,
    TEXT_WIDE,
    Record,
)

TITLE, BODY, NOTES, OTHER = 0, 1, 2, 4
TITLES, BODIES = (0, 6), (1, 5, 7, 8)  # kinds of text: of titles; of what has bullets
# The sizes of what a run of paragraphs says of itself, in order, by the bit that tells of it.
_FIELDS = (
    (0x80, 2), (0x10, 2), (0x40, 2), (0x20, 4), (0x800, 2), (0x1000, 2), (0x2000, 2),
    (0x4000, 2), (0x100, 2), (0x400, 2), (0x8000, 2),
)  # fmt: skip
_LATER = ((0x10000, 2), (0xE0000, 2), (0x200000, 2))
_BREAKS = str.maketrans({"\x0b": "\n", "\0": "", "\t": " "})


@dataclass(frozen=True)
class Line:
    """A paragraph: its text, its level, and whether it has a bullet; None: as its kind has."""

    text: str
    level: int = 0
    has_bullet: bool | None = None
    numbering: int = 0  # the entry of its shape's list of numbers


@dataclass(frozen=True)
class Text:
    """A text: its kind, and its paragraphs."""

    kind: int
    lines: tuple[Line, ...]


def texts(found: Iterable[Record]) -> Iterator[Text]:
    """Give the texts in a list of records: each is a header, the text, its style."""
    kind, text, style = OTHER, None, b""
    for one in found:
        if one.kind == TEXT_HEADER:
            if text is not None:
                yield Text(kind, tuple(_lines(text, style)))
            kind = struct.unpack_from("<I", one.data.ljust(4, b"\0"))[0]
            text, style = None, b""
        elif one.kind == TEXT_WIDE:
            text = one.data.decode("utf-16-le", "replace")
        elif one.kind == TEXT_NARROW:
            text = one.data.decode("latin-1")
        elif one.kind == TEXT_STYLE:
            style = one.data
    if text is not None:
        yield Text(kind, tuple(_lines(text, style)))


def _lines(text: str, style: bytes) -> Iterator[Line]:
    runs = list(_runs(style, len(text) + 1))
    entries = list(entries_of_characters(style, runs[-1].after, len(text) + 1)) if runs else []
    at = 0
    for paragraph in text.split("\r"):
        run = next((run for run in runs if at < run.end), _Run(0, 0, None, 0))
        entry = next((entry for end, entry in entries if at < end), 0)
        at += len(paragraph) + 1
        if said := paragraph.translate(_BREAKS).strip():
            yield Line(said, run.level, run.has_bullet, entry)


class _Run(NamedTuple):
    """Paragraphs of one look: where they end in the text, and where what says so ends."""

    end: int
    level: int
    has_bullet: bool | None
    after: int


def _runs(style: bytes, characters: int) -> Iterator[_Run]:
    """The runs of paragraphs, as far as they are whole."""
    at = end = 0
    while end < characters and at + 10 <= len(style):
        count, level, mask = struct.unpack_from("<IHI", style, at)
        at += 10
        end += count
        has_bullet = None
        if mask & 0xF:
            flags = int.from_bytes(style[at : at + 2], "little")
            has_bullet = bool(flags & 1) if mask & 1 else None
            at += 2
        at += sum(size for bit, size in _FIELDS if mask & bit)
        if mask & 0x100000:
            at += 2 + 4 * int.from_bytes(style[at : at + 2], "little")
        at += sum(size for bit, size in _LATER if mask & bit)
        yield _Run(end, min(level, 8), has_bullet, at)
