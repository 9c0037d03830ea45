"""A size and a day as a table shows them."""

from __future__ import annotations

from datetime import datetime


def file_size(size: int | None) -> str:
    """Return a number of bytes in the unit that suits it."""
    if size is None:
        return ""
    if size < 1 << 10:
        return f"{size} B"
    if size < 1 << 20:
        return f"{size / (1 << 10):.0f} KB"
    return f"{size / (1 << 20):.1f} MB" if size < 1 << 30 else f"{size / (1 << 30):.1f} GB"


def day(time: str | None) -> str:
    """Return the day of this machine's calendar of a time in UTC."""
    try:
        return datetime.fromisoformat(time).astimezone().date().isoformat() if time else ""
    except ValueError:
        return ""
