"""Vector indexes on a ledger, and a way to look into Chroma's own files and to harm them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from retrieval.index import VectorIndex
from retrieval.ledger import Ledger, OwnerLock


class Indexes:
    """Opens indexes on a ledger, each as a process of its own would: the first of them owns it."""

    def __init__(self, ledger: Ledger, place: Path) -> None:
        self.ledger = ledger
        self.folder = place / "index"
        self.owners: dict[VectorIndex, OwnerLock] = {}

    def __call__(self, model: str = "model-a", sync: bool = True, **more: Any) -> VectorIndex:
        """Open one; without `sync` nothing has been told to it."""
        owner = OwnerLock(self.folder.with_name("owner.lock"))
        owner.acquire()
        index = VectorIndex(self.ledger, self.folder, model, owner, **more)
        self.owners[index] = owner
        if sync:
            index.sync()
        return index

    def exact(self, model: str = "model-a") -> VectorIndex:
        """Open one that does not own the library, and so searches exactly."""
        owner = OwnerLock(self.folder.with_name("nobody.lock"))
        return VectorIndex(self.ledger, self.folder, model, owner)

    def leave(self, index: VectorIndex) -> None:
        """Close an index as the end of its process does."""
        index.close()
        self.owners[index].release()

    @property
    def chroma_folder(self) -> Path:
        """The folder of the index that is in use."""
        with self.ledger.read() as db:
            return self.folder / str(db.execute("SELECT folder FROM indexes").fetchone()[0])

    @property
    def client(self) -> Any:
        """Chroma's own client of the index that is in use."""
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        return chromadb.PersistentClient(str(self.chroma_folder), settings=settings)

    @property
    def chroma(self) -> Any:
        """The collection of the index that is in use."""
        (collection,) = self.client.list_collections()
        return collection

    def deafen(self) -> None:
        """Make Chroma lose what it is told from now on, as damaged files may."""
        with closing(sqlite3.connect(self.chroma_folder / "chroma.sqlite3")) as db:
            db.execute(
                "CREATE TRIGGER deaf BEFORE INSERT ON embeddings_queue"
                " BEGIN SELECT RAISE(IGNORE); END"
            )
            db.commit()


@pytest.fixture
def indexes(ledger: Ledger, tmp_path: Path) -> Iterator[Indexes]:
    made = Indexes(ledger, tmp_path)
    yield made
    for index in made.owners:
        made.leave(index)


@pytest.fixture
def open_index(indexes: Indexes) -> Callable[..., VectorIndex]:
    return indexes
