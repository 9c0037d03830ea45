"""Sources mirrored as they change."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.results import SourceChange
from app.service import KnowledgeBase
from retrieval.library import WATCH

Folder = Callable[..., Path]
Told = list[tuple[str, str]]


class Watched:
    """`kb watch` in a thread."""

    def __init__(self, kb: KnowledgeBase, paths: list[Path], **options: Any) -> None:
        self.changes: list[SourceChange] = []
        self._ended = threading.Event()
        self._seen = 0
        self._thread = threading.Thread(
            target=kb.watch, args=(self.changes.append, self._ended, paths), kwargs=options
        )
        self._thread.start()

    def next(self, count: int = 1) -> Told:
        """The next changes that are told."""
        deadline = time.monotonic() + 30
        while len(self.changes) < self._seen + count:
            assert time.monotonic() < deadline, self.changes
            time.sleep(0.02)
        found = self.changes[self._seen : self._seen + count]
        self._seen += count
        return [(change.event, change.path) for change in found]

    def end(self) -> None:
        self._ended.set()
        self._thread.join(30)
        assert not self._thread.is_alive()


@pytest.fixture
def watching() -> Iterator[Callable[..., Watched]]:
    begun: list[Watched] = []

    def begin(kb: KnowledgeBase, *paths: Path, **options: Any) -> Watched:
        begun.append(Watched(kb, list(paths), **options))
        return begun[-1]

    yield begin
    for one in begun:
        one.end()


def test_files_come_change_move_and_go(
    kb: KnowledgeBase, folder: Folder, watching: Callable[..., Watched]
) -> None:
    root = folder({"leave.md": "You have 25 days.", "photo.xyz": b"\0\1"})
    watched = watching(kb, root)
    assert watched.next(2) == [("added", "leave.md"), ("skipped", "photo.xyz")]
    folder({"sub/dogs.md": "Dogs may come on Fridays."})
    assert watched.next() == [("added", "sub/dogs.md")]
    document = kb.document("sub/dogs.md").document
    folder({"sub/dogs.md": "Dogs may come on Mondays."})
    assert watched.next() == [("updated", "sub/dogs.md")]
    (root / "sub" / "dogs.md").rename(root / "pets.md")
    assert watched.next() == [("renamed", "pets.md")]
    assert watched.changes[-1].message == "sub/dogs.md"
    assert kb.document("pets.md").document == document
    (root / "leave.md").unlink()
    assert watched.next() == [("removed", "leave.md")]
    folder({"empty.md": ""})
    assert watched.next() == [("failed", "empty.md")]
    assert watched.changes[-1].message.startswith("empty: ")
    assert [row.path for row in kb.documents() if row.chunks] == ["pets.md"]


def test_a_source_that_vanishes_keeps_its_documents(
    kb: KnowledgeBase, folder: Folder, watching: Callable[..., Watched], tmp_path: Path
) -> None:
    root = folder({"leave.md": "You have 25 days."})
    kb.ingest([root])
    watched = watching(kb)
    root.rename(tmp_path / "away")
    assert watched.next() == [("unreachable", str(root))]
    time.sleep(1.2)  # two more looks
    assert [row.path for row in kb.documents()] == ["leave.md"]
    (tmp_path / "away" / "dogs.md").write_text("Dogs may come on Fridays.", "utf-8")
    (tmp_path / "away").rename(root)
    assert watched.next() == [("added", "dogs.md")]
    shutil.rmtree(root)
    root.mkdir()
    (root / "cats.md").write_text("Cats may not.", "utf-8")
    assert sorted(watched.next(3))[0] == ("added", "cats.md")


def test_a_source_that_is_new_is_watched_too(
    kb: KnowledgeBase, open_kb: Any, folder: Folder, watching: Callable[..., Watched]
) -> None:
    watched = watching(kb)
    other = open_kb()
    file = folder({"a.md": "Tea is at four."}) / "a.md"
    other.ingest([file])
    time.sleep(1.5)
    file.write_text("Tea is at five.", "utf-8")
    assert watched.next() == [("updated", "a.md")]


def test_the_app_leaves_the_work_to_its_worker(
    kb: KnowledgeBase, folder: Folder, begin: Callable[..., Any]
) -> None:
    root = folder({"leave.md": "You have 25 days."})
    kb.ingest([root])
    shared = begin(kb)
    assert not kb.switches.is_on(WATCH)
    shared.watcher.turn(on=True)
    try:
        assert kb.switches.is_on(WATCH)
        folder({"dogs.md": "Dogs may come on Fridays."})
        deadline = time.monotonic() + 30
        while len([row for row in kb.documents() if row.chunks]) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        shared.watcher.turn(on=False)
        shared.watcher.stop()
    assert not kb.switches.is_on(WATCH)
