"""How often something failed of late, so that it is not tried again for ever."""

from __future__ import annotations

import time
from collections.abc import Callable

_MOST, _SECONDS = 3, 3600.0


class Failures:
    """Counts the failures of the last hour; three are too many."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: list[float] = []

    def note(self) -> None:
        """Count one more."""
        self._times = [*self._times[1 - _MOST :], self._clock()]

    @property
    def too_many(self) -> bool:
        """Whether it should be left alone for now."""
        return len(self._times) == _MOST and self._clock() - self._times[0] < _SECONDS
