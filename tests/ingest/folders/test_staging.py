"""Bytes are kept under their hash, and names that lead elsewhere are refused."""

import hashlib
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.folders import (
    blob_path,
    hash_open,
    open_file,
    safe_path,
    stage,
    stage_bytes,
    sweep,
)
from ingest.limits import Limits

DATA = "出差住宿".encode() * 100_000
SHA256 = hashlib.sha256(DATA).hexdigest()


def staged(
    file: Path, blobs: Path, tick: Callable[[int, int], None] = lambda *_: None
) -> tuple[str, int]:
    with open_file(file.parent, file) as source:
        return stage(source, blobs, Limits(max_bytes=1 << 22), tick)


def files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_a_file_is_copied_under_its_hash(tmp_path: Path) -> None:
    source, blobs = tmp_path / "a.txt", tmp_path / "data" / "blobs"
    source.write_bytes(DATA)
    assert staged(source, blobs) == (SHA256, len(DATA))
    assert files(blobs) == [f"{SHA256[:2]}/{SHA256}"]
    assert blob_path(blobs, SHA256).read_bytes() == DATA


def test_an_open_file_can_be_hashed_first(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(DATA)
    with open_file(tmp_path, tmp_path / "a.txt") as source:
        assert hash_open(source, Limits()) == (SHA256, len(DATA))
        assert stage(source, tmp_path / "blobs", Limits()) == (SHA256, len(DATA))


def test_who_stops_a_copy_finds_nothing_left_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(DATA * 2)

    def stop(done: int, total: int) -> None:
        assert (done, total) == (1 << 20, 2 * len(DATA))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        staged(tmp_path / "a.txt", tmp_path / "blobs", stop)
    assert files(tmp_path / "blobs") == []


def append(file: Path) -> None:
    with file.open("ab") as more:
        more.write(b"more")


def rewrite(file: Path) -> None:
    file.write_bytes(DATA[::-1])
    os.utime(file, (1, 1))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (append, "changed"),
        (lambda file: os.truncate(file, 1 << 20), "changed"),
        (rewrite, "changed"),
        (lambda file: os.truncate(file, 1 << 30), "too-large"),
    ],
)
def test_a_file_that_changes_while_it_is_read_is_told(
    tmp_path: Path, change: Callable[[Path], None], reason: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(DATA)
    with pytest.raises(ReadError) as caught:
        staged(file, tmp_path / "blobs", lambda done, total: change(file))
    assert caught.value.reason == reason
    assert files(tmp_path / "blobs") == []


def test_an_upload_is_stored_the_same_way(tmp_path: Path) -> None:
    assert stage_bytes(DATA, tmp_path, Limits()) == (SHA256, len(DATA))
    assert files(tmp_path) == [f"{SHA256[:2]}/{SHA256}"]


def test_a_blob_that_is_stored_again_counts_as_new(tmp_path: Path) -> None:
    stage_bytes(DATA, tmp_path, Limits())
    os.utime(blob_path(tmp_path, SHA256), (1, 1))
    stage_bytes(DATA, tmp_path, Limits())
    assert sweep(tmp_path, set()) == 0  # or it would be swept before the library speaks of it
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize("damaged", [DATA[:7], b"x" * len(DATA)])
def test_a_damaged_blob_is_replaced(tmp_path: Path, damaged: bytes) -> None:
    stage_bytes(DATA, tmp_path, Limits())
    blob_path(tmp_path, SHA256).write_bytes(damaged)
    stage_bytes(DATA, tmp_path, Limits())
    assert blob_path(tmp_path, SHA256).read_bytes() == DATA


def test_a_file_too_large_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        stage_bytes(DATA, tmp_path, Limits(max_bytes=len(DATA) - 1))
    assert caught.value.reason == "too-large"
    assert files(tmp_path) == []
    assert stage_bytes(DATA, tmp_path, Limits(max_bytes=len(DATA)))[1] == len(DATA)


@pytest.mark.parametrize(
    "name",
    [
        "员工手册.pdf",
        "a b (1).md",
        "a/b.md",
        "...odd.txt",
        "Müller’s plan.txt",
        "家👨‍👩‍👧.md",
        "字" * 85,
    ],
)
def test_ordinary_names_pass(name: str) -> None:
    assert safe_path(unicodedata.normalize("NFD", name)) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        ".",
        "..",
        "../etc/passwd",
        "..\\windows",
        "/absolute.md",
        "a//b.md",
        "a/../b.md",
        "a/" * 16 + "b.md",
        "nul\x00.md",
        "line\n.md",
        "\x85.md",
        "left\u202emd.exe",
        "\udcff.md",
        "字" * 86,
        "x" * 256,
    ],
)
def test_unsafe_names_are_refused(name: str) -> None:
    with pytest.raises(ReadError) as caught:
        safe_path(name)
    assert caught.value.reason == "unsafe-name"
