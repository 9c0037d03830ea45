"""Days of this machine as spans of the times in the ledger, which are UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta


def day_begins(day: str) -> str:
    """Return the time, as the ledger writes it, at which a day begins here: midnight, local time.

    `day` is YYYY-MM-DD. Raises ValueError for what is none.
    """
    return _written(date.fromisoformat(day))


def day_ends(day: str) -> str:
    """Return the time at which a day has ended here, which is no longer in it."""
    given = date.fromisoformat(day)
    return _LAST if given == date.max else _written(given + timedelta(1))


_FIRST, _LAST = "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:60+00:00"


def _written(day: date) -> str:
    try:
        # A time without a zone is one of this machine, with its summer time on that day.
        return datetime.combine(day, time.min).astimezone(UTC).isoformat(timespec="seconds")
    except (OverflowError, ValueError):  # at either end of the calendar
        return _FIRST if day.year == 1 else _LAST
