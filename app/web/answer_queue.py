"""The line in which answers wait, as the model writes one at a time."""

from __future__ import annotations

import threading


class AnswerQueue:
    """Whoever came first is next; `lock` is held by whoever has the model."""

    def __init__(self, lock: threading.Lock | None = None) -> None:
        """`lock` may be shared with other work that needs the model."""
        self.lock = lock or threading.Lock()
        self._moved = threading.Condition()
        self._line: list[object] = []

    def join(self, who: object) -> None:
        """Stand at the end of the line."""
        with self._moved:
            self._line.append(who)

    def ahead(self, who: object) -> int:
        """Return how many are before one of the line, the one whose turn it is included."""
        with self._moved:
            return self._place(who)

    def take(self, who: object, seconds: float) -> bool:
        """Take the lock if it is one's turn, waiting for it so long; tell whether one has it."""
        with self._moved:
            if not self._moved.wait_for(lambda: self._place(who) == 0, seconds):
                return False
        return self.lock.acquire(timeout=seconds)

    def leave(self, who: object) -> None:
        """Leave the line, done or not; the lock is released by whoever took it."""
        with self._moved:
            self._line = [one for one in self._line if one is not who]
            self._moved.notify_all()

    def _place(self, who: object) -> int:
        return next((n for n, one in enumerate(self._line) if one is who), 0)
