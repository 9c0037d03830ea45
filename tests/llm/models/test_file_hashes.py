"""A hash is remembered for as long as the file is the one that was read."""

import os

import pytest

from llm.models import known_sha256


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "weights.gguf"
    path.write_bytes(b"first")
    return path


def change(file, content, later=0):
    """Write other content, unseen: the time of change is set back, or a little `later` in ns."""
    stat = file.stat()
    file.write_bytes(content)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns + later))


def note_of(file):
    """The file beside it in which the hash is remembered."""
    known_sha256(file.parent, file.name)
    (note,) = set(file.parent.iterdir()) - {file}
    return note


def test_a_file_is_read_once(file, tmp_path, sha256):
    assert known_sha256(tmp_path, file.name) == sha256(b"first")
    change(file, b"other")
    assert known_sha256(tmp_path, file.name) == sha256(b"first")


@pytest.mark.parametrize(("content", "later"), [(b"other", 1000), (b"longer than before", 0)])
def test_a_changed_file_is_read_again(file, tmp_path, sha256, content, later):
    known_sha256(tmp_path, file.name)
    change(file, content, later)
    assert known_sha256(tmp_path, file.name) == sha256(content)


@pytest.mark.parametrize("damaged", ["", "[]", '{"weights.gguf": {"bytes": 5}}', "{"])
def test_a_damaged_note_is_as_none(file, tmp_path, sha256, damaged):
    note_of(file).write_text(damaged)
    change(file, b"other")
    assert known_sha256(tmp_path, file.name) == sha256(b"other")
    change(file, b"third")
    assert known_sha256(tmp_path, file.name) == sha256(b"other")  # noted again


def test_in_a_folder_that_cannot_be_written_it_is_read_each_time(file, tmp_path, sha256):
    note = note_of(file)
    note.unlink()
    note.mkdir()  # no file can take this name now
    assert known_sha256(tmp_path, file.name) == sha256(b"first")
    change(file, b"other")
    assert known_sha256(tmp_path, file.name) == sha256(b"other")
