"""One file holds the library as it was at one moment, also while others change it."""

import json
import os
import sys
import tarfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.errors import KbError, UsageError
from app.library import backup, restore
from app.service import KnowledgeBase
from app.settings import Settings
from ingest.folders import blob_path, hash_file, sweep
from retrieval.errors import DiskFullError, LibraryError
from retrieval.ledger import Ledger
from retrieval.library import Contents, Library, snapshot

Folder = Callable[..., Path]
OpenKb = Callable[..., KnowledgeBase]
DOCS = {
    "leave.md": "# Leave\n\nYou have 25 days of leave.\n",
    "差旅.txt": "住宿上限为每晚六百元。\n",
}


def library_of(kb: KnowledgeBase) -> Library:
    """The documents of a library, as another process sees them."""
    return Library(Ledger(kb.settings.ledger_path))


def members(file: Path) -> list[str]:
    with tarfile.open(file, "r:") as tar:
        return tar.getnames()


def manifest(file: Path) -> dict[str, Any]:
    with tarfile.open(file, "r:") as tar:
        stream = tar.extractfile("manifest.json")
        assert stream is not None
        return dict(json.load(stream))


def blob(kb: KnowledgeBase, name: str) -> Path:
    sha256 = kb.document(name).sha256
    assert sha256 is not None
    return blob_path(kb.settings.blobs_dir, sha256)


@pytest.fixture
def library(kb: KnowledgeBase, folder: Folder) -> KnowledgeBase:
    """A library of a folder and an upload that waits to be read."""
    kb.ingest([folder(DOCS)])
    kb.upload("waits.md", b"Not read yet.")
    return kb


def test_the_file_is_a_plain_tar_with_three_kinds_of_members(
    library: KnowledgeBase, tmp_path: Path
) -> None:
    report = backup(library.settings, tmp_path / "b.tar")
    names = members(tmp_path / "b.tar")
    assert names[:2] == ["manifest.json", "ledger.sqlite3"]
    assert {name.rpartition("/")[2] for name in names[2:]} == {
        r.sha256 for r in library.documents()
    }
    said = manifest(tmp_path / "b.tar")
    assert (said["format"], said["documents"], said["chunks"], said["blobs"]) == (1, 3, 2, 3)
    assert (report.documents, report.chunks, report.blobs, report.missing) == (3, 2, 3, [])
    assert report.bytes == (tmp_path / "b.tar").stat().st_size
    with tarfile.open(tmp_path / "b.tar") as tar:
        tar.extractall(tmp_path / "out", filter="data")
        assert {m.uname for m in tar} == {""}
    assert hash_file(tmp_path / "out" / "ledger.sqlite3")[0] == said["ledger_sha256"]
    if os.name == "posix":
        assert (tmp_path / "b.tar").stat().st_mode & 0o077 == 0, "others may not read it"


def test_settings_index_and_lock_stay_out(library: KnowledgeBase, tmp_path: Path) -> None:
    (library.settings.data_dir / "settings.env").write_text("KB_PORT=8600\n")
    backup(library.settings, tmp_path / "b.tar")
    assert not [n for n in members(tmp_path / "b.tar") if "env" in n or "lock" in n or "index" in n]


