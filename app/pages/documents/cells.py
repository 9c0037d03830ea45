"""A day as a table shows it."""

from __future__ import annotations

from datetime import datetime


def day(time: str | None) -> str:
    """Return the day of this machine's calendar of a time in UTC."""
    try:
        return datetime.fromisoformat(time).astimezone().date().isoformat() if time else ""
    except ValueError:
        return ""
