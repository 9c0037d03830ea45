"""A hash is remembered for as long as the file is the one that was read."""

import os

import pytest

from llm.models import known_sha256
from llm.models.file_hashes import MARKER, remembered


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "weights.gguf"
    path.write_bytes(b"first")
    return path


def test_a_file_is_read_once(file, tmp_path, sha256):
    assert known_sha256(tmp_path, file.name) == sha256(b"first")
    stat = file.stat()
    file.write_bytes(b"other")  # unseen: the same size, and the time of change is set back
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert known_sha256(tmp_path, file.name) == sha256(b"first")


@pytest.mark.parametrize("content", [b"other", b"longer than before"])
def test_a_changed_file_is_read_again(file, tmp_path, sha256, content):
    known_sha256(tmp_path, file.name)
    stat = file.stat()
    file.write_bytes(content)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1000))
    assert remembered(tmp_path, file.name) is None
    assert known_sha256(tmp_path, file.name) == sha256(content)


@pytest.mark.parametrize("marker", ["", "[]", '{"weights.gguf": {"bytes": 5}}', "{"])
def test_a_damaged_marker_is_as_none(file, tmp_path, sha256, marker):
    (tmp_path / MARKER).write_text(marker)
    assert known_sha256(tmp_path, file.name) == sha256(b"first")
    assert remembered(tmp_path, file.name) == sha256(b"first")


def test_a_folder_that_cannot_be_written_is_hashed_each_time(file, tmp_path, sha256):
    (tmp_path / MARKER).mkdir()  # no file can take this name now
    assert known_sha256(tmp_path, file.name) == sha256(b"first")
    assert remembered(tmp_path, file.name) is None
