"""The processes that read files, made when they are first needed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from app.library.child_variables import child_environment

if TYPE_CHECKING:
    from ingest.sandbox import ReadingPool


class ReadersInUse:
    """Holds one pool of them; one that was given is left open at the end."""

    def __init__(self, given: ReadingPool | None = None) -> None:
        self._given = given
        self._making = threading.Lock()
        self._made: ReadingPool | None = None
        self._closed = False

    def get(self) -> ReadingPool:
        """Return the pool; after `close` one that is closed and reads nothing more."""
        if self._given is not None:
            return self._given
        from ingest.sandbox import ReadingPool  # 0.1 s, which `kb list` need not wait for

        with self._making:
            if self._made is None:
                self._made = ReadingPool(child_environment())
                if self._closed:
                    self._made.close()
            return self._made

    def close(self) -> None:
        """End the processes, if any were started, and let none be started."""
        with self._making:
            self._closed = True
            if self._made is not None:
                self._made.close()
