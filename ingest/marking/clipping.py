"""A piece of a line by the widths of its characters, where the characters have no places."""

from __future__ import annotations

import unicodedata

from ingest.document import Box

_NARROW, _WIDE = frozenset("iljtfrI.,;:'!|()[]-/ "), frozenset("mwMW@%—…")
_HIGH = 1.5  # times as high as wide: a line that stands


def clipped(box: Box, text: str, start: int, end: int) -> Box:
    """Return the piece of a line's box that `text[start:end]` takes.

    A line that stands is marked as a whole: which way it runs is not known.
    """
    if (box.bottom - box.top) > _HIGH * (box.right - box.left) and len(text) > 1:
        return box
    widths = [_width(character) for character in text]
    total = sum(widths) or 1.0
    per = (box.right - box.left) / total
    left = box.left + per * sum(widths[:start])
    return Box(left, box.top, left + per * sum(widths[start:end]), box.bottom)


def _width(character: str) -> float:
    """The usual width of a character, in sizes of its font."""
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1.0
    if character in _NARROW:
        return 0.29
    if character in _WIDE:
        return 0.85
    return 0.66 if character.isupper() else 0.5
