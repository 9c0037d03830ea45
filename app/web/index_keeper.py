"""The vector index kept up to the ledger in the background."""

from __future__ import annotations

import logging
import threading

from app.errors import EXPECTED, one_line
from app.service import KnowledgeBase

log = logging.getLogger(__name__)


class IndexKeeper:
    """A thread that tells Chroma what has changed, and builds it again when it is damaged.

    Questions and ingestion never wait for it: what Chroma lacks is searched exactly.
    """

    def __init__(self, kb: KnowledgeBase, look_seconds: float = 5.0) -> None:
        """`look_seconds` lie between two looks for changes that other processes made."""
        self._kb = kb
        self._look_seconds = look_seconds
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="index", daemon=True)
        self._complaint = ""

    def start(self) -> None:
        """Begin to keep the index."""
        self._thread.start()

    def wake(self) -> None:
        """Tell that there is something new for the index."""
        self._wake.set()

    def stop(self, timeout: float = 10.0) -> None:
        """End after the step in hand; the rest is told to Chroma after the next start."""
        self._ended.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        while not self._ended.is_set():
            self._wake.clear()
            try:
                self._kb.sync()
                self._complaint = ""
            except EXPECTED as error:  # no embedding model yet, a full disk: tried again
                self._complain(one_line(error))
            except Exception:  # the thread must outlive it; exact search answers
                log.exception("keeping the vector index failed")
            self._wake.wait(self._look_seconds)

    def _complain(self, line: str) -> None:
        if line != self._complaint:  # once, not every few seconds
            log.warning("the vector index is not kept up: %s", line)
        self._complaint = line
