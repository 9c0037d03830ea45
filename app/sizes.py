"""Sizes of files and memory in words, the same everywhere in the app."""

from __future__ import annotations

_UNITS = ("B", "KB", "MB", "GB", "TB")
_STEP = 1024


def size(count: float) -> str:
    """Return a number of bytes for people: 940 B, 105 KB, 3.4 MB, 1.1 GB.

    A KB has 1,024 bytes, as in the Explorer of Windows, with which most people look at their files.
    Memory is counted so, too, and the largest file of the settings. From MB on, what has one digit
    before the point has one behind it.
    """
    value, unit = float(count), 0
    # From 1,000 on, as nobody says "1010 MB".
    while round(value) >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / _STEP, unit + 1
    digits = 1 if unit > 1 and value < 9.95 else 0
    return f"{value:.{digits}f} {_UNITS[unit]}"
