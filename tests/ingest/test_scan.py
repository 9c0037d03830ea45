import os
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.scan import scan


def make(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)


def test_files_are_listed_by_path(tmp_path: Path) -> None:
    make(tmp_path, "b.md", "规定/差旅.pdf", "a/z.txt", "a.log")
    result = scan(tmp_path)
    assert [found.path for found in result.files] == ["a.log", "a/z.txt", "b.md", "规定/差旅.pdf"]
    assert [found.file.read_text() for found in result.files][3] == "规定/差旅.pdf"
    assert (result.skipped, result.unreadable) == ([], [])


def test_other_kinds_are_skipped_and_hidden_ones_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.docx", ".hidden.md", ".git/b.md", "~$lock.md", "sub/c.bin", "d.md")
    result = scan(tmp_path)
    assert [found.path for found in result.files] == ["d.md"]
    assert result.skipped == [("a.docx", "unsupported"), ("sub/c.bin", "unsupported")]


def test_links_are_followed_only_within_the_folder(tmp_path: Path) -> None:
    make(tmp_path, "root/a.md", "root/sub/b.md", "other/c.md")
    root = tmp_path / "root"
    (root / "in.md").symlink_to(root / "a.md")
    (root / "out.md").symlink_to(tmp_path / "other/c.md")
    (root / "folder").symlink_to(tmp_path / "other", target_is_directory=True)
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "broken.md").symlink_to(root / "gone.md")
    result = scan(root)
    assert [found.path for found in result.files] == ["a.md", "in.md", "sub/b.md"]
    assert result.skipped == [("folder", "outside"), ("loop", "outside"), ("out.md", "outside")]
    assert result.unreadable == [("broken.md", "vanished")]


def test_paths_are_nfc(tmp_path: Path) -> None:
    make(tmp_path, unicodedata.normalize("NFD", "Müller.md"))
    (found,) = scan(tmp_path).files
    assert found.path == unicodedata.normalize("NFC", "Müller.md")
    assert found.file.is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no such names")
def test_names_that_are_the_same_or_no_text_are_told(tmp_path: Path) -> None:
    make(tmp_path, unicodedata.normalize("NFD", "é.md"), unicodedata.normalize("NFC", "é.md"))
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).write_text("x")
    result = scan(tmp_path)
    assert [found.path for found in result.files] == ["é.md"]
    assert result.unreadable == [("\\udcff.md", "unsafe-name"), ("é.md", "unsafe-name")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert scan(tmp_path).skipped == [("pipe.txt", "unsupported")]


def test_a_file_may_be_the_root(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "b.bin")
    assert [found.path for found in scan(tmp_path / "a.md").files] == ["a.md"]
    assert scan(tmp_path / "b.bin").skipped == [("b.bin", "unsupported")]


def test_a_root_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        scan(tmp_path / "gone")
    assert caught.value.reason == "vanished"


def test_a_folder_that_may_not_be_listed_is_not_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a.md", "secret/b.md")
    list_folder = os.scandir

    # Root may list every folder, so the refusal is played.
    def refuse(path: str | Path) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "secret":
            raise PermissionError(13, "Permission denied", str(path))
        return list_folder(path)

    monkeypatch.setattr(os, "scandir", refuse)
    result = scan(tmp_path)
    assert [found.path for found in result.files] == ["a.md"]
    assert result.unreadable == [("secret", "no-permission")]
    with pytest.raises(ReadError) as caught:
        scan(tmp_path / "secret")
    assert caught.value.reason == "no-permission"
