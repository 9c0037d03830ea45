"""A restored library is the one that was backed up; what is no whole backup leaves nothing."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app.errors import KbError, UsageError
from app.library import restore
from app.service import KnowledgeBase, build
from app.settings import Settings
from ingest.folders import blob_path
from retrieval.errors import LibraryError
from retrieval.ledger import Ledger

Folder = Callable[..., Path]
OpenKb = Callable[..., KnowledgeBase]
Members = dict[str, bytes]
Unpacked = Callable[[Path], dict[str, bytes]]
Packed = Callable[[Path, dict[str, bytes]], Path]
DOCS = {
    "leave.md": "# Leave\n\nYou have 25 days of leave.\n",
    "trips/dogs.md": "Dogs may come on Fridays.\n",
    "差旅.txt": "住宿上限为每晚六百元。\n",
}
QUESTIONS = ("How many days of leave?", "May dogs come?", "住宿上限")


@pytest.fixture
def library(kb: KnowledgeBase, folder: Folder) -> KnowledgeBase:
    """A library of a folder, with an index, and an upload that waits to be read."""
    kb.ingest([folder(DOCS)], "handbook")
    kb.upload("waits.md", b"Not read yet.")
    return kb


def rows(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(settings.ledger_path)) as db:
        return db.execute(query).fetchall()


def hits(kb: KnowledgeBase, question: str) -> list[tuple[object, ...]]:
    """The passages found; scores of Chroma and of exact search differ in the seventh digit."""
    return [
        (d.id, d.page_content, d.metadata["path"], round(d.metadata["score"], 5))
        for d in kb.search(question, 3).passages
    ]


def left(settings: Settings) -> list[str]:
    """What lies in a data folder, beside the lock's file."""
    found = [p.relative_to(settings.data_dir).as_posix() for p in settings.data_dir.rglob("*")]
    return sorted(set(found) - {"owner.lock"})


def with_ledger(members: Members, path: Path, statement: str, **manifest: object) -> Members:
    """The members with a statement run in the ledger, and a manifest that agrees."""
    path.write_bytes(members["ledger.sqlite3"])
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement)
        db.commit()
    data = path.read_bytes()
    said = {**json.loads(members["manifest.json"]), **manifest}
    said["ledger_sha256"] = sha256(data).hexdigest()
    return {**members, "ledger.sqlite3": data, "manifest.json": json.dumps(said).encode()}


def test_documents_chunks_vectors_and_hits_are_the_same(
    library: KnowledgeBase, open_kb: OpenKb, tmp_path: Path, empty: Settings
) -> None:
    report = restore(empty, Path(library.backup(tmp_path / "b.tar").file))
    assert (report.documents, report.chunks, report.blobs, report.missing) == (4, 3, 4, [])
    restored = open_kb(data_dir=empty.data_dir)
    assert restored.documents() == library.documents()
    tables = dict.fromkeys(("documents", "versions", "chunks", "vectors"), "*")
    for table, columns in (tables | {"sources": "id, collection, kind, root, device"}).items():
        query = f"SELECT {columns} FROM {table} ORDER BY 1"  # noqa: S608
        assert rows(empty, query) == rows(library.settings, query)
    for row in library.documents():
        assert row.sha256 is not None
        path = blob_path(empty.blobs_dir, row.sha256)
        assert sha256(path.read_bytes()).hexdigest() == row.sha256
    for question in QUESTIONS:
        assert hits(restored, question) == hits(library, question)
    restored.own()
    restored.sync()
    assert restored.index_health() == ("chroma", None)
    for question in QUESTIONS:  # now through an index of its own
        assert hits(restored, question) == hits(library, question)


def test_a_restored_library_goes_on(
    library: KnowledgeBase, open_kb: OpenKb, empty: Settings, folder: Folder, tmp_path: Path
) -> None:
    restore(empty, Path(library.backup(tmp_path / "b.tar").file))
    restored = open_kb(data_dir=empty.data_dir)
    report = restored.ingest()
    assert report.unchanged == 1  # the upload that waited, read before
    assert [(f.path, f.reason) for f in report.failed] == [(str(folder({})), "restored")]
    assert "name it once: kb ingest" in report.failed[0].message
    assert len(restored.documents()) == 4  # and nothing of it was removed
    report = restored.ingest([folder({})], "handbook")
    assert (report.unchanged, report.failed) == (3, [])
    report = restored.ingest()  # now it is a source as any other
    assert (report.unchanged, report.failed) == (4, [])
    restored.remove(["leave.md"])
    assert restored.ingest([folder(DOCS)], "handbook").added == 1


