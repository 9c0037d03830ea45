"""What the ledger notes of the vector indexes: their folders, how far they are, their seals."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from retrieval.ledger import Ledger


@dataclass(frozen=True)
class IndexState:
    """An index: its folder's name, the last change that it holds, its seal (None: dirty)."""

    folder: str
    applied: int
    seal: str | None


class IndexTable:
    """The ledger's note of the index of one embedding model."""

    def __init__(self, ledger: Ledger, fingerprint: str) -> None:
        self._ledger = ledger
        self._fingerprint = fingerprint

    def get(self) -> IndexState | None:
        """Return the note, None if there is no index."""
        with self._ledger.read() as db:
            row = db.execute(
                "SELECT folder, applied, seal FROM indexes WHERE fingerprint=?",
                (self._fingerprint,),
            ).fetchone()
        return IndexState(*row) if row else None

    def there(self, folder: Path) -> bool:
        """Tell whether there is an index, and its folder below this one."""
        state = self.get()
        return state is not None and (folder / state.folder).is_dir()

    def new(self, folder: str, applied: int) -> None:
        """Note an index that was built anew; it is dirty until it is sealed."""
        with self._ledger.write() as db:
            db.execute(
                "INSERT INTO indexes (fingerprint, folder, applied) VALUES (?, ?, ?)"
                " ON CONFLICT (fingerprint) DO UPDATE SET folder=excluded.folder,"
                " applied=excluded.applied, seal=NULL",
                (self._fingerprint, folder, applied),
            )
            self._forget(applied)

    def seal(self, seal: str | None) -> None:
        """Note that the index is well, or with None that it is being written."""
        with self._ledger.write() as db:
            db.execute("UPDATE indexes SET seal=? WHERE fingerprint=?", (seal, self._fingerprint))

    def advance(self, applied: int) -> None:
        """Note that the index holds the changes up to this one."""
        with self._ledger.write() as db:
            db.execute(
                "UPDATE indexes SET applied=? WHERE fingerprint=?", (applied, self._fingerprint)
            )
            self._forget(applied)

    def _forget(self, applied: int) -> None:
        with self._ledger.write() as db:
            db.execute(
                "DELETE FROM changes WHERE fingerprint=? AND seq<=?", (self._fingerprint, applied)
            )

    def drop_others(self, folder: Path) -> None:
        """Delete the folders of indexes that no document's vectors are in, and half-built ones."""
        with self._ledger.write() as db:
            db.execute(
                "DELETE FROM indexes WHERE fingerprint<>?"
                " AND fingerprint NOT IN (SELECT fingerprint FROM versions)",
                (self._fingerprint,),
            )
            # Without an index there is nothing to bring up to date: it would be built anew.
            db.execute(
                "DELETE FROM changes WHERE fingerprint NOT IN (SELECT fingerprint FROM indexes)"
            )
            kept = {row[0] for row in db.execute("SELECT folder FROM indexes")}
        for other in folder.iterdir():
            if other.is_dir() and other.name not in kept:
                shutil.rmtree(other, ignore_errors=True)
