"""Sizes in words."""

from __future__ import annotations

_UNITS = ("B", "KB", "MB", "GB", "TB")


def size(number: int) -> str:
    """Return a number of bytes for people: "3.4 MB"."""
    value, unit = float(number), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return (
        f"{value:.0f} {_UNITS[unit]}" if value >= 10 or not unit else f"{value:.1f} {_UNITS[unit]}"
    )
