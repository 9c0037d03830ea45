"""How many answers come before one's own, and about how long that takes, in words."""

from __future__ import annotations

import math

from app.texts import Words

_STEP = 5  # seconds to which a wait is rounded up
_LONG = 90  # seconds, from which it is told in minutes


def ahead(n: int, seconds: float | None, words: Words) -> str:
    """Return the words for `n` answers that take about so many seconds, if that is known."""
    if seconds is None:
        return words("ahead", n=n)
    if seconds > _LONG:
        return words("ahead_minutes", n=n, minutes=math.ceil(seconds / 60))
    return words("ahead_seconds", n=n, seconds=_STEP * math.ceil(seconds / _STEP))