def test_nothing_else_is_left_on_the_disk(library: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    before = set(library.settings.data_dir.rglob("*"))
    backup(library.settings, tmp_path / "out" / "b.tar")
    assert set(library.settings.data_dir.rglob("*")) == before
    assert list((tmp_path / "out").iterdir()) == [tmp_path / "out" / "b.tar"]


def test_what_a_killed_backup_left_goes_after_a_day(library: KnowledgeBase, tmp_path: Path) -> None:
    old, new = library.settings.data_dir / ".backup-old", library.settings.data_dir / ".backup-new"
    for left in (old, new):
        left.mkdir()
        (left / "ledger.sqlite3").touch()
    two_days_ago = time.time() - 2 * 86_400
    os.utime(old, (two_days_ago, two_days_ago))
    backup(library.settings, tmp_path / "b.tar")
    assert not old.exists()
    assert new.exists(), "another backup may be at work in it"


def test_an_empty_library_can_be_backed_up(kb: KnowledgeBase, tmp_path: Path) -> None:
    assert backup(kb.settings, tmp_path / "b.tar").documents == 0
    assert members(tmp_path / "b.tar") == ["manifest.json", "ledger.sqlite3"]


def test_an_existing_file_is_written_over_only_by_force(
    library: KnowledgeBase, tmp_path: Path
) -> None:
    (tmp_path / "b.tar").write_text("mine")
    with pytest.raises(UsageError, match=r"is there already; .*--force"):
        backup(library.settings, tmp_path / "b.tar")
    assert (tmp_path / "b.tar").read_text() == "mine"
    backup(library.settings, tmp_path / "b.tar", force=True)
    assert len(members(tmp_path / "b.tar")) == 5


@pytest.mark.parametrize("place", ["", "ledger.sqlite3", "blobs/b.tar", "index/b.tar", "b.tar"])
def test_the_data_folder_is_no_place_for_it(library: KnowledgeBase, place: str) -> None:
    target = library.settings.data_dir / place
    before = library.settings.ledger_path.read_bytes()
    with pytest.raises(UsageError) as raised:
        backup(library.settings, target, force=True)
    assert repr(str(target)) in str(raised.value)
    assert library.settings.ledger_path.read_bytes() == before


def test_a_link_into_the_data_folder_is_no_place_either(
    library: KnowledgeBase, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(library.settings.blobs_dir, target_is_directory=True)
    with pytest.raises(UsageError, match="in the data folder"):
        backup(library.settings, tmp_path / "link" / "b.tar")


def test_a_folder_that_is_not_there_is_one_line(library: KnowledgeBase, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="name a file in a folder there is"):
        backup(library.settings, tmp_path / "none" / "b.tar")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_disk_that_fills_while_it_is_written_keeps_nothing_of_it(
    library: KnowledgeBase, tmp_path: Path
) -> None:
    """Played by a limit of two megabytes a file: the ledger is smaller, the backup is not."""
    import resource

    library.upload("large.txt", b"Many words. " * 300_000)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "b.tar").write_text("yesterday's")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 20, before[1]))
    try:
        with pytest.raises(DiskFullError, match=r"disk of '.*b\.tar' is full"):
            backup(library.settings, tmp_path / "out" / "b.tar", force=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [f.read_text() for f in (tmp_path / "out").iterdir()] == ["yesterday's"]
    assert not list(library.settings.data_dir.glob(".backup-*"))


def test_a_document_removed_in_between_is_not_in_it(library: KnowledgeBase, tmp_path: Path) -> None:
    def then_removed(ledger: Path, target: Path) -> Contents:
        held = snapshot(ledger, target)
        for row in library.documents():
            if row.path == "leave.md":
                library.remove(["leave.md"])
                sweep(library.settings.blobs_dir, library_of(library).blobs(), 0)
        return held

    report = backup(library.settings, tmp_path / "b.tar", take=then_removed)
    assert (report.documents, report.blobs, report.missing) == (2, 2, [])


def test_when_that_goes_on_there_is_no_backup(library: KnowledgeBase, tmp_path: Path) -> None:
    taken: list[str] = []

    def then_replaced(ledger: Path, target: Path) -> Contents:
        held = snapshot(ledger, target)
        library.remove([f"{len(taken)}.md"])
        sweep(library.settings.blobs_dir, library_of(library).blobs(), 0)
        taken.append(target.name)
        library.upload(f"{len(taken)}.md", f"Text number {len(taken)}.".encode())
        return held

    library.upload("0.md", b"Text number 0.")
    with pytest.raises(KbError, match="documents were removed while"):
        backup(library.settings, tmp_path / "b.tar", take=then_replaced)
    assert len(taken) == 5
    assert not (tmp_path / "b.tar").exists()


def test_a_damaged_ledger_gives_no_backup(library: KnowledgeBase, tmp_path: Path) -> None:
    library.close()
    ledger = library.settings.ledger_path
    data = bytearray(ledger.read_bytes())
    data[4 * 4096 : 5 * 4096] = b"\xff" * 4096
    ledger.write_bytes(data)
    with pytest.raises(LibraryError, match=r"cannot be backed up: .*see `kb doctor`"):
        backup(library.settings, tmp_path / "b.tar")
    assert not (tmp_path / "b.tar").exists()


def test_lost_and_damaged_bytes_are_left_out_and_named(
    library: KnowledgeBase, tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    blob(library, "leave.md").unlink()
    blob(library, "差旅.txt").write_bytes(b"?")
    report = backup(library.settings, tmp_path / "b.tar")
    assert report.missing == ["leave.md", "差旅.txt"]
    assert (report.blobs, len(manifest(tmp_path / "b.tar")["missing"])) == (1, 2)
    found = restore(make_settings(data_dir=tmp_path / "new"), tmp_path / "b.tar")
    assert (found.missing, found.documents) == (report.missing, 3)


def test_while_others_ingest_and_remove_every_backup_is_whole(
    open_kb: OpenKb, folder: Folder, tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    kb = open_kb()
    kb.ingest([folder(DOCS)])
    ended, failures = threading.Event(), []

    def churn() -> None:
        number = 0
        try:
            while not ended.is_set():
                number += 1
                docs = folder({f"n{number % 4}.md": f"Text number {number} about leave."}, "more")
                kb.ingest([docs])
                if number % 3 == 0:
                    kb.remove([f"n{number % 4}.md"])
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        reports = [backup(kb.settings, tmp_path / f"{n}.tar") for n in range(8)]
    finally:
        ended.set()
        thread.join()
    assert failures == []
    assert [r.missing for r in reports] == [[]] * 8
    assert len({manifest(tmp_path / f"{n}.tar")["ledger_sha256"] for n in range(8)}) > 1
    for n in range(8):
        settings = make_settings(data_dir=tmp_path / f"restored{n}")
        restore(settings, tmp_path / f"{n}.tar")
        restored = open_kb(data_dir=settings.data_dir)
        checks = {c.name: c for c in restored.doctor()}
        for name in ("ledger", "documents", "blobs", "vectors"):
            assert checks[name].ok, checks[name].message
        assert restored.search("days of leave", 1).passages[0].metadata["path"] == "leave.md"


def test_the_command(cli: Any, folder: Folder, tmp_path: Path) -> None:
    cli("ingest", folder(DOCS))
    report = cli.json("backup", tmp_path / "b.tar")
    assert list(report) == [
        "file", "data_dir", "bytes", "documents", "chunks", "blobs", "missing", "sources",
        "seconds",
    ]  # fmt: skip
    assert (cli.code, report["file"]) == (0, str(tmp_path / "b.tar"))
    assert cli("backup", tmp_path / "b.tar") == ""
    assert (cli.code, len(cli.err.splitlines())) == (2, 1)
    assert cli("backup", tmp_path / "b.tar", "--force").startswith(
        "backed up 2 documents, 2 chunks"
    )


def test_the_command_complains_of_lost_bytes(cli: Any, folder: Folder, tmp_path: Path) -> None:
    cli("ingest", folder(DOCS))
    for file in (tmp_path / "library" / "blobs").rglob("*"):
        if file.is_file():
            file.write_bytes(b"?")
    assert cli("backup", tmp_path / "b.tar").startswith("backed up 2 documents")
    assert (cli.code, len(cli.err.splitlines())) == (1, 2)
    assert "leave.md" in cli.err
