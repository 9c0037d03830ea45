"""The half of the façade that writes: documents put in, jobs done, the index kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import one_line
from app.library.collection_names import DEFAULT_COLLECTION, check_name
from app.library.index_in_use import IndexInUse
from app.library.locked import AskPassword, Locked, nobody
from app.library.order import Order
from app.library.readers_in_use import ReadersInUse
from app.loaded_models import Models
from app.problem import Problem
from app.results import Failed, IngestReport
from app.settings import Settings
from ingest.errors import ReadError
from llm.errors import ModelError
from retrieval.ledger import Ledger, OwnerLock, VectorTable
from retrieval.library import Job, Jobs, Library, Record, Source, Uploads

if TYPE_CHECKING:
    from app.library.document_pipeline import DocumentPipeline
    from app.library.evidence import Evidence
    from app.library.job_runner import JobRunner
    from app.library.mirror import IngestProgress, Mirror
    from app.setup import Setup
    from ingest.sandbox import ReadingPool
    from retrieval.index import VectorIndex

_MERE_BYTES = ("unsafe-name", "its name is no valid text and cannot be noted; rename it")


class LibraryWriter:
    """A library and what is needed to work on it; `KnowledgeBase` adds what people ask of it."""

    def __init__(
        self,
        settings: Settings,
        ledger: Ledger,
        models: Models,
        readers: ReadingPool | None = None,
        look_seconds: float = 0.5,
    ) -> None:
        """`readers` that are given are left open at the end; without them it has its own.

        `look_seconds` lie between two looks whether the work in hand is still wanted.
        """
        self.settings = settings
        self.models = models
        self._ledger = ledger
        self._library = Library(ledger)
        self._vectors = VectorTable(ledger)
        self._jobs = Jobs(ledger)
        self._uploads = Uploads(ledger)
        self.owner = OwnerLock(settings.data_dir / "owner.lock")
        self._readers_in_use = ReadersInUse(readers)
        self._look_seconds = look_seconds
        self._index_in_use = IndexInUse(ledger, settings.index_dir, self.owner)
        self._passwords: dict[str, str] = {}  # by document, until it is read; in no other place

    # Imported and made when first used: `kb list` needs neither an index nor a model.

    @cached_property
    def evidence(self) -> Evidence:
        """Where passages stand today, and the files they are from."""
        from app.library.evidence import Evidence

        return Evidence(self._library, self.settings.blobs_dir)

    @property
    def _index(self) -> VectorIndex:
        return self._index_in_use.of(self.models.fingerprint)

    @cached_property
    def _runner(self) -> JobRunner:
        from app.library.job_runner import JobRunner

        return JobRunner(
            self._jobs,
            self._uploads,
            self._library,
            self.owner,
            self._mirror,
            self._read_upload,
            self._tidy,
            self._look_seconds,
        )

    @cached_property
    def pipeline(self) -> DocumentPipeline:
        """How documents are read, split and embedded with these settings."""
        from app.library.document_pipeline import DocumentPipeline

        return DocumentPipeline(
            self.settings,
            self._library,
            self._vectors,
            self.models,
            self._readers_in_use.get(),
            self._look_seconds,
        )

    @cached_property
    def setup(self) -> Setup:
        """What may be set in the app: its values, where they come from, and other ones."""
        from app.setup import Setup

        return Setup(self.settings, self.models, self._library)

    def _read_upload(self, record: Record, progress: IngestProgress) -> ReadError | None:
        password = self._passwords.pop(record.document, None)
        given = () if password is None else (password,)
        return self.pipeline.run(record, lambda *step: progress(record.path, *step), given)

    @property
    def read_only(self) -> bool:
        """Whether the library can be asked, but not changed by this user."""
        return self._ledger.read_only

    # -- putting documents in

    def ingest(
        self,
        paths: Sequence[Path] = (),
        collection: str = DEFAULT_COLLECTION,
        *,
        keep: bool = False,
        yes: bool = False,
        dry_run: bool = False,
        again: bool = False,
        progress: IngestProgress = lambda *_: None,
    ) -> IngestReport:
        """Mirror files and folders into a collection; without paths, every source again.

        With `again` also what needs nothing is read once more.
        More than half of a source of 20 documents or more is taken out only with `yes`. The work
        is left to the process that owns the library when there is one, and done by this one
        otherwise.
        """
        from ingest.folders import is_text, printable

        check_name(collection)
        named = [path for path in paths if is_text(str(path.absolute()))]
        if paths and not named:  # without a path every source would be meant
            counts = self._library.counts()
            report = IngestReport(documents=counts["documents"], chunks=counts["chunks"])
        else:
            order = Order(tuple(named), collection, keep, yes, again)
            report = self._do(order, dry_run, progress)
        for path in paths:
            if path not in named:
                report.failed.append(Failed(printable(str(path)), *_MERE_BYTES))
        return report

    def ingest_again(
        self,
        names: Sequence[str],
        *,
        dry_run: bool = False,
        progress: IngestProgress = lambda *_: None,
    ) -> IngestReport:
        """Read documents, found by their ids or paths, once more.

        They are read from their place, or from the library's bytes where nothing is there. Raises
        LibraryError when one of the documents is not there.
        """
        ids = tuple(dict.fromkeys(self._library.find(name).document for name in names))
        return self._do(Order(again=True, documents=ids), dry_run, progress)

    def _do(self, order: Order, dry_run: bool, progress: IngestProgress) -> IngestReport:
        if dry_run:
            return self._mirror().run(order, True, progress)
        with self._owned_for_now():
            return self._runner.ingest(order, progress)

    def unlock(
        self,
        report: IngestReport,
        passwords: Sequence[str] = (),
        ask: AskPassword = nobody,
        progress: IngestProgress = lambda *_: None,
    ) -> None:
        """Read what an ingestion found locked with a password, in this process; see `Locked`.

        `ask` is asked for the password of a path that none of the `passwords` opens. The report is
        corrected.
        """
        with self._owned_for_now():
            Locked(self._library, self.pipeline).open(report, passwords, ask, progress)
            if self.own():
                self._tidy()

    @contextmanager
    def _owned_for_now(self) -> Iterator[None]:
        """Let another process own the library afterwards, unless this one did before.

        An owner must go on doing what others ask for, as the web app's worker does.
        """
        before = self.owner.held
        try:
            yield
        finally:
            if not before:
                self._index_in_use.close()
                self.owner.release()

    def _mirror(self) -> Mirror:
        from app.library.mirror import Mirror

        return Mirror(self.settings, self._library, self.pipeline)

    def _tidy(self) -> None:
        """Drop what no document has any more, and bring the index up to the ledger."""
        from app.library.kept_files import sweep_files
        from retrieval.keywords import fill_keywords

        self._vectors.sweep()
        sweep_files(self.settings, self._library.blobs())
        fill_keywords(self._ledger)
        if self._library.index_state(self.models.fingerprint) != "ready":
            self.sync()

    def own(self) -> bool:
        """Become the owner of the library if nobody is; tell whether this process is it now."""
        return self._runner.own()

    def work(self, progress: IngestProgress = lambda *_: None, *kinds: str) -> bool:
        """Do the job whose turn it is, of these kinds or of any; False when none waits.

        For the owner. Raises ModelError or DiskFullError when an upload has to wait for a model or
        for space; whatever else goes wrong ends its job.
        """
        return self._runner.run_next(progress, *kinds)

    def abandon(self) -> None:
        """Note in the ledger what is not done, as this process ends now; for another thread."""
        if "_runner" in self.__dict__:
            self._runner.abandon()

    def jobs(self) -> list[Job]:
        """Return the jobs that wait or run, and the last that ended; the newest first."""
        return self._jobs.all()

    def cancel(self, job: int) -> Job:
        """Ask that a job stops; return it. Raises LibraryError when there is none of this id."""
        return self._uploads.cancel(job)

    def cancel_all(self, jobs: Sequence[int]) -> None:
        """Ask at once that these jobs stop; those that have ended are left alone."""
        self._uploads.cancel_all(jobs)

    def read_all_again(self, documents: Sequence[str]) -> Job:
        """Ask that documents, by their ids, are read once more, in one job; return it."""
        return self._jobs.get(self._runner.ask(Order(again=True, documents=tuple(documents))))

    def upload(self, name: str, given: bytes | Path, collection: str = DEFAULT_COLLECTION) -> str:
        """Keep an uploaded file and leave a job that reads it; return its document id.

        `name` may be a path, "/"-separated; a file that is `given` is copied. One of the same name
        is replaced when the new one has been read. Raises ReadError.
        """
        from app.library.kept_upload import kept_upload

        check_name(collection)
        self._ledger.require_writable()
        kept = kept_upload(name, given, self.settings, self.pipeline.limits)
        return self._uploads.put(self._library.source(collection, "upload", ""), *kept)

    def uploaded(self, collection: str) -> dict[str, Record]:
        """Return the uploads of a collection by path."""
        source = self._library.source(collection, "upload", "")
        return {r.path: r for r in self._library.records(source=source.id)}

    def sources(self) -> list[Source]:
        """Return what is mirrored: folders, files, and the browser's uploads."""
        return self._library.sources()

    def sync(self) -> None:
        """Bring the indexes up to the ledger; what Chroma has not been told is searched exactly."""
        from retrieval.keywords import fill_keywords

        if self.owner.held:
            fill_keywords(self._ledger)
        self._index.sync()

    def index_health(self) -> tuple[str, Problem | None]:
        """Return what answers now, chroma, exact or building, and what is wrong, if anything."""
        index, trouble = self._index, None
        if index.trouble is not None:
            trouble = Problem(index.trouble, "index")
            trouble = one_line(index.short_of_room) if index.short_of_room else trouble
        return index.doing or ("chroma" if index.ready else "exact"), trouble

    def _fingerprint(self) -> str | None:
        with suppress(ModelError):
            return self.models.fingerprint
        return None
