"""Documents as a ZIP file: names stay in the folder, and any date of a file will do."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.library import StoredFile, packed_name, zipped
from app.service import KnowledgeBase


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("hr/leave.md", "hr/leave.md"),
        ("差旅/规定 2026.pdf", "差旅/规定 2026.pdf"),
        ("../80da/a.txt", "80da/a.txt"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\a.txt", "a.txt"),
        ("C:\\Windows\\a.txt", "C_/Windows/a.txt"),
        ("a/./b/.. /c. ", "a/b/c"),
        ("con.txt", "_con.txt"),
        ("a\nb\u202egpj.exe", "a⏎b\\u202egpj.exe"),
        ("..", "_"),
        ("", "_"),
    ],
)
def test_a_name_stays_in_the_folder_that_is_unpacked_in(name: str, packed: str) -> None:
    assert packed_name(name) == packed


def names(*files: StoredFile) -> list[str]:
    with zipped(files) as made, zipfile.ZipFile(made) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_no_file_takes_the_place_of_another(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x")
    given = [StoredFile(name, file) for name in ("x/a.md", "../x/a.md", "X/A.MD", "b")]
    assert names(*given) == ["x/a.md", "x/a (2).md", "X/A (3).MD", "b"]


@pytest.mark.parametrize(("mtime", "year"), [(0, 1980), (4_400_000_000, 2107)])
def test_a_file_of_any_date_is_packed(tmp_path: Path, mtime: int, year: int) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x")
    os.utime(file, (mtime, mtime))
    with zipped([StoredFile("a.md", file)]) as made, zipfile.ZipFile(made) as archive:
        assert archive.infolist()[0].date_time[0] == year


def test_a_collection_whose_name_leads_out_of_a_folder(
    open_kb: Callable[..., KnowledgeBase],
) -> None:
    kb = open_kb()
    ids = [kb.upload("a.txt", data, to) for data, to in ((b"one", "default"), (b"two", ".."))]
    while kb.work():
        pass
    packed = names(*kb.shelf.files(ids))
    assert len(packed) == 2
    assert not any(".." in name.split("/") for name in packed)
