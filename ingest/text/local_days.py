"""The day of a moment where this machine stands, as people count days."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_MOMENT = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d{1,9})? ?(Z|[+-]\d\d:?\d\d)?)?"
)


def local_day(stamp: str) -> str:
    """Return the day of a date or time as a file writes it (2026-11-30T22:15:00Z), or "".

    One with a time zone is told where this machine stands, another one as it is.
    """
    found = _MOMENT.search(stamp[:100])
    if not found:
        return ""
    *numbers, zone = found.groups()
    try:
        moment = datetime(*(int(number or 0) for number in numbers))  # type: ignore[arg-type]
        if zone:
            moment = moment.replace(tzinfo=datetime.strptime(zone, "%z").tzinfo)
    except ValueError:
        return ""
    return day_here(moment)


def day_here(moment: datetime, *, is_utc: bool = False) -> str:
    """Return the day of a moment where this machine stands, as 2026-11-30.

    One without a time zone is of this machine already, or of UTC if that `is_utc`.
    """
    if is_utc and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return (moment.astimezone() if moment.tzinfo else moment).date().isoformat()
    except (ValueError, OverflowError, OSError):  # at the ends of the calendar
        return moment.date().isoformat()
