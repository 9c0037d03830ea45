"""How paragraphs of a PowerPoint file from before 2007 are numbered.

PowerPoint 97 had no numbers: what numbers a paragraph stands in a list of its own (StyleTextProp9
in [MS-PPT]), and four bits of the first character say which entry of it counts.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.old_office.ppt_records import NUMBERS, TAGS, Record

_FORMS = (
    "alphaLcPeriod", "alphaUcPeriod", "arabicParenR", "arabicPeriod", "romanLcParenBoth",
    "romanLcParenR", "romanLcPeriod", "romanUcPeriod", "alphaLcParenBoth", "alphaLcParenR",
    "alphaUcParenBoth", "alphaUcParenR", "arabicParenBoth", "arabicPlain", "romanUcParenBoth",
    "romanUcParenR", "ea1ChsPlain", "ea1ChsPeriod", "circleNumDbPlain", "circleNumWdWhitePlain",
    "circleNumWdBlackPlain", "ea1ChtPlain", "ea1ChtPeriod",
)  # fmt: skip
_PERIOD = 3  # the form without one that is said
_IMAGE, _IS_NUMBERED, _FORM = 0x800000, 0x2000000, 0x1000000
_STYLED = 0x3EB7  # bits of a run of characters that say that its style follows
_SIZES = (
    (0x10000, 2), (0x200000, 2), (0x400000, 2), (0x800000, 2), (0x20000, 2), (0x40000, 4),
    (0x80000, 2),
)  # fmt: skip
_SPOKEN = ((0x1, 2), (0x2, 2), (0x4, 2), (0x40, 2), (0x20, 4))


@dataclass(frozen=True)
class Numbering:
    """The form of a number, as "arabicPeriod", and the first."""

    form: str
    first: int = 1


def numberings(shape: Record) -> list[Numbering | None]:
    """Return the entries of the list that belongs to a shape, as far as they are whole."""
    for tags in shape.every(TAGS):
        for one in tags.every(NUMBERS):
            try:
                return list(_entries(one.data))
            except struct.error:
                return []
    return []


def entries_of_characters(style: bytes, at: int, characters: int) -> Iterator[tuple[int, int]]:
    """Give the ends of runs of characters, and the entry that each refers to."""
    end = 0
    while end < characters and at + 8 <= len(style):
        count, mask = struct.unpack_from("<2I", style, at)
        at += 8
        end += count
        entry = 0
        if mask & _STYLED:
            entry = int.from_bytes(style[at : at + 2], "little") >> 10 & 0xF
            at += 2
        at += sum(size for bit, size in _SIZES if mask & bit)
        yield end, entry


def _entries(data: bytes) -> Iterator[Numbering | None]:
    at = 0
    while at + 12 <= len(data):
        mask = struct.unpack_from("<I", data, at)[0]
        at += 4 + (2 if mask & _IMAGE else 0)
        is_numbered, form, first = False, _PERIOD, 1
        if mask & _IS_NUMBERED:
            is_numbered = struct.unpack_from("<H", data, at)[0] == 1
            at += 2
        if mask & _FORM:
            form, first = struct.unpack_from("<2H", data, at)
            at += 4
        mask = struct.unpack_from("<I", data, at)[0]  # of characters
        at += 8 if mask & 0x100000 else 4
        mask = struct.unpack_from("<I", data, at)[0]  # of the language
        at += 4 + sum(size for bit, size in _SPOKEN if mask & bit)
        if mask & 0x200:
            at += 4 + 4 * int.from_bytes(data[at : at + 4], "little")
        known = _FORMS[form] if form < len(_FORMS) else _FORMS[_PERIOD]
        yield Numbering(known, max(1, first)) if is_numbered else None
