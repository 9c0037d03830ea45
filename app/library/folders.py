"""The folders and files that are mirrored, and what people do with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.library.collection_names import DEFAULT_COLLECTION, check_name
from app.library.order import Order
from app.library.source_of import there
from ingest.errors import ReadError
from ingest.folders import is_text
from retrieval.errors import LibraryError
from retrieval.ledger import Ledger
from retrieval.library import INGEST, Job, Jobs, Library, Shelves, Source, Sync, entries


@dataclass(frozen=True)
class FolderRow:
    """A folder or file that is mirrored; `failed` of its documents could not be read.

    `job` is the one that works on it or waits to. `confirmed` is False for one that came with a
    backup: it is not read before somebody asks for that.
    """

    source: int
    root: str
    is_file: bool
    collection: str
    documents: int
    failed: int
    confirmed: bool
    sync: Sync | None
    job: Job | None


class Folders:
    """The sources of a library other than uploads."""

    def __init__(
        self, ledger: Ledger, library: Library, jobs: Jobs, ask: Callable[[Order], int]
    ) -> None:
        """`ask` leaves a job that does what is ordered, and returns its number."""
        self._ledger = ledger
        self._shelves = Shelves(ledger)
        self._library = library
        self._jobs = jobs
        self._ask = ask

    def rows(self) -> list[FolderRow]:
        """Return what is mirrored, by collection and path."""
        jobs, syncs = self._jobs.open(INGEST), self._library.syncs()
        listed = entries(self._ledger)
        documents = Counter(e.source for e in listed)
        failed = Counter(e.source for e in listed if e.reason)
        rows = []
        for source in self._library.sources():
            if source.kind == "upload":
                continue
            rows.append(
                FolderRow(
                    source=source.id,
                    root=source.root,
                    is_file=source.kind == "file",
                    collection=source.collection,
                    documents=documents[source.id],
                    failed=failed[source.id],
                    confirmed=not source.restored,
                    sync=syncs.get(source.id),
                    job=next((job for job in jobs if _works_on(job, source)), None),
                )
            )
        return sorted(rows, key=lambda row: (row.collection, row.root))

    def add(self, path: str, collection: str = DEFAULT_COLLECTION) -> Job:
        """Ask that a folder or file of this machine is mirrored; return the job.

        Raises ReadError when nothing is there, UsageError for a name that no collection can have.
        """
        check_name(collection)
        root = there(Path(path)) if path.strip() and is_text(path) else None
        if root is None:
            raise ReadError(
                "vanished", f"{path!r}: there is no such file or folder; check the path"
            )
        return self._jobs.get(self._ask(Order((root,), collection)))

    def sync(self, source: int) -> Job:
        """Ask that a source is looked through now; return the job. Raises LibraryError."""
        found = self._library.mirrored(source)
        return self._jobs.get(self._ask(Order((Path(found.root),), found.collection)))

    def move(self, source: int, collection: str) -> None:
        """Put a source with its documents into another collection.

        Raises LibraryError when it is not there, in work, or in that collection already, UsageError
        for a name that no collection can have.
        """
        check_name(collection)
        self._require_idle(source)
        self._shelves.move_source(source, collection)

    def end(self, source: int, *, keep: bool) -> None:
        """Mirror a source no more; with `keep` its documents become uploads, else they are deleted.

        Raises LibraryError when it is not there, or in work.
        """
        self._require_idle(source)
        self._shelves.end_source(source, keep=keep)

    def _require_idle(self, source: int) -> None:
        found = self._library.mirrored(source)
        if any(
            job.status == "running" and _works_on(job, found) for job in self._jobs.open(INGEST)
        ):
            raise LibraryError("this folder is being read; wait until that has ended, or stop it")


def _works_on(job: Job, source: Source) -> bool:
    """Tell whether a job mirrors a source, or a part of it."""
    if job.arguments.get("documents"):
        return False
    paths = job.arguments["paths"]
    if not paths:
        return True
    root = Path(source.root)
    return job.arguments["collection"] == source.collection and any(
        Path(path).is_relative_to(root) for path in paths
    )
