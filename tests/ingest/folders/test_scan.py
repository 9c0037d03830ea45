"""What a folder holds, whatever lies in it."""

import json
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.folders import locate, open_file, scan

ROOT = Path(__file__).parents[3]


def make(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)


def test_files_are_listed_by_path(tmp_path: Path) -> None:
    make(tmp_path, "b.md", "规定/差旅.pdf", "a/z.txt", "a.log")
    result = scan(tmp_path)
    assert [found.path for found in result.files] == ["a.log", "a/z.txt", "b.md", "规定/差旅.pdf"]
    assert [found.file.read_text() for found in result.files][3] == "规定/差旅.pdf"
    assert [found.size for found in result.files] == [5, 7, 4, 17]
    assert (result.skipped, result.unreadable) == ([], [])


def test_other_kinds_are_skipped_and_hidden_ones_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.dwg", ".hidden.md", ".git/b.md", "~$lock.md", "sub/c.bin", "d.md")
    result = scan(tmp_path)
    assert [found.path for found in result.files] == ["d.md"]
    assert result.skipped == [("a.dwg", "unsupported"), ("sub/c.bin", "unsupported")]


def test_links_are_followed_only_within_the_folder(tmp_path: Path) -> None:
    make(tmp_path, "root/a.md", "root/sub/b.md", "other/c.md")
    root = tmp_path / "root"
    (root / "in.md").symlink_to(root / "a.md")
    (root / "out.md").symlink_to(tmp_path / "other/c.md")
    (root / "folder").symlink_to(tmp_path / "other", target_is_directory=True)
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "broken.md").symlink_to(root / "gone.md")
    (root / "broken").symlink_to(root / "gone")
    (root / "round.md").symlink_to(root / "round.md")
    result = scan(root)
    assert [found.path for found in result.files] == ["a.md", "in.md", "sub/b.md"]
    assert result.skipped == [
        ("broken", "unsupported"),
        ("folder", "outside"),
        ("loop", "outside"),
        ("out.md", "outside"),
    ]
    assert result.unreadable == [("broken.md", "vanished"), ("round.md", "vanished")]
    with pytest.raises(ReadError) as caught:
        scan(root, "folder/c.md")
    assert caught.value.reason == "vanished"


def test_folders_nested_deeper_than_a_path_may_be_long_are_read(tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(30):
        os.mkdir("d" * 200, dir_fd=folder)
        inner = os.open("d" * 200, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(os.open("a.md", os.O_CREAT | os.O_WRONLY, dir_fd=folder))
    os.close(folder)
    (found,) = scan(tmp_path).files
    assert found.path == "/".join(["d" * 200] * 30 + ["a.md"])
    with open_file(tmp_path, found.file) as source:
        assert source.read() == b""


def test_paths_are_nfc(tmp_path: Path) -> None:
    make(tmp_path, unicodedata.normalize("NFD", "Müller.md"))
    (found,) = scan(tmp_path).files
    assert found.path == unicodedata.normalize("NFC", "Müller.md")
    assert found.file.is_file()


TWIN = unicodedata.normalize("NFD", "Größe é.md")  # as macOS writes it
PLAIN = unicodedata.normalize("NFC", TWIN)
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no such names")


@only_linux
def test_names_that_differ_in_their_form_alone_have_a_path_each(tmp_path: Path) -> None:
    make(tmp_path, TWIN, PLAIN, f"{TWIN}.d/a.md", f"{PLAIN}.d/a.md")
    found = {found.path: found.file.read_text() for found in scan(tmp_path).files}
    assert found == {name: name for name in (TWIN, PLAIN, f"{TWIN}.d/a.md", f"{PLAIN}.d/a.md")}


@only_linux
def test_of_three_forms_none_of_them_composed_one_has_the_composed_path(tmp_path: Path) -> None:
    forms = [TWIN, PLAIN[:-4] + TWIN[-5:], TWIN[: len(TWIN) - 5] + PLAIN[-4:]]
    make(tmp_path, *forms)
    found = scan(tmp_path)
    assert len({file.path for file in found.files}) == 3
    assert PLAIN in {file.path for file in found.files}
    assert {unicodedata.normalize("NFC", file.path) for file in found.files} == {PLAIN}


@only_linux
def test_a_name_of_mere_bytes_is_told(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).write_text("x")
    result = scan(tmp_path)
    assert [found.path for found in result.files] == ["a.md"]
    assert result.unreadable == [("\\udcff.md", "unsafe-name")]


def test_a_part_has_the_paths_that_it_has_in_the_whole(tmp_path: Path) -> None:
    make(tmp_path, f"{TWIN}.d/sub/a.md", "b.md", "c.md")
    whole = scan(tmp_path)
    for typed in (f"{TWIN}.d/sub", f"{PLAIN}.d/sub"):
        part = scan(tmp_path, typed)
        assert part.part == f"{PLAIN}.d/sub"
        assert part.files == whole.files[:1]
    assert scan(tmp_path, "b.md").files == whole.files[1:2]
    with pytest.raises(ReadError) as caught:
        scan(tmp_path, "sub/none")
    assert caught.value.reason == "vanished"


def test_a_file_is_located_by_its_path(tmp_path: Path) -> None:
    make(tmp_path, f"{TWIN}.d/a.md", "b.md")
    (tmp_path / "link.md").symlink_to("b.md")
    for path, text in ((f"{PLAIN}.d/a.md", f"{TWIN}.d/a.md"), ("link.md", "b.md")):
        root, file = locate(tmp_path, path)
        assert file.read_text() == text
        assert file.is_relative_to(root)
    assert locate(tmp_path / "b.md", "b.md")[1].read_text() == "b.md"
    for path in ("../b.md", "none.md", f"{PLAIN}.d"):
        with pytest.raises(ReadError):
            locate(tmp_path, path)


def test_a_file_without_a_suffix_is_read_if_it_begins_as_a_known_kind(tmp_path: Path) -> None:
    make(tmp_path, "LICENCE", "说明", "ends in dot.txt.", "ends in space.md ", "program", "nothing")
    (tmp_path / "program").write_bytes(b"\x7fELF\x02\x01\x01\x00")
    (tmp_path / "page").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "nothing").write_bytes(b"")
    result = scan(tmp_path)
    assert {file.path for file in result.files} == {
        "LICENCE", "说明", "ends in dot.txt.", "ends in space.md ", "page",
    }  # fmt: skip
    assert result.skipped == [(name, "unsupported") for name in ("nothing", "program")]


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


LOOK = """
import json, sys
from pathlib import Path
from ingest.errors import ReadError
from ingest.folders import scan
found = scan(Path(sys.argv[1]))
try:
    scan(Path(sys.argv[1], "secret"))
except ReadError as error:
    print(json.dumps([[file.path for file in found.files], found.closed, error.reason]))
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights otherwise")
def test_a_folder_that_may_not_be_listed_is_not_empty(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "secret/b.md")
    (tmp_path / "secret").chmod(0)
    python = [sys.executable, "-c", LOOK, str(tmp_path)]
    if not os.geteuid():  # root may list every folder, unless it gives that up
        if shutil.which("setpriv") is None:
            pytest.skip("this machine has no setpriv")
        python = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *python]
    ended = subprocess.run(python, cwd=ROOT, capture_output=True, check=True)
    (tmp_path / "secret").chmod(0o700)
    assert json.loads(ended.stdout) == [["a.md"], [["secret", "no-permission"]], "no-permission"]
