"""What is mirrored: folders, files, and the browser's uploads."""

from __future__ import annotations

from dataclasses import asdict

from retrieval.errors import LibraryError
from retrieval.ledger import Ledger
from retrieval.library.records import Source, Sync


class Sources:
    """The ledger's sources; every public method is one transaction."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def source(self, collection: str, kind: str, root: str) -> Source:
        """Return the source of this root in this collection, made if it is new."""
        with self._ledger.write() as db:
            db.execute(
                "INSERT OR IGNORE INTO sources (collection, kind, root) VALUES (?, ?, ?)",
                (collection, kind, root),
            )
            row = db.execute(
                "SELECT id, collection, kind, root, device, restored FROM sources"
                " WHERE collection=? AND root=?",
                (collection, root),
            ).fetchone()
        return Source(**dict(row))

    def sources(self, collection: str | None = None) -> list[Source]:
        """Return the sources, of one collection or of all."""
        with self._ledger.read() as db:
            rows = db.execute(
                "SELECT id, collection, kind, root, device, restored FROM sources"
                " WHERE ?1 IS NULL OR collection=?1 ORDER BY id",
                (collection,),
            ).fetchall()
        return [Source(**dict(row)) for row in rows]

    def mirrored(self, source: int) -> Source:
        """Return a folder or file that is mirrored. Raises LibraryError when there is none."""
        found = next((s for s in self.sources() if s.id == source), None)
        if found is None or found.kind == "upload":
            raise LibraryError("this folder is not mirrored any more", "folder-not-mirrored")
        return found

    def set_device(self, source: Source, device: str) -> None:
        """Note on which disk a source lies, to tell an empty folder from one not mounted."""
        with self._ledger.write() as db:
            db.execute("UPDATE sources SET device=? WHERE id=?", (device, source.id))

    def note_sync(self, sync: Sync) -> None:
        """Note what became of a source when it was looked through, if it is there still."""
        with self._ledger.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO syncs SELECT :source, :at, :added, :updated, :removed,"
                " :failed, :problem WHERE EXISTS (SELECT 1 FROM sources WHERE id=:source)",
                asdict(sync),
            )

    def syncs(self) -> dict[int, Sync]:
        """Return what became of each source when it was last looked through, by its id."""
        with self._ledger.read() as db:
            return {row["source"]: Sync(**dict(row)) for row in db.execute("SELECT * FROM syncs")}

    def confirm(self, source: Source) -> None:
        """Note that the user has named a source that came with a backup: it may be read."""
        with self._ledger.write() as db:
            db.execute("UPDATE sources SET restored=0 WHERE id=?", (source.id,))

    def absorb(self, inner: Source, outer: Source, prefix: str) -> None:
        """Move the documents of a source into one whose folder contains it, under `prefix`."""
        from retrieval.library.versions import delete_documents

        with self._ledger.write() as db:
            hidden = "SELECT document FROM trash JOIN documents d ON d.id=document WHERE d.source=?"
            delete_documents(db, [r[0] for r in db.execute(hidden, (inner.id,)).fetchall()])
            db.execute(
                "UPDATE OR IGNORE documents SET source=?, path=? || path WHERE source=?",
                (outer.id, prefix, inner.id),
            )
            delete_documents(
                db,
                [r[0] for r in db.execute("SELECT id FROM documents WHERE source=?", (inner.id,))],
            )
            db.execute("DELETE FROM sources WHERE id=?", (inner.id,))
