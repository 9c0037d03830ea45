"""A value made of what is in the ledger, kept until somebody writes to it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from retrieval.ledger.ledger import Ledger

T = TypeVar("T")


class Kept(Generic[T]):
    """Keeps what `make` returns, which must not be changed; safe for threads.

    A page asks for the list of all documents several times each time it is drawn: of 5,000 that
    takes half a second each.
    """

    def __init__(self, ledger: Ledger, make: Callable[[], T]) -> None:
        self._ledger = ledger
        self._make = make
        self._lock = threading.Lock()
        self._kept: tuple[int, T] | None = None

    def get(self) -> T:
        """Return the value, as the ledger is now or as this thread's transaction sees it."""
        # Before it is made: what is written in between makes the next one new.
        state = self._ledger.state()
        if state is None:
            return self._make()
        with self._lock:
            if self._kept is None or self._kept[0] != state:
                self._kept = state, self._make()
            return self._kept[1]
