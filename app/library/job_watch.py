"""How far a job is, noted in the ledger, where the wish that it stops is found too."""

from __future__ import annotations

import time
from typing import Any

from app.library.document_pipeline import Cancelled
from app.library.mirror import IngestProgress
from retrieval.library import Jobs

CANCELLED = "cancelled; what was done so far is kept"


class Watch:
    """Passes the progress of a running job on, to the screen and now and then to the ledger.

    Raises Cancelled once the job shall stop.
    """

    def __init__(self, jobs: Jobs, job: int, progress: IngestProgress, seconds: float) -> None:
        """`seconds` lie between two notes of the progress in the ledger."""
        self._jobs = jobs
        self._job = job
        self._progress = progress
        self._seconds = seconds
        self._step: list[Any] = []
        self._next = 0.0

    def __call__(self, path: str, step: str, done: int, total: int) -> None:
        """Note a step of the job's own work."""
        self._progress(path, step, done, total)
        # A new step may last for long before the next word, as while a model is loaded.
        is_new = [path, step] != self._step[:2]
        self._step = [path, step, done, total]
        if self._due() or is_new:
            self.look()

    def look(self) -> None:
        """Raise Cancelled if the job shall stop."""
        if self._jobs.report(self._job, self._step):
            raise Cancelled

    def beside(self, path: str, step: str, done: int, total: int) -> None:
        """Show a step of an upload that goes before; a stop ends this job and not the upload."""
        self._progress(path, step, done, total)
        if self._due() and self._jobs.report(self._job, self._step):
            self._jobs.end(self._job, "cancelled", message=CANCELLED)

    def _due(self) -> bool:
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + self._seconds
        return True
