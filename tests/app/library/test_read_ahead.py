"""Files of a folder are read before their turn, and nothing else becomes of them before it."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import Embeddings

from app.errors import KbError
from app.library import Cancelled
from app.loaded_models import Models
from app.service import KnowledgeBase
from app.settings import Settings
from ingest.sandbox import Parsed, ReadingPool, Request
from retrieval.ledger import Ledger

LONG = 30.0  # seconds, which a test waits only when it fails
FILES = {f"{n}.txt": f"Text number {n}." for n in range(6)}


class Pool(ReadingPool):
    """Tells which files it was asked to read, and holds one back until it is let go."""

    def __init__(self, held: str = "") -> None:
        super().__init__({"PATH": os.environ["PATH"]})
        self.asked: list[str] = []
        self.held = held
        self.changed = threading.Condition()

    def parse(self, request: Request, wait: Any = lambda *_: None) -> Parsed:
        with self.changed:
            self.asked.append(request.name)
            self.changed.notify_all()
        while request.name == self.held:
            wait(3, 7)
            threading.Event().wait(0.01)
        return super().parse(request, wait)

    def begun(self, files: int, seconds: float = LONG) -> bool:
        """Wait until so many files were asked for."""
        with self.changed:
            return self.changed.wait_for(lambda: len(self.asked) >= files, seconds)


@pytest.fixture
def pools() -> Iterator[list[Pool]]:
    made: list[Pool] = []
    yield made
    for pool in made:
        pool.close()


@pytest.fixture
def reading(
    make_settings: Callable[..., Settings], word_embedding: Any, pools: list[Pool]
) -> Iterator[Callable[..., KnowledgeBase]]:
    """Open a library over a pool; `while_embedding` is called before each embedding.

    How many texts were embedded at once is added to `together`.
    """
    opened: list[KnowledgeBase] = []

    def make(
        pool: Pool,
        while_embedding: Callable[[], object] = lambda: None,
        together: list[int] | None = None,
    ) -> KnowledgeBase:
        sizes = [] if together is None else together

        class Words(word_embedding):  # type: ignore[misc, valid-type]
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                while_embedding()
                sizes.append(len(texts))
                return super().embed_documents(texts)  # type: ignore[no-any-return]

        class WordModels(Models):
            def embeddings(self) -> Embeddings:
                self._embeddings = self._embeddings or Words()
                return self._embeddings

        settings = make_settings()
        pools.append(pool)
        ledger = Ledger(settings.ledger_path)
        opened.append(KnowledgeBase(settings, ledger, WordModels(settings), pool, 0.1))
        return opened[-1]

    yield make
    for kb in opened:
        kb.close()


@pytest.mark.parametrize(("size", "ahead"), [(150_000, 2), (10, 16)])
def test_files_are_read_while_one_is_embedded_more_where_they_are_small(
    reading: Callable[..., KnowledgeBase], folder: Callable[..., Path], size: int, ahead: int
) -> None:
    files = {f"{n:02}.txt": f"Text number {n}." + " " * size for n in range(20)}
    pool, first = Pool(), []

    def look() -> None:
        if not first:
            assert pool.begun(1 + ahead)
            assert not pool.begun(2 + ahead, 0.5)
            first.append(list(pool.asked))

    kb = reading(pool, look)
    report = kb.ingest([folder(files)])
    assert first == [list(files)[: 1 + ahead]]
    assert pool.asked == list(files)
    assert (report.added, report.failed) == (20, [])


def test_what_is_read_ahead_is_not_in_the_library_before_its_turn(
    reading: Callable[..., KnowledgeBase], folder: Callable[..., Path]
) -> None:
    pool = Pool()
    seen: dict[str, list[str]] = {}
    kb = reading(pool)

    def look(path: str, step: str, *_: int) -> None:
        if step == "reading":
            assert pool.begun(6)
            seen[path] = [row.path for row in kb.documents()]

    kb.ingest([folder(FILES)], progress=look)
    assert seen == {path: list(FILES)[: n + 1] for n, path in enumerate(FILES)}


def test_chunks_of_files_that_wait_are_embedded_with_those_of_the_one_in_hand(
    reading: Callable[..., KnowledgeBase], folder: Callable[..., Path]
) -> None:
    together: list[int] = []
    pool = Pool()
    kb = reading(pool, together=together)

    def wait(path: str, step: str, *_: int) -> None:
        if (path, step) == ("0.txt", "embedding"):
            assert pool.begun(6)  # then those before the last are read

    kb.ingest([folder(FILES)], progress=wait)
    assert together[0] >= 5
    assert sum(together) == 6
    assert kb.search("number 3", 1).passages[0].metadata["path"] == "3.txt"
    assert {row.status for row in kb.documents()} == {"ready"}


def test_a_file_that_cannot_be_read_ahead_fails_in_its_turn_and_alone(
    reading: Callable[..., KnowledgeBase], folder: Callable[..., Path]
) -> None:
    kb = reading(Pool())
    files = {"0.txt": "First.", "1.pdf": b"%PDF-1.7 no more", "2.txt": "", "3.txt": "Last."}
    report = kb.ingest([folder(files)])
    assert [(f.path, f.reason) for f in report.failed] == [("1.pdf", "damaged"), ("2.txt", "empty")]
    assert report.added == 2


def test_the_file_in_hand_tells_how_far_it_is_and_a_stop_ends_what_is_read_ahead(
    reading: Callable[..., KnowledgeBase], folder: Callable[..., Path]
) -> None:
    pool = Pool(held="1.txt")
    kb = reading(pool)

    def stop(path: str, step: str, done: int, total: int) -> None:
        if (path, step, done, total) == ("1.txt", "reading", 3, 7):
            raise Cancelled

    with pytest.raises(KbError):
        kb.ingest([folder(FILES)], progress=stop)
    assert not [t for t in threading.enumerate() if t.name == "read-ahead"]
    assert [row.path for row in kb.documents() if row.status == "ready"] == ["0.txt"]
    assert "3.txt" not in pool.asked
    pool.held = ""
    assert kb.ingest().failed == []
    assert {row.status for row in kb.documents()} == {"ready"}


def test_bytes_that_went_before_their_turn_are_staged_once_more(
    reading: Callable[..., KnowledgeBase], folder: Callable[..., Path]
) -> None:
    pool = Pool()
    kb: KnowledgeBase
    dropped: list[Path] = []

    def drop() -> None:
        if not dropped:
            assert pool.begun(3)
            known = {row.sha256 for row in kb.documents()} | {None}
            blobs = [f for f in kb.settings.blobs_dir.rglob("*") if f.is_file()]
            dropped.extend(f for f in blobs if b"Text number 1" in f.read_bytes())
            assert len(dropped) == 1
            assert dropped[0].name not in known
            dropped[0].unlink()

    kb = reading(pool, drop)
    assert kb.ingest([folder(FILES)]).failed == []
    assert dropped[0].read_bytes() == b"Text number 1."
    assert pool.asked.count("1.txt") == 2
