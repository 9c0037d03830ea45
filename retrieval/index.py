"""The vector index of a library: Chroma in the process that owns it, exact search in others."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.chroma_index import ChromaIndex
from retrieval.exact import ExactIndex
from retrieval.ledger import Ledger
from retrieval.library import Library
from retrieval.vectors import Vector, VectorTable


class VectorIndex:
    """Answers from the state of the ledger at the time of the question.

    Chroma shows two processes different libraries when both open one folder. So the first process
    takes a lock that ends with it, brings Chroma up to the ledger before each search, and every
    other process searches the ledger's vectors themselves.
    """

    def __init__(self, ledger: Ledger, folder: Path, fingerprint: str) -> None:
        self._ledger = ledger
        self._library = Library(ledger)
        self._vectors = VectorTable(ledger)
        self._folder = folder
        self._fingerprint = fingerprint
        self._exact = ExactIndex(ledger, fingerprint)
        self._chroma: ChromaIndex | None = None
        # Not the default, a lock of the thread: the thread that came first would own the index.
        self._owner = FileLock(folder / "owner.lock", thread_local=False)
        self._lock = threading.Lock()

    def search(self, vector: Vector, k: int, collection: str | None) -> list[tuple[str, float]]:
        """Return the ids and cosines of the k nearest chunks, best first."""
        with self._lock:
            if not self._owned():
                return self._exact.search(vector, k, collection)
            return self._synced().search(vector, k, collection)

    def sync(self) -> None:
        """Bring Chroma up to the ledger, if this process owns it or can."""
        with self._lock:
            if self._owned():
                self._synced()

    def close(self) -> None:
        """Leave the index to whoever comes next; a search would open it again."""
        with self._lock:
            if self._chroma is not None:
                self._chroma.close()
                self._chroma = None
            self._owner.release()

    def _owned(self) -> bool:
        if not self._owner.is_locked:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                self._owner.acquire(timeout=0)
            except Timeout:
                return False
        return True

    def _synced(self) -> ChromaIndex:
        with self._ledger.read() as db:
            state = db.execute(
                "SELECT folder, applied FROM indexes WHERE fingerprint=?", (self._fingerprint,)
            ).fetchone()
            row = db.execute("SELECT seq FROM sqlite_sequence WHERE name='changes'").fetchone()
        newest = int(row[0]) if row else 0
        if state is None or not (self._folder / state["folder"]).is_dir():
            return self._build(newest)
        if self._chroma is None:
            self._chroma = ChromaIndex(self._folder / state["folder"])
        if state["applied"] < newest:
            self._apply(self._chroma, state["applied"])
            self._note(state["folder"], newest)
        return self._chroma

    def _build(self, newest: int) -> ChromaIndex:
        """Make a new index from the ledger, without reading or embedding anything again."""
        if self._chroma is not None:  # Chroma would go on with the files that are gone
            self._chroma.close()
        name = f"{self._fingerprint}-{newest}"
        shutil.rmtree(self._folder / name, ignore_errors=True)
        self._chroma = ChromaIndex(self._folder / name)
        with self._ledger.read() as db:
            ids = [
                r[0]
                for r in db.execute(
                    "SELECT c.id FROM chunks c JOIN documents d ON d.version=c.version"
                )
            ]
        self._add(self._chroma, ids)
        self._note(name, newest)
        self._drop_others(name)
        return self._chroma

    def _drop_others(self, mine: str) -> None:
        """Delete the folders of indexes that no document's vectors are in any more."""
        with self._ledger.write() as db:
            db.execute(
                "DELETE FROM indexes WHERE folder<>?"
                " AND fingerprint NOT IN (SELECT fingerprint FROM versions)",
                (mine,),
            )
            kept = {row[0] for row in db.execute("SELECT folder FROM indexes")}
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _apply(self, index: ChromaIndex, applied: int) -> None:
        with self._ledger.read() as db:
            last = dict(
                db.execute(
                    "SELECT chunk, op FROM changes WHERE fingerprint=? AND seq>? ORDER BY seq",
                    (self._fingerprint, applied),
                ).fetchall()
            )
        index.remove([chunk for chunk, op in last.items() if op == "remove"])
        self._add(index, [chunk for chunk, op in last.items() if op == "add"])

    def _add(self, index: ChromaIndex, ids: list[str]) -> None:
        vectors = self._vectors.of_chunks(ids, self._fingerprint)
        chunks = self._library.chunks(list(vectors))
        index.add(chunks, vectors)

    def _note(self, folder: str, applied: int) -> None:
        with self._ledger.write() as db:
            db.execute(
                "INSERT INTO indexes (fingerprint, folder, applied) VALUES (?, ?, ?)"
                " ON CONFLICT (fingerprint) DO UPDATE SET folder=excluded.folder,"
                " applied=excluded.applied",
                (self._fingerprint, folder, applied),
            )
            db.execute(
                "DELETE FROM changes WHERE fingerprint=? AND seq<=?", (self._fingerprint, applied)
            )
