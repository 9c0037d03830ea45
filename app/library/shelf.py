"""What people do with documents in hand: delete and have back, move, take home."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.library.collection_names import check_name
from app.library.document_table import TablePage, TableView, table_page
from app.library.folders import Folders
from app.library.kept_files import drop_files, sweep_files
from app.settings import Settings
from ingest.folders import blob_path
from retrieval.ledger import Kept, Ledger, VectorTable
from retrieval.library import Entry, Library, Record, Shelves, Uploads, entries

TRASH_SECONDS = 3600.0  # for which a deleted document can be had back


@dataclass(frozen=True)
class Thrown:
    """A deleted document that can be had back for so many seconds."""

    document: str
    path: str
    seconds_left: float


@dataclass(frozen=True)
class StoredFile:
    """The bytes of a document in the library; `name` is a path, "/"-separated."""

    name: str
    file: Path


class Shelf:
    """The documents as a list, the trash, collections and folders of a library."""

    def __init__(
        self, settings: Settings, ledger: Ledger, library: Library, folders: Folders
    ) -> None:
        self.folders = folders
        self._settings = settings
        self._ledger = ledger
        self._library = library
        self._shelves = Shelves(ledger)
        self._vectors = VectorTable(ledger)
        self._entries = Kept(ledger, lambda: entries(ledger))

    def entries(self) -> list[Entry]:
        """Return all documents in few words, by collection and path."""
        return list(self._entries.get())

    def page(
        self, view: TableView, first: Mapping[str, int], working: Container[str] = ()
    ) -> TablePage:
        """Return a page of the table of documents; see `table_page`."""
        return table_page(self.entries(), view, first, working)

    def throw(self, documents: Sequence[str]) -> list[str]:
        """Delete documents, by their ids, so that they can be had back; return those deleted.

        From now on no search finds them, and nothing reads them any more. They are deleted for good
        an hour later.
        """
        return self._shelves.throw(documents)

    def remove(self, records: Sequence[Record]) -> None:
        """Delete documents for good, at once, with what no other has of them."""
        Uploads(self._ledger).remove([r.document for r in records])
        self._vectors.sweep()
        drop_files(self._settings, {r.sha256 for r in records if r.sha256} - self._library.blobs())

    def thrown(self) -> list[Thrown]:
        """Return what was deleted and can be had back, the latest first."""
        now = datetime.now(UTC)
        found = [
            Thrown(
                document, path, TRASH_SECONDS - (now - datetime.fromisoformat(at)).total_seconds()
            )
            for document, path, at in self._shelves.thrown()
        ]
        return [one for one in found if one.seconds_left > 0]

    def restore(self, documents: Sequence[str]) -> list[str]:
        """Have documents back that `throw` deleted, as they were; return those that are back."""
        return self._shelves.restore(documents)

    def purge(self, seconds: float = TRASH_SECONDS) -> int:
        """Delete for good what was deleted so many seconds ago; return how many documents."""
        before = datetime.now(UTC) - timedelta(seconds=seconds)
        gone = self._shelves.purge(before.isoformat(timespec="seconds"))
        if gone:
            self.sweep()
        return gone

    def switch_passage(self, document: str, chunk: str, *, on: bool) -> bool:
        """Switch a passage of a document on or off, with those equal to it; False if it is gone.

        Off, it is found by no search and stands in no new answer, also after the document was read
        again.
        """
        return self._shelves.switch_passage(document, chunk, on=on)

    def move(self, documents: Sequence[str], collection: str) -> list[str]:
        """Put uploads into another collection; return the ids of those that were not in it.

        Raises LibraryError for a document of a folder that is mirrored, UsageError for a name that
        no collection can have.
        """
        check_name(collection)
        return self._shelves.move(documents, collection)

    def files(self, documents: Sequence[str]) -> list[StoredFile]:
        """Return the bytes that the library has of documents, each under a name of its own."""
        found: dict[str, Path] = {}
        for record in filter(None, map(self._library.get, documents)):
            sha256 = record.sha256
            file = blob_path(self._settings.blobs_dir, sha256) if sha256 else None
            if file is not None and file.is_file():
                name = record.path
                if name in found:
                    name = f"{record.collection}/{record.document}/{name}"
                found[name] = file
        return [StoredFile(name, file) for name, file in found.items()]

    def sweep(self) -> None:
        """Drop the vectors and bytes that no document has any more."""
        self._vectors.sweep()
        sweep_files(self._settings, self._library.blobs())
