"""Jobs done: by this process if it owns the library, else watched while the owner does them."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.documents import Cancelled, Stopped
from app.errors import EXPECTED, KbError, one_line
from app.mirroring import Mirror, Progress
from app.results import Failed, IngestReport, Skipped
from retrieval.errors import LibraryError
from retrieval.jobs import Job, Jobs
from retrieval.library import Library
from retrieval.owner import OwnerLock

INGEST = "ingest"
_NOTED_SECONDS = 0.5  # between two notes of the progress in the ledger
_LOOK_SECONDS = 0.2  # between two looks at a job that another process does


class JobRunner:
    """Asks for jobs, does them, and follows those of others."""

    def __init__(
        self,
        jobs: Jobs,
        library: Library,
        owner: OwnerLock,
        mirror: Callable[[], Mirror],
        finish: Callable[[], None],
    ) -> None:
        """`mirror` is made when a job needs it; `finish` brings the index up to the ledger."""
        self._jobs = jobs
        self._library = library
        self._owner = owner
        self._mirror = mirror
        self._finish = finish
        self._lost = False  # whether a job's end could not be noted, as on a full disk
        self._owning = threading.Lock()

    def own(self) -> bool:
        """Become the owner of the library if nobody is; tell whether this process is now."""
        with self._owning:
            if self._owner.held and not self._lost:
                return True
            if not self._owner.acquire():
                return False
            self._lost = True  # until the next two lines are through
            self._jobs.recover()
            self._library.recover()
            self._lost = False
            return True

    def ingest(
        self, paths: list[Path], collection: str, keep: bool, yes: bool, progress: Progress
    ) -> IngestReport:
        """Have files and folders mirrored, by this process or by the owner; return the report.

        Raises KbError when the job was given up or cancelled.
        """
        self.own()
        arguments = {
            "paths": [str(_absolute(path)) for path in paths],
            "collection": collection,
            "keep": keep,
            "yes": yes,
        }
        job = self._jobs.ask(INGEST, arguments)
        try:
            ended = self._follow(job, progress)
        except KeyboardInterrupt:
            self._jobs.cancel(job)
            raise
        if ended.status != "done" or ended.result is None:
            raise KbError(ended.message or f"job {job} was {ended.status}")
        return _report(ended.result)

    def run_next(self, progress: Progress = lambda *_: None) -> bool:
        """Do the job that has waited longest; False when none waits. For the owner only.

        A `progress` that raises Stopped puts the job back for the next owner.
        """
        job = self._jobs.take()
        if job is None:
            return False
        try:
            report = self._do(job, progress)
        except Stopped:
            self._jobs.put_back(job.id)
            return False
        except Cancelled:
            self._end(job, "cancelled", message="cancelled; what was done so far is kept")
        except EXPECTED as error:
            self._end(job, "failed", message=one_line(error))
        except KeyboardInterrupt:
            self._end(job, "cancelled", message="stopped; what was done so far is kept")
            raise
        except Exception:
            self._end(job, "failed", message="Zhiku itself failed; see the log")
            raise
        else:
            self._end(job, "done", dataclasses.asdict(report))
        return True

    def _end(
        self, job: Job, status: str, result: dict[str, Any] | None = None, message: str = ""
    ) -> None:
        try:
            self._jobs.end(job.id, status, result, message or None)
        except LibraryError:
            self._lost = True
            raise

    def _do(self, job: Job, progress: Progress) -> IngestReport:
        noted = 0.0

        def show(*step: Any) -> None:
            nonlocal noted
            progress(*step)
            now = time.monotonic()
            if now - noted >= _NOTED_SECONDS:
                noted = now
                if self._jobs.report(job.id, list(step)):
                    raise Cancelled

        a = job.arguments
        paths = [Path(path) for path in a["paths"]]
        # A job of an earlier release has no "yes".
        report = self._mirror().run(
            paths, a["collection"], a["keep"], a.get("yes", False), False, show
        )
        self._finish()
        return report

    def _follow(self, number: int, progress: Progress) -> Job:
        while not (job := self._jobs.get(number)).ended:
            if self.own() and self.run_next(progress):
                continue
            if job.progress:
                progress(*job.progress)
            time.sleep(_LOOK_SECONDS)
        return job


def _absolute(path: Path) -> Path:
    try:
        return path.expanduser().absolute()
    except RuntimeError:  # ~nobody: the report says that there is no such file
        return path.absolute()


def _report(values: dict[str, Any]) -> IngestReport:
    return IngestReport(
        **{
            **values,
            "skipped": [Skipped(**s) for s in values["skipped"]],
            "failed": [Failed(**f) for f in values["failed"]],
        }
    )
