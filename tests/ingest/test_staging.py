import hashlib
import os
import unicodedata
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.staging import blob_path, safe_name, stage, stage_bytes, sweep

DATA = "出差住宿".encode() * 100_000
SHA256 = hashlib.sha256(DATA).hexdigest()


def files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_a_file_is_copied_under_its_hash(tmp_path: Path) -> None:
    source, blobs = tmp_path / "a.txt", tmp_path / "data" / "blobs"
    source.write_bytes(DATA)
    assert stage(source, blobs, Limits()) == (SHA256, len(DATA))
    assert files(blobs) == [f"{SHA256[:2]}/{SHA256}"]
    assert blob_path(blobs, SHA256).read_bytes() == DATA


def test_an_upload_is_stored_the_same_way(tmp_path: Path) -> None:
    assert stage_bytes(DATA, tmp_path, Limits()) == (SHA256, len(DATA))
    assert files(tmp_path) == [f"{SHA256[:2]}/{SHA256}"]


def test_a_blob_that_is_there_is_kept_and_counts_as_new(tmp_path: Path) -> None:
    stage_bytes(DATA, tmp_path, Limits())
    blob = blob_path(tmp_path, SHA256)
    before = blob.stat()
    os.utime(blob, (1, 1))
    stage_bytes(DATA, tmp_path, Limits())
    assert blob.stat().st_ino == before.st_ino
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


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        stage(tmp_path / "gone.txt", tmp_path / "blobs", Limits())
    assert caught.value.reason == "vanished"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        stage(tmp_path, tmp_path / "blobs", Limits())
    assert caught.value.reason == "unsupported"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadError) as caught:
        stage(tmp_path / "pipe.txt", tmp_path / "blobs", Limits())
    assert caught.value.reason == "unsupported"


@pytest.mark.parametrize(
    "name",
    ["员工手册.pdf", "a b (1).md", "...odd.txt", "Müller’s plan.txt", "家👨‍👩‍👧.md", "字" * 85],
)
def test_ordinary_names_pass(name: str) -> None:
    assert safe_name(unicodedata.normalize("NFD", name)) == unicodedata.normalize("NFC", name)


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
        "a/b.md",
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
        safe_name(name)
    assert caught.value.reason == "unsafe-name"