def test_nothing_but_the_library_is_in_the_folder(backup_file: Path, empty: Settings) -> None:
    restore(empty, backup_file)
    assert {name.partition("/")[0] for name in left(empty)} == {"blobs", "ledger.sqlite3"}


def test_a_ledger_without_documents_is_replaced(backup_file: Path, empty: Settings) -> None:
    old = Ledger(empty.ledger_path)
    with old.write() as db:
        db.execute("INSERT INTO sources (collection, kind, root) VALUES ('gone', 'upload', '')")
    (empty.blobs_dir / "aa").mkdir(parents=True)
    (empty.index_dir / "old").mkdir(parents=True)
    (empty.data_dir / "settings.env").write_text("KB_PORT=8600\n")
    (empty.data_dir / ".restore-killed").mkdir()
    assert Path(f"{empty.ledger_path}-wal").exists()  # would be taken for the new ledger's
    restore(empty, backup_file)
    old.close()
    assert ("gone",) not in rows(empty, "SELECT collection FROM sources")
    assert not empty.index_dir.exists()
    assert (empty.data_dir / "settings.env").exists()
    assert not (empty.data_dir / ".restore-killed").exists()


def test_a_library_is_never_written_over(kb: KnowledgeBase, backup_file: Path) -> None:
    before = kb.documents()
    with pytest.raises(UsageError, match="holds a library already; choose an empty KB_DATA_DIR"):
        restore(kb.settings, backup_file)
    assert kb.documents() == before != []


def test_bytes_without_a_ledger_are_a_library_too(backup_file: Path, empty: Settings) -> None:
    (empty.blobs_dir / "aa").mkdir(parents=True)
    (empty.blobs_dir / "aa" / "x").touch()
    with pytest.raises(UsageError, match="holds a library"):
        restore(empty, backup_file)
    assert left(empty) == ["blobs", "blobs/aa", "blobs/aa/x"]


