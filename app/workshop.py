"""The half of the façade that writes: documents put in, jobs done, the index kept."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.child_environment import child_environment
from app.errors import UsageError
from app.models import Models
from app.results import Failed, IngestReport
from app.settings import Settings
from ingest.errors import ReadError
from ingest.kinds import begins_as_text, has_suffix, is_supported
from ingest.names import is_text, printable
from ingest.reading_pool import ReadingPool
from ingest.staging import safe_name, stage_bytes, sweep
from llm.errors import ModelError
from retrieval.disk import require_room
from retrieval.jobs import Job, Jobs
from retrieval.keywords import fill_keywords
from retrieval.ledger import Ledger
from retrieval.library import Library
from retrieval.owner import OwnerLock
from retrieval.records import Record
from retrieval.vectors import VectorTable

if TYPE_CHECKING:
    from app.documents import DocumentPipeline
    from app.mirroring import Mirror, Progress
    from app.running import JobRunner
    from retrieval.index import VectorIndex

DEFAULT_COLLECTION = "default"
LONGEST_NAME = 64  # characters of a collection's name
_MERE_BYTES = ("unsafe-name", "its name is no valid text and cannot be noted; rename it")


class Workshop:
    """A library and what is needed to work on it; `KnowledgeBase` adds what people ask of it."""

    def __init__(
        self,
        settings: Settings,
        ledger: Ledger,
        models: Models,
        readers: ReadingPool | None = None,
    ) -> None:
        """`readers` that are given are left open at the end; without them it has its own."""
        self.settings = settings
        self.models = models
        self._ledger = ledger
        self._library = Library(ledger)
        self._vectors = VectorTable(ledger)
        self._jobs = Jobs(ledger)
        self.owner = OwnerLock(settings.data_dir / "owner.lock")
        self._readers = readers or ReadingPool(child_environment())
        self._close_readers = self._readers.close if readers is None else lambda: None
        self._making = threading.Lock()
        self._made: VectorIndex | None = None

    # Imported and made when first used: `kb list` needs neither an index nor a model.

    @property
    def _index(self) -> VectorIndex:
        from retrieval.index import VectorIndex

        with self._making:  # `cached_property` would let two threads make one each
            if self._made is None:
                self._made = VectorIndex(
                    self._ledger, self.settings.index_dir, self.models.fingerprint, self.owner
                )
            return self._made

    @cached_property
    def _runner(self) -> JobRunner:
        from app.running import JobRunner

        return JobRunner(self._jobs, self._library, self.owner, self._mirror, self._tidy)

    @cached_property
    def pipeline(self) -> DocumentPipeline:
        """How documents are read, split and embedded with these settings."""
        from app.documents import DocumentPipeline

        return DocumentPipeline(
            self.settings, self._library, self._vectors, self.models, self._readers
        )

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
        progress: Progress = lambda *_: None,
    ) -> IngestReport:
        """Mirror files and folders into a collection; without paths, every source again.

        More than half of a source of 20 documents or more is taken out only with `yes`. The work
        is left to the process that owns the library when there is one, and done by this one
        otherwise.
        """
        _check_name(collection)
        named = [path for path in paths if is_text(str(path.absolute()))]
        if paths and not named:  # without a path every source would be meant
            counts = self._library.counts()
            report = IngestReport(documents=counts["documents"], chunks=counts["chunks"])
        elif dry_run:
            report = self._mirror().run(named, collection, keep, yes, True, progress)
        else:
            with self._owned_for_now():
                report = self._runner.ingest(named, collection, keep, yes, progress)
        for path in paths:
            if path not in named:
                report.failed.append(Failed(printable(str(path)), *_MERE_BYTES))
        return report

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
                if self._made is not None:
                    self._made.close()
                self.owner.release()

    def _mirror(self) -> Mirror:
        from app.mirroring import Mirror

        return Mirror(self.settings, self._library, self.pipeline)

    def _tidy(self) -> None:
        """Drop what no document has any more, and bring the index up to the ledger."""
        self._vectors.sweep()
        sweep(self.settings.blobs_dir, self._library.blobs())
        fill_keywords(self._ledger)
        if self._library.index_state(self.models.fingerprint) != "ready":
            self.sync()

    def own(self) -> bool:
        """Become the owner of the library if nobody is; tell whether this process is it now."""
        return self._runner.own()

    def work(self, progress: Progress = lambda *_: None) -> bool:
        """Do a job that waits, as the owner; False when none does."""
        return self._runner.run_next(progress)

    def jobs(self) -> list[Job]:
        """Return the jobs that wait or run, and the last that ended; the newest first."""
        return self._jobs.all()

    def cancel(self, job: int) -> Job:
        """Ask that a job stops; return it. Raises LibraryError when there is none of this id."""
        self._jobs.get(job)
        self._jobs.cancel(job)
        return self._jobs.get(job)

    def upload(self, name: str, data: bytes, collection: str = DEFAULT_COLLECTION) -> str:
        """Keep an uploaded file and queue it for reading; return its document id.

        One of the same name is replaced when the new one has been read. Raises ReadError.
        """
        _check_name(collection)
        self._ledger.require_writable()
        name = safe_name(name)
        require_room(self.settings.data_dir, 2 * len(data))
        if not is_supported(name) or not (has_suffix(name) or begins_as_text(data)):
            raise ReadError("unsupported", "files of this kind are not read")
        sha256, size = stage_bytes(data, self.settings.blobs_dir, self.pipeline.limits)
        source = self._library.source(collection, "upload", "")
        return self._library.stage(source, name, sha256, size)

    def waiting(self) -> list[Record]:
        """Return the uploads that wait to be read, also those that a stop interrupted."""
        uploads = {s.id for s in self._library.sources() if s.kind == "upload"}
        return [r for r in self._library.records() if r.source in uploads and r.staged]

    def process(self, record: Record, progress: Progress = lambda *_: None) -> bool:
        """Read and publish a staged document; False when it could not be read, as noted in it."""
        return self.pipeline.run(record, lambda *s: progress(record.path, *s)) is None

    def sync(self) -> None:
        """Bring the indexes up to the ledger; what Chroma has not been told is searched exactly."""
        if self.owner.held:
            fill_keywords(self._ledger)
        self._index.sync()

    def index_health(self) -> tuple[str, str | None]:
        """Return in a word what answers now, and what is wrong with the index if anything.

        The word is chroma, exact or building.
        """
        index = self._index
        return index.doing or ("chroma" if index.ready else "exact"), index.trouble

    def _fingerprint(self) -> str | None:
        try:
            return self.models.fingerprint
        except ModelError:
            return None


def is_name(name: str) -> bool:
    """Tell whether this can be a collection's name: 1 to 64 characters, none of them invisible."""
    visible = not any(unicodedata.category(c)[0] == "C" for c in name)
    return 0 < len(name.strip()) <= LONGEST_NAME and visible


def _check_name(collection: str) -> None:
    if not is_name(collection):
        raise UsageError(
            f"{collection!r} cannot be a collection's name; give one of 1 to {LONGEST_NAME}"
            " visible characters"
        )
