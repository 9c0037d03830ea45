"""Conversations put right when the app starts, and purged as they get old."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from app.errors import EXPECTED, one_line
from app.service import KnowledgeBase

log = logging.getLogger(__name__)

_HOUR = 3600.0  # seconds


class ChatKeeper:
    """A thread that purges conversations which are older than they are kept, or were deleted."""

    def __init__(self, kb: KnowledgeBase, look_seconds: float = _HOUR) -> None:
        """`look_seconds` lie between two looks."""
        self._kb = kb
        self._look_seconds = look_seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="conversations", daemon=True)

    def start(self) -> None:
        """Note what was in hand when the app ended, and begin to look."""
        if not self._kb.read_only:
            # At once: a page that is drawn first must not say that it is being answered.
            self._try(self._kb.conversations.interrupt)
            self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """End the thread."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        while not self._ended.is_set():
            self._try(self._kb.conversations.purge)
            self._ended.wait(self._look_seconds)

    def _try(self, do: Callable[[], int]) -> None:
        try:
            do()
        except EXPECTED as error:  # a full disk, another program that holds the ledger
            log.warning("conversations are not looked after: %s", one_line(error))
        except Exception:  # the thread must outlive it
            log.exception("looking after conversations failed")
