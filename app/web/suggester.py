"""Questions to suggest, made in the background while nobody needs the chat model."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from app.errors import EXPECTED, one_line
from app.service import KnowledgeBase

log = logging.getLogger(__name__)

_LOOK = 0.05  # seconds between two looks at whether somebody asks
_WORK_LOOK = 1.0  # and at whether there is a job, which is read from the ledger
_FAILED = 300.0  # seconds until it is tried again after an error


class Suggester:
    """A thread that makes questions one at a time, and gives way to whoever needs the model.

    It holds `lock` while it makes one. The model stops within a second, as for an answer that is
    stopped; what was in hand is begun anew later.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        lock: threading.Lock,
        wanted: Callable[[], bool],
        working: Callable[[], bool],
        quiet_seconds: float = 10.0,
        look_seconds: float = 1.0,
    ) -> None:
        """`wanted` tells whether somebody needs the model, `working` whether documents are read.

        It begins when neither was so for `quiet_seconds`; between two looks lie `look_seconds`.
        """
        self._kb = kb
        self._lock = lock
        self._wanted = wanted
        self._working = working
        self._quiet_seconds = quiet_seconds
        self._look_seconds = look_seconds
        self._busy_at = time.monotonic()
        self._not_before = 0.0
        self._ended = threading.Event()
        self._cancel = threading.Event()
        self._making = False
        self._more = True
        self._thread = threading.Thread(target=self._run, name="suggestions", daemon=True)

    def start(self) -> None:
        """Begin to look; a library that is read-only gets no questions."""
        if not self._kb.read_only:
            self._thread.start()

    @property
    def active(self) -> bool:
        """Whether more questions may come, now or as soon as nothing else is to be done."""
        return self._thread.is_alive() and self._kb.settings.suggest and self._more

    @property
    def making(self) -> bool:
        """Whether a question is being made now."""
        return self._making

    def stop(self, timeout: float = 10.0) -> None:
        """End the thread; what is in hand is given up."""
        self._ended.set()
        self._cancel.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        while not self._ended.wait(self._look_seconds):
            try:
                if self._may_begin():
                    self._more = self._make()
                    # A new document brings new ones; looking for one reads the ledger only.
                    self._not_before = 0.0 if self._more else time.monotonic() + 10
            except EXPECTED as error:  # a full disk, a model that is gone: later again
                log.warning("no questions are suggested: %s", one_line(error))
                self._not_before = time.monotonic() + _FAILED
            except Exception:  # the thread must outlive it
                log.exception("making a question failed")
                self._not_before = time.monotonic() + _FAILED

    def _may_begin(self) -> bool:
        if not self._kb.settings.suggest:
            return False
        if self._wanted() or self._working():
            self._busy_at = time.monotonic()
            return False
        now = time.monotonic()
        return (
            self._kb.models.loaded
            and now - self._busy_at >= self._quiet_seconds
            and now >= self._not_before
        )

    def _make(self) -> bool:
        """Make one question if the model is free; tell whether there may be more to do."""
        if not self._lock.acquire(blocking=False):
            self._busy_at = time.monotonic()
            return True
        self._cancel = threading.Event()
        done = threading.Event()
        self._making = True
        watch = threading.Thread(target=self._watch, args=(done,), name="suggestions-watch")
        watch.start()
        try:
            return self._kb.suggestions.make_one(self._cancel)
        finally:
            self._making = False
            self._lock.release()
            done.set()
            watch.join()

    def _watch(self, done: threading.Event) -> None:
        """Give up what is in hand as soon as somebody asks, or documents come."""
        look_at = time.monotonic() + _WORK_LOOK
        while not done.wait(_LOOK):
            wanted = self._ended.is_set() or self._wanted() or not self._kb.settings.suggest
            if not wanted and time.monotonic() >= look_at:
                wanted = self._working()
                look_at = time.monotonic() + _WORK_LOOK
            if wanted:
                self._busy_at = time.monotonic()
                self._cancel.set()
                return
