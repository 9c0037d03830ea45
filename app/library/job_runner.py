"""Jobs done: by this process if it owns the library, else watched while the owner does them."""

from __future__ import annotations

import dataclasses
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from app.errors import EXPECTED, KbError, one_line
from app.library.document_pipeline import Cancelled, Stopped
from app.library.job_watch import CANCELLED, Watch
from app.library.mirror import IngestProgress, Mirror
from app.library.order import Order
from app.problem import Problem
from app.results import Failed, IngestReport, Skipped, Warned
from ingest.errors import ReadError
from llm.errors import ModelError
from retrieval.errors import DiskFullError, LibraryError
from retrieval.ledger import OwnerLock
from retrieval.library import INGEST, UPLOAD, Job, Jobs, Library, Record, Uploads

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.2  # between two looks at a job that another process does
_STOPPED = "stopped; what was done so far is kept"
_DEFECT = Problem("Zhiku itself failed; see the log", "internal")

# Reads a document and publishes it; returns why it could not be read.
Read = Callable[[Record, IngestProgress], ReadError | None]


class JobRunner:
    """Asks for jobs, does them, and follows those of others."""

    def __init__(
        self,
        jobs: Jobs,
        uploads: Uploads,
        library: Library,
        owner: OwnerLock,
        mirror: Callable[[], Mirror],
        read: Read,
        finish: Callable[[], None],
        look_seconds: float,
    ) -> None:
        """`mirror` is made when a job needs it; `finish` brings the index up to the ledger.

        `look_seconds` lie between two looks whether a job shall stop.
        """
        self._jobs = jobs
        self._uploads = uploads
        self._library = library
        self._owner = owner
        self._mirror = mirror
        self._read = read
        self._finish = finish
        self._look_seconds = look_seconds
        self._lost = False  # whether a job's end could not be noted, as on a full disk
        self._owning = threading.Lock()
        self._asked: int | None = None  # the job that somebody waits for here
        self._in_hand: list[Job] = []  # an upload may be done in the middle of a folder

    def own(self) -> bool:
        """Become the owner of the library if nobody is; tell whether this process is now."""
        with self._owning:
            if self._owner.held and not self._lost:
                return True
            if not self._owner.acquire():
                return False
            self._lost = True  # until the next line is through
            self._uploads.recover()
            self._lost = False
            return True

    def ask(self, order: Order) -> int:
        """Leave a job that does what is ordered; return its number."""
        return self._jobs.ask(INGEST, order.arguments())

    def ingest(self, order: Order, progress: IngestProgress) -> IngestReport:
        """Have done what is ordered, by this process or by the owner; return the report.

        Raises KbError when the job was given up or cancelled.
        """
        self.own()
        job = self._asked = self.ask(order)
        try:
            ended = self._follow(job, progress)
        except (KeyboardInterrupt, ModelError, DiskFullError):
            self._jobs.cancel(job, _STOPPED)
            self._uploads.leave()
            raise
        if ended.status != "done" or ended.result is None:
            raise why_ended(ended)
        return report_of(ended.result)

    def abandon(self) -> None:
        """Put right what this process has in hand, from another thread, as it ends now.

        What somebody waits for here is stopped; what others asked for waits for the next owner.
        """
        for job in self._in_hand:
            self._jobs.put_back(job.id)
        if self._in_hand:
            self._library.put_back()
        if self._asked is not None:
            self._jobs.cancel(self._asked, _STOPPED)
            self._uploads.leave()

    def run_next(self, progress: IngestProgress = lambda *_: None, *kinds: str) -> bool:
        """Do the job whose turn it is, of these kinds or of any; False when none waits.

        For the owner only. A `progress` that raises Stopped puts the job back for the next owner.
        What fails ends its own job; only what an upload waits for, as it is put back then, is
        raised: ModelError and DiskFullError.
        """
        job = self._jobs.take(*kinds)
        if job is None:
            return False
        watch = Watch(self._jobs, job.id, progress, self._look_seconds)
        self._in_hand.append(job)
        try:
            if job.kind == UPLOAD:
                self._do_upload(job, watch)
            else:
                self._do_ingest(job, watch)
        except Stopped:
            self._put_back(job)
            return False
        except KeyboardInterrupt:
            self._put_back(job)
            raise
        except Cancelled:
            self._end(job, "cancelled", message=CANCELLED, stops=True)
        except EXPECTED as error:
            if job.kind == UPLOAD and isinstance(error, ModelError | DiskFullError):
                self._put_back(job)
                raise
            self._fail(job, one_line(error), stops=True)
        except Exception:
            log.exception("job %d failed", job.id)
            self._uploads.give_up(job, "internal", _DEFECT)
            self._fail(job, _DEFECT)
        finally:
            self._in_hand.remove(job)
        return True

    def _do_upload(self, job: Job, watch: Watch) -> None:
        """Read the document of an upload, unless another job did or it was removed meanwhile."""
        record = self._library.get(job.arguments["document"])
        failure = self._read(record, watch) if record and record.staged else None
        now = self._library.get(job.arguments["document"])
        if failure:
            self._fail(job, Problem(f"{failure.reason}: {failure}", failure.reason))
        elif now and now.staged and not now.reason:
            # Other bytes came for it; their job is this one if they came before it began.
            self._uploads.again(now)
            self._end(job, "cancelled", message="newer bytes of the document are read instead")
        elif now is None:
            self._end(job, "cancelled", message="the document was removed")
        else:
            self._end(job, "done")

    def _do_ingest(self, job: Job, watch: Watch) -> None:
        """Mirror folders and files; uploads that come meanwhile are read between two files."""
        file = ""

        def show(path: str, step: str, done: int, total: int) -> None:
            nonlocal file
            watch(path, step, done, total)
            if path != file:
                file = path
                while self.run_next(watch.beside, UPLOAD):
                    pass
                watch.look()

        report = self._mirror().run(Order.of(job.arguments), False, show)
        self._finish()
        self._end(job, "done", dataclasses.asdict(report))

    def _end(
        self,
        job: Job,
        status: str,
        result: dict[str, Any] | None = None,
        message: str = "",
        *,
        stops: bool = False,
    ) -> None:
        with self._noting():
            if stops:
                self._uploads.end(job, status, result, message)
                return
            self._jobs.end(job.id, status, result, message or None)
            if status != "done":
                self._uploads.leave()

    def _fail(self, job: Job, problem: Problem, *, stops: bool = False) -> None:
        """Note why a job failed: in a line, and so that pages can say it in their words."""
        self._end(job, "failed", {"problem": problem.as_json()}, problem, stops=stops)

    def _put_back(self, job: Job) -> None:
        with self._noting():
            self._jobs.put_back(job.id)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Remember when what became of a job cannot be noted: then it is put right later."""
        try:
            yield
        except LibraryError:
            self._lost = True
            raise

    def _follow(self, number: int, progress: IngestProgress) -> Job:
        while not (job := self._jobs.get(number)).ended:
            if self.own() and self.run_next(progress):
                continue
            if job.progress:
                progress(*job.progress)
            time.sleep(_LOOK_SECONDS)
        return job


def problem_of(job: Job) -> Problem:
    """Return why a job failed or was stopped; "" where nobody says."""
    kept = Problem.from_json(job.problem) or Problem()
    return Problem(job.message or "", kept.reason, kept.values)


def why_ended(job: Job) -> KbError:
    """Return the error for a job that did not come to its end."""
    problem = problem_of(job) or Problem(f"job {job.id} was {job.status}", "job-ended")
    return KbError(problem, problem.reason, **problem.values)


def report_of(values: dict[str, Any]) -> IngestReport:
    """Return the report that was kept as the result of a job, also by an earlier release."""
    return IngestReport(
        **{
            **values,
            "skipped": [Skipped(**s) for s in values["skipped"]],
            "failed": [Failed(**f) for f in values["failed"]],
            "warned": [Warned(**w) for w in values.get("warned", [])],
        }
    )
