"""Times of the ledger as those of this machine."""

from __future__ import annotations

from datetime import datetime


def local_time(written: str) -> datetime:
    """Return a time of the ledger as one of this machine; one that is none is the first of all."""
    try:
        return datetime.fromisoformat(written).astimezone()
    except (ValueError, OverflowError):
        return datetime.fromtimestamp(0).astimezone()
