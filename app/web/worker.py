"""Jobs done in the background, one after the other."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from app.errors import one_line
from app.library import Stopped
from app.service import KnowledgeBase
from llm.errors import ModelError
from retrieval.errors import DiskFullError
from retrieval.library import INGEST

log = logging.getLogger(__name__)

_PURGE_SECONDS = 300.0  # between two looks for what was deleted long ago


class Worker:
    """A thread that does the jobs in the ledger, also those of before the app was started.

    The ledger is the queue, so nothing is lost with the process. A job that fails holds up no
    other; a missing embedding model, a full disk and another owner of the library are waited for.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        changed: Callable[[], None] = lambda: None,
        retry_seconds: float = 5.0,
        look_seconds: float = 1.0,
    ) -> None:
        """`changed` is called when there is something new for the index.

        `retry_seconds` lie between two tries of what cannot be done now, `look_seconds` between
        two looks for jobs of other processes.
        """
        self._kb = kb
        self._changed = changed
        self._retry_seconds = retry_seconds
        self._look_seconds = look_seconds
        self._problem: str | None = None
        self._purge_at = 0.0
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ingest", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def wake(self) -> None:
        """Tell that there is a new job."""
        self._wake.set()

    @property
    def busy(self) -> bool:
        """Whether a job waits or is being done, by this process or another."""
        return any(not job.ended for job in self._kb.jobs())

    @property
    def problem(self) -> str | None:
        """What uploads wait for, in a line: a model, space on the disk; None if for nothing."""
        return self._problem

    def stop(self, timeout: float = 10.0) -> None:
        """End after the step in hand; the rest is done after the next start."""
        self._ended.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        while not self._ended.is_set():
            self._wake.clear()
            blocked = True
            try:
                blocked = self._work()
                self._purge()
            except Exception:  # of the ledger: the thread must outlive it
                log.exception("working on the library failed")
            self._wake.wait(self._retry_seconds if blocked else self._look_seconds)

    def _purge(self) -> None:
        """Delete for good, now and then, what was deleted a while ago."""
        if time.monotonic() >= self._purge_at and self._kb.owner.held:
            self._purge_at = time.monotonic() + _PURGE_SECONDS
            if self._kb.shelf.purge():
                self._changed()

    def _work(self) -> bool:
        """Do everything that waits; True when it must be tried again later."""
        try:
            self._all()
        except (ModelError, DiskFullError) as error:
            self._problem = one_line(error)
            # Folders do not wait with the uploads: who asked for them is told at once.
            with suppress(ModelError, DiskFullError):  # the same once more
                self._all(INGEST)
            return True
        self._problem = None
        return False

    def _all(self, *kinds: str) -> None:
        while not self._ended.is_set() and self._kb.own() and self._kb.work(self._go_on, *kinds):
            if not kinds:
                self._problem = None
            self._changed()

    def _go_on(self, *_: object) -> None:
        """Raise Stopped once the worker shall end: the ledger keeps what is not done."""
        if self._ended.is_set():
            raise Stopped
