"""Files of each kind read through one door, and why others are not."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.document import Reading
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.readers import read

ReadBytes = Callable[..., Reading]
HANDBOOK = """---
title: 员工手册
---
# 员工手册

第一段。

## 差旅

### 住宿

每晚不超过五百元。

## 空标题

## Leave

Twenty days a year.
"""


def test_markdown_is_read_in_sections(read_bytes: ReadBytes) -> None:
    reading = read_bytes(HANDBOOK, "a.md")
    assert (reading.title, reading.pages, reading.lang) == ("员工手册", None, "zh")
    sections = [(part.metadata["heading"], part.page_content) for part in reading.sections]
    assert sections == [
        ("", "第一段。"),
        ("差旅 > 住宿", "每晚不超过五百元。"),
        ("", "## 空标题"),
        ("Leave", "Twenty days a year."),
    ]
    for part in reading.sections:
        start = part.metadata["start"]
        assert reading.source(None)[start : start + len(part.page_content)] == part.page_content


def test_the_first_top_heading_is_the_title(read_bytes: ReadBytes) -> None:
    reading = read_bytes(b"## Small\n\na\n\n# Big\n\nb\n", "a.markdown")
    assert reading.title == "Big"
    assert [part.metadata["heading"] for part in reading.sections] == ["Small", ""]


def test_plain_text_has_no_title_and_one_section(read_bytes: ReadBytes) -> None:
    reading = read_bytes("# not a heading\n\n正文。\n".encode("gb18030"), "a.TXT")
    assert reading.title is None
    assert [part.page_content for part in reading.sections] == ["# not a heading\n\n正文。"]


def test_lost_characters_are_told(read_bytes: ReadBytes) -> None:
    data = ("公司的规定。" * 50).encode() + b"\xff"
    assert read_bytes(data, "a.txt").warnings == ["1 character could not be read as utf-8"]


def test_a_picture_in_a_note_is_left_out_and_told(read_bytes: ReadBytes) -> None:
    picture = base64.b64encode(bytes(n * n % 251 for n in range(30_000))).decode()
    note = (
        f"# Visit\n\nThe roof is dry.\n\n![roof](data:image/png;base64,{picture})\n\nBack in May.\n"
    )
    reading = read_bytes(note, "a.md")
    assert [part.page_content for part in reading.sections] == [
        "The roof is dry.\n\n![roof]()\n\nBack in May."
    ]
    assert reading.warnings == ["1 embedded file (base64) left out"]


@pytest.mark.parametrize(
    ("note", "sections"),
    [
        (
            "# Diary\n\n## 3 March Pump quoxel moved\n\n## 4 March Tank full\n\nBy noon.\n",
            [("", "## 3 March Pump quoxel moved"), ("4 March Tank full", "By noon.")],
        ),
        (
            "Order paint 88\n---\nFeed the cat\n---\n",
            [("", "Order paint 88\n---"), ("", "Feed the cat\n---")],
        ),
        ("# Rooms\n\n## North\n", [("", "## North")]),
        ("# Rooms\n", [("", "# Rooms")]),
        ("# Rooms\n\n## North\n\n### Desk\n\nOak.\n", [("North > Desk", "Oak.")]),
        ("# Rooms\n\n## North\n\n### Desk\n", [("North", "### Desk")]),
        ("# Soup\n\n## Taste\n\n★★★☆☆\n", [("Taste", "★★★☆☆")]),
        ("## Taste\n\n* * *\n\n## Look\n\nRed.\n", [("", "## Taste\n\n* * *"), ("Look", "Red.")]),
    ],
)
def test_a_heading_that_leads_to_no_text_is_text(
    read_bytes: ReadBytes, note: str, sections: list[tuple[str, str]]
) -> None:
    reading = read_bytes(note, "a.md")
    found = [(part.metadata["heading"], part.page_content) for part in reading.sections]
    assert found == sections


@pytest.mark.parametrize("name", ["a.txt", "a.md", "README", "a.log"])
@pytest.mark.parametrize(
    "mark", ["%PDF-", "%PDF-1.4", "GIF89a", "GIF87a", "{\\rtf", "{\\rtf1", "{\\rtf1\\ansi", "BM"]
)
def test_a_text_may_begin_with_the_mark_of_another_kind(
    read_bytes: ReadBytes, name: str, mark: str
) -> None:
    note = f"{mark} is how such a file begins.\nMore of it stands below.\n"
    assert read_bytes(note, name).source(None).strip() == note.strip()


def test_other_kinds_are_known_under_the_name_of_a_text(read_bytes: ReadBytes) -> None:
    rtf = r"{\rtf1\ansi The words of it.\par}"
    assert read_bytes(rtf, "a.txt").source(None).strip() == "The words of it."
    with pytest.raises(ReadError, match="opened as a PDF") as caught:
        read_bytes("%PDF-1.7\n1 0 obj\n<< cut sh", "a.txt")
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b"", "a.pdf", "empty"),
        (b" \n", "a.md", "empty"),
        (b"***\n\n---\n", "a.md", "empty"),
        (b"---\ntitle: x\n---\n", "a.md", "empty"),
        (bytes(range(256)) * 8, "a.txt", "not-text"),
        (b"anything", "a.exe", "unsupported"),
        (b"no pdf at all", "a.pdf", "damaged"),
        (b"%PDF-1.7\n1 0 obj\n<< cut sh", "a.pdf", "damaged"),
        (b"x" * 101, "a.txt", "too-large"),
        (b"x" * 101, "a.pdf", "too-large"),
    ],
)
def test_what_cannot_be_read_has_a_reason(
    read_bytes: ReadBytes, data: bytes, name: str, reason: str
) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name, max_bytes=8 * 256 if reason == "not-text" else 100)
    assert caught.value.reason == reason
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.txt", "a.pdf"])
def test_a_file_that_is_gone(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(tmp_path / "gone", name, Limits())
    assert caught.value.reason == "vanished"
