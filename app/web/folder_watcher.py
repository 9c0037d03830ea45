"""Sources mirrored as they change, in the background, while the switch is on."""

from __future__ import annotations

import logging
import threading

from app.problem import Problem
from app.results import SourceChange
from app.service import KnowledgeBase
from retrieval.library import WATCH

log = logging.getLogger(__name__)

_AGAIN_SECONDS = 10.0  # after a defect


class FolderWatcher:
    """A thread that watches the sources and leaves a job for what changes; see `Watching`.

    The switch is kept in the ledger, so it is as it was after a restart.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._turning = threading.Lock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._problems: dict[str, str] = {}

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong with sources that are watched, in a line, by their paths."""
        return dict(self._problems)

    def start(self) -> None:
        """Watch, if the switch is on."""
        if self._kb.switches.is_on(WATCH):
            self._begin()

    def turn(self, *, on: bool) -> None:
        """Switch it on or off."""
        self._kb.switches.turn(WATCH, on=on)
        if on:
            self._begin()
        else:
            self.stop(0)

    def stop(self, timeout: float = 10.0) -> None:
        """End the thread; the switch stays as it is."""
        with self._turning:
            self._ended.set()
            thread, self._thread = self._thread, None
            self._problems.clear()
        if thread is not None and thread.is_alive():
            thread.join(timeout)

    def _begin(self) -> None:
        with self._turning:
            if self._thread is not None:
                return
            self._ended = threading.Event()
            self._thread = threading.Thread(
                target=self._run, args=(self._ended,), name="watch", daemon=True
            )
            self._thread.start()

    def _run(self, ended: threading.Event) -> None:
        while not ended.is_set():
            try:
                self._kb.watch(self._tell, ended, beside_worker=True)
            except Exception:  # the thread must outlive it
                if not ended.is_set():
                    log.exception("watching the sources failed")
                ended.wait(_AGAIN_SECONDS)

    def _tell(self, change: SourceChange) -> None:
        if change.path == change.source and change.event in ("unreachable", "failed"):
            problem = change.message
            if isinstance(problem, Problem) and problem.reason == "vanished":  # said of a file
                problem = Problem(problem, "source-unreachable")
            self._problems[change.source] = problem
        else:
            self._problems.pop(change.source, None)
