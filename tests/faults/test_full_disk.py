"""A disk that is full: one line says so, questions go on, and with space so does everything."""

import contextlib
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from rig.child import examined
from rig.commands import ingest, search
from rig.disk import Disk
from rig.documents import Folder
from rig.library import open_library, passage
from rig.nursery import Nursery
from rig.oracle import Oracle
from rig.places import CHROMA_IS_TOLD, meanwhile
from tokenizers import Tokenizer

from app.errors import EXPECTED, one_line
from app.library import backup, restore
from app.service import KnowledgeBase
from retrieval.errors import DiskFullError


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", str(place)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    yield Disk(place)
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def oracle() -> Oracle:
    return Oracle()


@pytest.fixture
def folder(disk: Disk, make_root: Callable[[Path], Path], tmp_path: Path, oracle: Oracle,
           tokenizer: Tokenizer) -> Folder:  # fmt: skip
    """Three documents outside the disk; the library's model is on it."""
    make_root(disk.place)
    folder = Folder(tmp_path / "docs", oracle, tokenizer, 1)
    for _ in range(3):
        folder.add(120)
    return folder


@pytest.fixture
def kb(disk: Disk, folder: Folder) -> Iterator[KnowledgeBase]:
    """A library that has been at work, with Chroma in use."""
    kb = open_library(disk.place)
    assert kb.own()
    kb.ingest([folder.root])
    assert kb._index.ready
    yield kb
    kb.close()


def refused(kb: KnowledgeBase, folder: Folder, **more: Any) -> str:
    """Ingest, and return the one line that says why it did not work."""
    with pytest.raises(EXPECTED) as caught:
        kb.ingest([folder.root], **more)
    line = one_line(caught.value)
    assert "free" in line
    assert "space" in line or "disk" in line
    return line


def assert_answers(kb: KnowledgeBase) -> None:
    shown = [row for row in kb.documents() if row.chunks]
    assert len(shown) >= 3
    for row in shown:
        chunk = kb.text(row.document)[5]
        assert chunk.id in [hit.id for hit in kb.search(passage(chunk), 3).passages], row


def assert_well(kb: KnowledgeBase, folder: Folder, oracle: Oracle) -> None:
    """With space again: everything is there, and found through Chroma."""
    report = kb.ingest([folder.root])
    assert report.failed == []
    kb.sync()
    after = examined(kb, 0)
    oracle.begin(folder.state())
    faults = oracle.judge(after.seen, finished=True)
    assert [*faults.lost, *faults.half, *faults.ghosts] == []
    assert (after.misses, after.ghosts, after.jobs_left, after.ready) == (0, 0, 0, True)
    assert kb._index.problem() is None


@pytest.mark.parametrize("spare_mb", [0, 40], ids=["to the last byte", "below the reserve"])
def test_full_before_the_job(
    disk: Disk, kb: KnowledgeBase, folder: Folder, oracle: Oracle, spare_mb: int
) -> None:
    disk.fill(spare_mb)
    folder.add()
    refused(kb, folder)
    with pytest.raises(DiskFullError, match="free some space"):
        kb.upload("a.md", b"text")
    assert_answers(kb)
    disk.clear()
    assert_well(kb, folder, oracle)


@pytest.mark.parametrize("step", ["staging", "reading", "embedding"])
def test_full_while_a_document_is_read(
    disk: Disk, kb: KnowledgeBase, folder: Folder, oracle: Oracle, step: str
) -> None:
    folder.add(400)

    def fill(_path: str, name: str, _done: int, _total: int) -> None:
        if name == step:
            disk.fill()

    refused(kb, folder, progress=fill)
    assert_answers(kb)
    disk.clear()
    assert_well(kb, folder, oracle)


def test_full_while_chroma_is_told(
    disk: Disk, kb: KnowledgeBase, folder: Folder, oracle: Oracle
) -> None:
    def fill(*_: object) -> None:
        # Or the ledger's log may have room of its own for what is to be noted.
        with closing(sqlite3.connect(kb.settings.ledger_path)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        disk.fill()

    folder.add(400)
    with meanwhile(CHROMA_IS_TOLD, before=fill):
        refused(kb, folder)
    assert_answers(kb)
    disk.clear()
    assert_well(kb, folder, oracle)


def test_a_new_process_on_a_full_disk(
    disk: Disk, folder: Folder, oracle: Oracle, nursery: Nursery
) -> None:
    kb = open_library(disk.place)
    assert kb.own()
    kb.ingest([folder.root])
    chunk = kb.text(kb.documents()[0].document)[5]
    kb.close()
    disk.fill()
    answer = nursery.start(search, disk.place, passage(chunk)).recv()
    if isinstance(answer, str):  # SQLite cannot share its log without a file of 32 KB
        assert "disk" in answer
        assert "backup" not in answer
    else:
        assert chunk.page_content in answer
    command = nursery.start(ingest, disk.place, [str(folder.root)])
    said = command.recv()
    if said == "open":
        command.conn.send("go")
        said = command.recv()
    assert isinstance(said, str)
    assert said.partition(":")[0] in ("DiskFullError", "KbError")
    disk.clear()
    again = open_library(disk.place)
    assert again.own()
    folder.add()
    assert_well(again, folder, oracle)
    again.close()


def test_a_disk_that_fills_whenever_chroma_is_built(
    disk: Disk, kb: KnowledgeBase, folder: Folder, oracle: Oracle
) -> None:
    with meanwhile(CHROMA_IS_TOLD, before=lambda *_: disk.fill()):
        for _ in range(4):
            with contextlib.suppress(*EXPECTED):
                kb._index.rebuild()
            assert_answers(kb)
            disk.clear()
    assert_well(kb, folder, oracle)


def test_a_backup_is_neither_begun_nor_restored_below_the_reserve(
    disk: Disk, kb: KnowledgeBase, tmp_path: Path
) -> None:
    # The disk of the library has room; where the file is to go there is none.
    (disk.place / "out").mkdir()
    elsewhere = kb.settings.model_copy(update={"data_dir": tmp_path / "library"})
    backup(kb.settings, tmp_path / "b.tar")
    restore(elsewhere, tmp_path / "b.tar")
    disk.fill(40)
    with pytest.raises(DiskFullError, match="are needed"):
        backup(elsewhere, disk.place / "out" / "b.tar")
    assert list((disk.place / "out").iterdir()) == []
    assert not list((tmp_path / "library").glob(".backup-*"))
    new = kb.settings.model_copy(update={"data_dir": disk.place / "new"})
    with pytest.raises(DiskFullError, match="are needed"):
        restore(new, tmp_path / "b.tar")
    assert {file.name for file in new.data_dir.rglob("*")} <= {"owner.lock"}


def test_what_lies_on_another_disk_is_copied_into_a_backup(
    disk: Disk, kb: KnowledgeBase, tmp_path: Path
) -> None:
    """No file can have a second name on another disk."""
    blobs = kb.settings.blobs_dir
    shutil.move(blobs, tmp_path / "blobs")
    blobs.symlink_to(tmp_path / "blobs")
    assert backup(kb.settings, tmp_path / "b.tar").missing == []
