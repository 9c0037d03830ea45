"""One piece of work at a time in a thread of its own, of which every tab sees how far it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from app.errors import EXPECTED, one_line

log = logging.getLogger(__name__)

T = TypeVar("T")


class TaskStopped(Exception):
    """Somebody stopped the work."""


@dataclass(frozen=True)
class TaskState(Generic[T]):
    """What is being done and how far, or what came of it.

    `subject` says for what it is done, `done` and `total` count, total None while unknown. `error`
    is "" when something unexpected went wrong, None when nothing did.
    """

    subject: str = ""
    running: bool = False
    done: int = 0
    total: int | None = None
    step: str = ""
    result: T | None = None
    error: str | None = None
    stopped: bool = False


class BackgroundTask(Generic[T]):
    """Runs one function in a thread; begun again while it runs, nothing happens."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._state: TaskState[T] = TaskState()
        self.stopping = threading.Event()  # set once somebody wants the work to stop
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()

    @property
    def state(self) -> TaskState[T]:
        """How far the work is, or what came of the last."""
        return self._state

    def start(self, subject: str, work: Callable[[Callable[..., None]], T]) -> None:
        """Begin `work`, which is given a function to tell `step`, `done` and `total` by.

        That function raises TaskStopped when the work shall stop.
        """
        with self._guard:
            if self._state.running:
                return
            self.stopping.clear()
            self._state = TaskState(subject, running=True)
            self._thread = threading.Thread(
                target=self._run, args=(work,), name=self._name, daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """Ask that the work stops."""
        self.stopping.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until the work is over, for so long at most."""
        if self._thread is not None:
            self._thread.join(seconds)

    def forget(self) -> None:
        """Forget what came of the last work."""
        with self._guard:
            if not self._state.running:
                self._state = TaskState()

    def _tell(self, step: str, done: int = 0, total: int | None = None) -> None:
        if self.stopping.is_set():
            raise TaskStopped
        self._state = replace(self._state, step=step, done=done, total=total)

    def _run(self, work: Callable[[Callable[..., None]], T]) -> None:
        try:
            result = work(self._tell)
            self._state = replace(self._state, result=result, running=False)
        except TaskStopped:
            self._state = replace(self._state, stopped=True, running=False)
        except EXPECTED as error:
            self._state = replace(self._state, error=one_line(error), running=False)
        except Exception:
            log.exception("%s failed", self._name)
            self._state = replace(self._state, error="", running=False)
