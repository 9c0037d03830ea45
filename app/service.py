"""The façade: everything that the command line and the web app do, they do through it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.documents import Document

from app.models import Models, installed
from app.results import AskResult, DocumentRow, IngestReport
from app.settings import Settings
from ingest.errors import ReadError
from ingest.read import is_supported
from ingest.staging import blob_path, safe_name, stage_bytes, sweep
from llm.errors import ModelError
from retrieval.disk import require_room
from retrieval.jobs import Job, Jobs
from retrieval.ledger import Ledger
from retrieval.library import Library
from retrieval.owner import OwnerLock
from retrieval.records import Record
from retrieval.vectors import VectorTable

if TYPE_CHECKING:
    from app.asking import Asker
    from app.documents import DocumentPipeline
    from app.mirroring import Mirror, Progress
    from app.running import JobRunner
    from retrieval.index import VectorIndex

DEFAULT_COLLECTION = "default"


class KnowledgeBase:
    """A library of documents that answers questions; make it with `build`.

    Example:
        kb = build(load_settings()[0])
        kb.ingest([Path("docs")])
        for part in kb.ask("How many days of leave do I have?"): ...
    """

    def __init__(self, settings: Settings, ledger: Ledger, models: Models) -> None:
        self.settings = settings
        self.models = models
        self._ledger = ledger
        self._library = Library(ledger)
        self._vectors = VectorTable(ledger)
        self._jobs = Jobs(ledger)
        self.owner = OwnerLock(settings.data_dir / "owner.lock")

    # Imported and made when first used: `kb list` needs neither an index nor a model.

    @cached_property
    def _index(self) -> VectorIndex:
        from retrieval.index import VectorIndex

        return VectorIndex(
            self._ledger, self.settings.index_dir, self.models.fingerprint, self.owner
        )

    @cached_property
    def _runner(self) -> JobRunner:
        from app.running import JobRunner

        return JobRunner(self._jobs, self._library, self.owner, self._mirror, self._tidy)

    @cached_property
    def _asker(self) -> Asker:
        from app.asking import Asker

        return Asker(self.settings, self._library, lambda: self._index, self.models)

    @cached_property
    def pipeline(self) -> DocumentPipeline:
        """How documents are read, split and embedded with these settings."""
        from app.documents import DocumentPipeline

        return DocumentPipeline(self.settings, self._library, self._vectors, self.models)

    # -- putting documents in

    def ingest(
        self,
        paths: Sequence[Path] = (),
        collection: str = DEFAULT_COLLECTION,
        *,
        keep: bool = False,
        dry_run: bool = False,
        progress: Progress = lambda *_: None,
    ) -> IngestReport:
        """Mirror files and folders into a collection; without paths, every source again.

        The work is left to the process that owns the library when there is one, and done by this
        one otherwise.
        """
        if dry_run:
            return self._mirror().run(list(paths), collection, keep, True, progress)
        return self._runner.ingest(list(paths), collection, keep, progress)

    def _mirror(self) -> Mirror:
        from app.mirroring import Mirror

        return Mirror(self.settings, self._library, self.pipeline)

    def _tidy(self) -> None:
        """Drop what no document has any more, and bring the index up to the ledger."""
        self._vectors.sweep()
        sweep(self.settings.blobs_dir, self._library.blobs())
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
        name = safe_name(name)
        require_room(self.settings.data_dir, 2 * len(data))
        if not is_supported(name):
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
        """Bring the index up to the ledger; what Chroma has not been told is searched exactly."""
        self._index.sync()

    def index_health(self) -> tuple[str, str | None]:
        """Return in a word what answers now, and what is wrong with the index if anything.

        The word is chroma, exact, checking or building.
        """
        index = self._index
        return index.doing or ("chroma" if index.ready else "exact"), index.trouble

    # -- questions

    def search(self, question: str, k: int, collection: str | None = None) -> list[Document]:
        """Return the k passages nearest to a question, best first."""
        return self._asker.search(question, k, collection)

    def timed_search(
        self, question: str, k: int, collection: str | None = None
    ) -> tuple[list[Document], float]:
        """Return the passages and the seconds it took to find them, without loading the model."""
        self.models.embeddings()
        began = time.perf_counter()
        found = self.search(question, k, collection)
        return found, round(time.perf_counter() - began, 4)

    def ask(
        self,
        question: str,
        collection: str | None = None,
        passages: Sequence[str] | None = None,
        cancel: threading.Event | None = None,
    ) -> Iterator[list[Document] | str | AskResult]:
        """Yield the passages found, the answer's text as it is written, and the result."""
        return self._asker.ask(question, collection, passages, cancel)

    def warm(self) -> None:
        """Load both models, so that the first question does not wait for them."""
        self.models.embeddings()
        self.models.chat()

    # -- the library

    def documents(self, collection: str | None = None) -> list[DocumentRow]:
        """Return the documents, of one collection or of all, by path."""
        return [self._row(r) for r in self._library.records(collection)]

    def document(self, name: str, collection: str | None = None) -> DocumentRow:
        """Return the document with this id, beginning of an id, or path."""
        return self._row(self._library.find(name, collection))

    def text(self, document: str) -> list[Document]:
        """Return the chunks of a document in order."""
        return self._library.document_chunks(document)

    def remove(self, names: Sequence[str], collection: str | None = None) -> list[DocumentRow]:
        """Take documents out of the library; all of them, or none if one is not there.

        That is one transaction, which any process may make; it does not wait for a job.
        """
        records = [self._library.find(name, collection) for name in names]
        self._library.remove([r.document for r in records])
        self._vectors.sweep()
        kept = self._library.blobs()
        for sha256 in {r.sha256 for r in records if r.sha256} - kept:
            blob_path(self.settings.blobs_dir, sha256).unlink(missing_ok=True)
        return [self._row(r) for r in records]

    def collections(self) -> list[str]:
        """Return the names of the collections that hold a document."""
        return self._library.collections()

    def outdated(self) -> int:
        """Return how many documents were embedded by another model, and so are not found."""
        try:
            mine = self.models.fingerprint
        except ModelError:
            return 0
        return sum(1 for r in self._library.records() if r.fingerprint not in (None, mine))

    def status(self) -> dict[str, object]:
        """Return counts, sizes, models and the state of the index; loads no model."""
        s = self.settings
        ledger = s.ledger_path.stat().st_size if s.ledger_path.exists() else 0
        return {
            "data_dir": str(s.data_dir),
            **self._library.counts(),
            "collections": self.collections(),
            "outdated": self.outdated(),
            "ledger_bytes": ledger,
            "blobs_bytes": _size(s.blobs_dir),
            "index_bytes": _size(s.index_dir),
            "index": self._library.index_state(self._fingerprint()),
            "llm_model": s.llm_model,
            "llm_installed": installed(s.llm_model, "chat", s.models_dir),
            "embed_model": s.embed_model,
            "embed_installed": installed(s.embed_model, "embedding", s.models_dir),
        }

    def close(self) -> None:
        """Free the models and the index, and close the ledger."""
        self.models.close()
        if "_index" in self.__dict__:
            self._index.close()
        self.owner.release()
        self._ledger.close()

    def _fingerprint(self) -> str | None:
        try:
            return self.models.fingerprint
        except ModelError:
            return None

    def _row(self, r: Record) -> DocumentRow:
        return DocumentRow(
            document=r.document,
            path=r.path,
            title=r.title,
            sha256=r.sha256,
            bytes=r.bytes,
            pages=r.pages,
            chunks=r.chunks,
            collection=r.collection,
            lang=r.lang,
            status=r.status,
            error=r.error,
            ingested_at=r.ingested_at,
        )


def build(settings: Settings) -> KnowledgeBase:
    """Open the library of these settings, making it if there is none."""
    return KnowledgeBase(settings, Ledger(settings.ledger_path), Models(settings))


def _size(folder: Path) -> int:
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) if folder.is_dir() else 0
