"""A ZIP archive that is put in as the files in it."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.readers import unpack

Files = Mapping[str | zipfile.ZipInfo, bytes]


def packed(files: Files, kind: int = zipfile.ZIP_STORED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def unpacked(data: bytes, name: str = "a.zip", limits: Limits | None = None) -> dict[str, object]:
    found = unpack(data, name, limits or Limits())
    assert found is not None
    return {one.path: one.problem.reason if one.problem else one.data for one in found}


def test_paths_are_kept_below_the_archives_name() -> None:
    data = packed({"x/readme.txt": b"1", "y/readme.txt": b"2", "top.md": b"3"})
    expected = {"a/x/readme.txt": b"1", "a/y/readme.txt": b"2", "a/top.md": b"3"}
    assert unpacked(data) == expected
    assert set(unpacked(data, "docs/a.zip")) == {f"docs/{path}" for path in expected}


def test_an_archive_of_one_folder_is_that_folder() -> None:
    data = packed({"rules/": b"", "rules/a.txt": b"1", "rules/b/c.txt": b"2"})
    assert set(unpacked(data)) == {"rules/a.txt", "rules/b/c.txt"}
    assert set(unpacked(data, "docs/a.zip")) == {"docs/rules/a.txt", "docs/rules/b/c.txt"}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_in_any_encoding_are_read(encoding: str) -> None:
    """Chinese Windows writes names in GBK and does not say so."""
    data = packed({"aaaa.txt": b"1"})
    name = "年假.txt".encode(encoding)
    data = packed({"a" * (len(name) - 4) + ".txt": b"1"})
    old = b"a" * (len(name) - 4) + b".txt"
    assert unpacked(data.replace(old, name)) == {"a/年假.txt": b"1"}


def test_what_systems_leave_in_archives_is_left_out() -> None:
    files = {"a.txt": b"1", "__MACOSX/._a.txt": b"2", "x/.DS_Store": b"3", "Thumbs.db": b"4"}
    assert unpacked(packed(files)) == {"a/a.txt": b"1"}


def test_a_link_is_not_followed() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert unpacked(packed({link: b"/etc/passwd", "a.txt": b"1"})) == {
        "a/link.txt": "outside", "a/a.txt": b"1",
    }  # fmt: skip


def test_one_file_that_is_too_large_does_not_hold_up_the_others() -> None:
    data = packed({"big.txt": b"x" * 100, "a.txt": b"1"})
    assert unpacked(data, limits=Limits(max_bytes=50)) == {
        "a/big.txt": "too-large",
        "a/a.txt": b"1",
    }


def test_an_archive_that_is_too_large_unpacked_is_refused_before() -> None:
    data = packed({"a.txt": b"\0" * 5000, "b.txt": b"\0" * 5000}, zipfile.ZIP_DEFLATED)
    with pytest.raises(ReadError) as problem:
        unpack(data, "a.zip", Limits(max_unpacked_bytes=9000))
    assert problem.value.reason == "too-large"


@pytest.mark.parametrize(
    ("data", "reason"),
    [(packed({"a.txt": b"1"})[:-30], "damaged"), (packed({}), "empty")],
)
def test_an_archive_of_which_nothing_can_be_had_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as problem:
        unpack(data, "a.zip", Limits())
    assert problem.value.reason == reason


def test_a_locked_archive_and_what_is_none_are_put_in_as_they_are() -> None:
    data = bytearray(packed({"a.txt": b"1"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # encrypted, as its directory says
    assert unpack(bytes(data), "a.zip", Limits()) is None
    assert unpack(b"just text", "a.zip", Limits()) is None
    office = {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}
    assert unpack(packed(office), "letter.zip", Limits()) is None