def test_no_file_no_folder_made(empty: Settings, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no backup .*none\.tar"):
        restore(empty, tmp_path / "none.tar")
    assert not empty.data_dir.exists()


def test_a_process_that_owns_the_folder_is_named(backup_file: Path, empty: Settings) -> None:
    code = (
        "import sys, time; from pathlib import Path; from retrieval.ledger import OwnerLock\n"
        "lock = OwnerLock(Path(sys.argv[1]))\n"
        "assert lock.acquire(); print(flush=True); time.sleep(60)"
    )
    lock = str(empty.data_dir / "owner.lock")
    with subprocess.Popen([sys.executable, "-c", code, lock], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        try:
            with pytest.raises(KbError, match=f"process {other.pid} works in"):
                restore(empty, backup_file)
        finally:
            other.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    assert left(empty) == []
    restore(empty, backup_file)  # its lock went with it


def test_a_file_cut_short_anywhere_leaves_nothing(backup_file: Path, empty: Settings) -> None:
    data = backup_file.read_bytes()
    end = data.rstrip(b"\0").__len__()
    for size in [0, 1, 511, 512, 700, *range(1024, end, end // 8), end - 1]:
        backup_file.write_bytes(data[:size])
        with pytest.raises(KbError, match="cannot be restored") as raised:
            restore(empty, backup_file)
        assert "\n" not in str(raised.value)
        assert left(empty) == [], size
    assert end > 20_000


def test_a_flipped_byte_in_any_member_leaves_nothing(
    unpacked: Unpacked, packed: Packed, backup_file: Path, empty: Settings
) -> None:
    members = unpacked(backup_file)
    for name, data in members.items():
        flipped = bytearray(data)
        flipped[len(data) // 2] ^= 4
        packed(backup_file, {**members, name: bytes(flipped)})
        with pytest.raises(KbError, match="cannot be restored"):
            restore(empty, backup_file)
        assert left(empty) == [], name
    packed(backup_file, members)
    restore(empty, backup_file)


@pytest.mark.parametrize(
    "name",
    ["../evil", "/evil", "blobs/../../evil", "settings.env", "owner.lock", "blobs/aa/short",
     "ledger.sqlite3-wal", "./manifest.json", f"blobs/bb/{'a' * 64}", f"blobs/aa/{'A' * 64}",
     f"blobs/aa/{'a' * 64}\n", f"blobs/aa/{'a' * 64}/x", ""],
)  # fmt: skip
def test_a_member_of_another_name_is_refused(
    unpacked: Unpacked,
    packed: Packed,
    backup_file: Path,
    empty: Settings,
    name: str,
    tmp_path: Path,
) -> None:
    packed(backup_file, {**unpacked(backup_file), name: b"evil"})
    with pytest.raises(KbError, match="cannot be restored"):
        restore(empty, backup_file)
    assert not empty.data_dir.exists()
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE,
                                  tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.CONTTYPE])  # fmt: skip
def test_a_member_that_is_no_plain_file_is_refused(
    backup_file: Path, empty: Settings, kind: bytes, tmp_path: Path
) -> None:
    with tarfile.open(backup_file, "a") as tar:
        info = tarfile.TarInfo(f"blobs/aa/{'a' * 64}")
        info.type, info.linkname = kind, str(tmp_path / "library" / "ledger.sqlite3")
        tar.addfile(info)
    with pytest.raises(KbError, match="does not belong into a backup"):
        restore(empty, backup_file)
    assert not empty.data_dir.exists()


def test_a_member_given_twice_is_refused(backup_file: Path, empty: Settings) -> None:
    with tarfile.open(backup_file, "a") as tar:
        tar.addfile(tarfile.TarInfo("ledger.sqlite3"))
    with pytest.raises(KbError, match=r"'ledger\.sqlite3' does not belong"):
        restore(empty, backup_file)


def test_a_blob_too_many_or_too_few_is_refused(
    unpacked: Unpacked, packed: Packed, backup_file: Path, empty: Settings
) -> None:
    members = unpacked(backup_file)
    extra = sha256(b"extra").hexdigest()
    few = dict(list(members.items())[:-1])
    for wrong in ({**members, f"blobs/{extra[:2]}/{extra}": b"extra"}, few):
        packed(backup_file, wrong)
        with pytest.raises(KbError, match="does not hold the files of its ledger"):
            restore(empty, backup_file)
        assert left(empty) == []


@pytest.mark.parametrize(
    "data",
    [b"", b"text", b"PK\x03\x04" + bytes(999), bytes(10_240), b"SQLite format 3\0" + bytes(9999)],
    ids=["empty", "text", "zip", "zeros", "database"],
)
def test_a_foreign_file_leaves_nothing(empty: Settings, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "f").write_bytes(data)
    with pytest.raises(KbError, match=r"'.*f' cannot be restored") as raised:
        restore(empty, tmp_path / "f")
    assert "\n" not in str(raised.value)
    assert not empty.data_dir.exists()


def test_a_compressed_or_foreign_tar_leaves_nothing(
    packed: Packed, empty: Settings, tmp_path: Path
) -> None:
    packed(tmp_path / "foreign.tar", {"readme.txt": b"hello"})
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as tar:
        tar.add(tmp_path / "foreign.tar", "ledger.sqlite3")
    for name in ("foreign.tar", "b.tar.gz"):
        with pytest.raises(KbError, match="cannot be restored"):
            restore(empty, tmp_path / name)
    assert not empty.data_dir.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"format": 2}, "made by a newer Zhiku"),
        ({"format": "1"}, "manifest"),
        ({"schema": 999}, r"newer Zhiku \(schema 999\)"),
        ({"schema": "2"}, "manifest"),
        ({"documents": 5}, "not the one that its manifest describes"),
        ({"chunks": 0}, "not the one that its manifest describes"),
        ({"ledger_sha256": "0" * 64}, "its ledger is damaged"),
        ({"missing": None}, "manifest"),
        ({"more": 1}, "manifest"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(
    unpacked: Unpacked,
    packed: Packed,
    backup_file: Path,
    empty: Settings,
    changes: dict[str, object],
    said: str,
) -> None:
    members = unpacked(backup_file)
    wrong = {**json.loads(members["manifest.json"]), **changes}
    packed(backup_file, {**members, "manifest.json": json.dumps(wrong).encode()})
    with pytest.raises(KbError, match=said):
        restore(empty, backup_file)
    assert left(empty) == []


def test_a_manifest_that_is_no_json_is_refused(
    unpacked: Unpacked, packed: Packed, backup_file: Path, empty: Settings
) -> None:
    members = unpacked(backup_file)
    for data in (b"", b"[]", b"\xff\xfe", b"null", b"[" * 100_000):
        packed(backup_file, {**members, "manifest.json": data})
        with pytest.raises(KbError, match="cannot be restored"):
            restore(empty, backup_file)
    assert not empty.data_dir.exists()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("PRAGMA user_version=999", r"newer Zhiku \(schema 999\); update Zhiku"),
        ("DELETE FROM sources", "damaged"),
        ("DELETE FROM documents", "damaged"),
        ("DROP TABLE chunks", "the table 'chunks' is missing"),
    ],
)
def test_a_ledger_that_cannot_be_used_is_refused(
    unpacked: Unpacked,
    packed: Packed,
    backup_file: Path,
    empty: Settings,
    tmp_path: Path,
    statement: str,
    said: str,
) -> None:
    packed(backup_file, with_ledger(unpacked(backup_file), tmp_path / "l", statement))
    with pytest.raises(KbError, match=said):
        restore(empty, backup_file)
    assert left(empty) == []


