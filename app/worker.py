"""Jobs done and uploads read in the background, one after the other."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.documents import Stopped
from app.errors import EXPECTED, one_line
from app.service import KnowledgeBase
from llm.errors import ModelError
from retrieval.errors import DiskFullError
from retrieval.records import Record

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """What is being done with a document: queued, reading, embedding or blocked.

    `done` and `total` count pieces (0 of 0: unknown); `problem` says what a blocked one waits for.
    """

    name: str
    done: int = 0
    total: int = 0
    problem: str = ""


class Worker:
    """A thread that does what waits in the ledger, also what waited when the app was stopped.

    The ledger is the queue, so nothing is lost with the process. A document that fails holds up
    no other; a missing embedding model, a full disk and another owner of the library are waited
    for.
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
        self._lock = threading.Lock()
        self._steps: dict[str, Step] = {}
        self._troubles: dict[str, str] = {}
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ingest", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def submit(self, document: str) -> None:
        """Tell that a document waits to be read."""
        with self._lock:
            self._steps[document] = Step("queued")
            self._troubles.pop(document, None)
        self._wake.set()

    def step(self, document: str) -> Step | None:
        """Return what is being done with a document, None if nothing."""
        with self._lock:
            return self._steps.get(document)

    def trouble(self, document: str) -> str | None:
        """Return the unexpected error at which a document was given up, None if there was none."""
        with self._lock:
            return self._troubles.get(document)

    @property
    def busy(self) -> bool:
        """Whether a document is being read or waits for it."""
        with self._lock:
            return bool(self._steps)

    def stop(self, timeout: float = 10.0) -> None:
        """End after the step in hand; the rest is done after the next start."""
        self._ended.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        while not self._ended.is_set():
            self._wake.clear()
            blocked = False
            try:
                blocked = self._work()
            except Exception:  # of the ledger or a job: the thread must outlive it
                log.exception("working on the library failed")
                blocked = True
            self._wake.wait(self._retry_seconds if blocked else self._look_seconds)

    def _work(self) -> bool:
        """Process everything that waits; True when it must be tried again later."""
        while not self._ended.is_set():
            waiting = self._waiting()
            if not self._kb.own():
                return False
            if self._kb.work(self._go_on):
                self._changed()
                continue
            if not waiting:
                return False
            try:
                self._process(waiting[0])
            except (ModelError, DiskFullError) as error:
                with self._lock:
                    blocked = Step("blocked", problem=one_line(error))
                    self._steps = dict.fromkeys(self._steps, blocked)
                return True
        return False

    def _waiting(self) -> list[Record]:
        with self._lock:
            before = set(self._steps)
        waiting = [r for r in self._kb.waiting() if self._open(r)]
        with self._lock:
            # What was submitted since the ledger was read is in neither; it stays.
            for done in before - {r.document for r in waiting}:
                del self._steps[done]
            for record in waiting:
                self._steps.setdefault(record.document, Step("queued"))
        return waiting

    def _open(self, record: Record) -> bool:
        return record.reason is None and self.trouble(record.document) is None

    def _go_on(self, *_: object) -> None:
        """Raise Stopped once the worker shall end: the ledger keeps what is not done."""
        if self._ended.is_set():
            raise Stopped

    def _process(self, record: Record) -> None:
        def show(_path: str, name: str, done: int, total: int) -> None:
            self._go_on()
            with self._lock:
                self._steps[record.document] = Step(name, done, total)

        try:
            self._kb.process(record, show)
            self._changed()
        except (ModelError, DiskFullError):
            raise
        except Stopped:
            return
        except Exception as error:
            log.exception("reading the upload %r failed", record.path)
            with self._lock:
                self._troubles[record.document] = (
                    one_line(error) if isinstance(error, EXPECTED) else type(error).__name__
                )
