"""Where documents stand: the trash, other collections, sources; jobs follow in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.errors import LibraryError
from retrieval.ledger import Ledger
from retrieval.library.jobs import UPLOAD, Jobs
from retrieval.library.library import Library
from retrieval.library.shelving import end_source, put_into_collection, put_into_source
from retrieval.library.switched_off import switch_passage
from retrieval.library.trash import put_into_trash, take_from_trash
from retrieval.library.uploads import REMOVED, Uploads
from retrieval.library.versions import delete_documents


class Shelves:
    """The ledger's trash, collections and sources. Every public method is one transaction."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._library = Library(ledger)
        self._jobs = Jobs(ledger)
        self._uploads = Uploads(ledger)

    def throw(self, documents: Sequence[str]) -> list[str]:
        """Put documents into the trash; return those that were not in it.

        No search finds them any more. Jobs that read them end.
        """
        with self._ledger.write() as db:
            thrown = put_into_trash(db, documents)
            self._jobs.withdraw(thrown, REMOVED)
        return thrown

    def thrown(self) -> list[tuple[str, str, str]]:
        """Return id, path and time, UTC in ISO 8601, of what is in the trash, the latest first."""
        with self._ledger.read() as db:
            rows = db.execute(
                "SELECT document, path, trashed_at FROM trash ORDER BY trashed_at DESC, path"
            ).fetchall()
        return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]

    def restore(self, documents: Sequence[str]) -> list[str]:
        """Take documents out of the trash, as they were; return those that are back.

        An upload that had not been read yet waits for its turn again. A file of a folder that was
        read again meanwhile is not put beside itself.
        """
        with self._ledger.write() as db:
            back = take_from_trash(db, documents)
            uploads = {s.id for s in self._library.sources() if s.kind == "upload"}
            having = {job.arguments["document"] for job in self._jobs.open(UPLOAD)}
            for document in back:
                record = self._library.get(document)
                if (
                    record is not None
                    and record.source in uploads
                    and record.staged
                    and not record.reason
                    and document not in having
                ):
                    self._uploads.again(record)
        return back

    def purge(self, before: str) -> int:
        """Delete for good what was put into the trash before a time, UTC in ISO 8601; how many."""
        with self._ledger.read() as db:  # mostly nothing, and then nobody has to wait for it
            old = db.execute("SELECT document FROM trash WHERE trashed_at<?", (before,)).fetchall()
        if not old:
            return 0
        with self._ledger.write() as db:
            old = db.execute("SELECT document FROM trash WHERE trashed_at<?", (before,)).fetchall()
            delete_documents(db, [row[0] for row in old])
        return len(old)

    def switch_passage(self, document: str, chunk: str, *, on: bool) -> bool:
        """Switch a passage of a document, and those equal to it, on or off; False if it is gone.

        Off, no search finds it. It stays so when the document is read again.
        """
        with self._ledger.write() as db:
            return switch_passage(db, document, chunk, on=on)

    def move(self, documents: Sequence[str], collection: str) -> list[str]:
        """Put uploads into another collection; return those that were not in it.

        Raises LibraryError when one of them is of a folder that is mirrored, and moves none then.
        """
        with self._ledger.write() as db:
            uploads = {s.id for s in self._library.sources() if s.kind == "upload"}
            for record in filter(None, map(self._library.get, documents)):
                if record.source not in uploads:
                    raise LibraryError(
                        f"{record.path!r} belongs to a folder that is mirrored;"
                        " move the folder instead",
                        "of-a-folder",
                        path=record.path,
                    )
            there = self._library.source(collection, "upload", "")
            return put_into_source(db, documents, there.id)

    def move_source(self, source: int, collection: str) -> None:
        """Put a folder or file that is mirrored, with its documents, into another collection.

        Raises LibraryError when it is not there, or in that collection already.
        """
        with self._ledger.write() as db:
            moved = self._library.mirrored(source)
            if any(s.root == moved.root for s in self._library.sources(collection)):
                raise LibraryError(
                    f"{moved.root!r} is in the collection {collection!r} already",
                    "folder-there-already",
                    folder=moved.root,
                )
            put_into_collection(db, source, collection)

    def end_source(self, source: int, *, keep: bool) -> None:
        """Mirror a folder or file no more; with `keep` its documents become uploads.

        Raises LibraryError when it is not there.
        """
        with self._ledger.write() as db:
            ended = self._library.mirrored(source)
            records = self._library.records(source=source)
            if keep:
                there = self._library.source(ended.collection, "upload", "")
                put_into_source(db, [r.document for r in records], there.id)
            else:
                self._jobs.withdraw([r.document for r in records], REMOVED)
            end_source(db, source)