def test_the_command(cli: Any, folder: Folder, tmp_path: Path, monkeypatch: Any) -> None:
    cli("ingest", folder(DOCS))
    listed = cli.json("list")
    cli("backup", tmp_path / "b.tar")
    assert cli("restore", tmp_path / "b.tar") == ""
    assert (cli.code, len(cli.err.splitlines())) == (2, 1)
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "new"))
    report = cli.json("restore", tmp_path / "b.tar")
    assert (cli.code, report["documents"], report["data_dir"]) == (0, 3, str(tmp_path / "new"))
    assert cli.json("list") == listed
    (tmp_path / "cut.tar").write_bytes((tmp_path / "b.tar").read_bytes()[:9000])
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "newer"))
    assert cli("restore", tmp_path / "cut.tar") == ""
    assert (cli.code, len(cli.err.splitlines())) == (1, 1)


def test_the_command_names_the_sources_that_wait(
    cli: Any, folder: Folder, tmp_path: Path, monkeypatch: Any
) -> None:
    docs = folder(DOCS, "our docs")
    cli("ingest", docs)
    cli("backup", tmp_path / "b.tar")
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "new"))
    assert cli.json("restore", tmp_path / "b.tar")["sources"] == [str(docs)]
    assert f"not read until you name it once: kb ingest '{docs}'" in cli.err
    assert cli.code == 0


def test_a_restore_that_was_killed_before_its_last_step_is_done_again(
    backup_file: Path, empty: Settings, tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    restore(empty, backup_file)
    work = empty.data_dir / ".restore-killed"
    work.mkdir()
    empty.ledger_path.rename(work / "ledger.sqlite3")
    with pytest.raises(LibraryError, match="is gone, while files of documents are in"):
        build(empty)
    report = restore(empty, backup_file)
    assert report.documents == 2
    assert not work.exists()
    build(empty).close()


@pytest.mark.parametrize("size", [None, 0])
def test_bytes_whose_ledger_is_gone_are_kept(
    backup_file: Path, empty: Settings, size: int | None
) -> None:
    restore(empty, backup_file)
    empty.ledger_path.unlink()
    if size is not None:
        empty.ledger_path.touch()
    before = left(empty)
    with pytest.raises(LibraryError, match="restore a backup or begin anew"):
        build(empty)
    assert left(empty) == before
