"""The gate before the models: answers pass it side by side, a change of the models alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOOK = 0.2  # seconds between two looks at whether an answer is still wanted


class ModelGate:
    """Lets answers through together, or one who changes the models alone; safe for threads.

    Whoever wants to be alone waits until those inside are done, and lets no new ones in meanwhile.
    """

    def __init__(self) -> None:
        self._moved = threading.Condition()
        self._inside = 0
        self._alone = 0

    @contextmanager
    def passing(self, cancel: threading.Event) -> Iterator[bool]:
        """Be inside, once nobody is or wants to be alone there; False if `cancel` is set first."""
        with self._moved:
            while self._alone and not cancel.is_set():
                self._moved.wait(_LOOK)
            inside = not self._alone
            self._inside += inside
        try:
            yield inside
        finally:
            with self._moved:
                self._inside -= inside
                self._moved.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be inside alone, once those who are there are done."""
        with self._moved:
            self._alone += 1
            self._moved.wait_for(lambda: not self._inside)
        try:
            yield
        finally:
            with self._moved:
                self._alone -= 1
                self._moved.notify_all()
