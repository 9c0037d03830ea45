"""Mails as Outlook saves them, made here after MS-CFB and MS-OXMSG."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import olefile
import pytest

from ingest.document import Reading
from ingest.errors import ReadError

ReadBytes = Callable[..., Reading]
Storage: TypeAlias = "Mapping[str, bytes | Storage]"

SECTOR = 512
OLD = Path(__file__).parents[1] / "office"  # files from before 2007
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SENT = datetime(2026, 11, 30, 1, 12, tzinfo=UTC)


def compound(root: Storage) -> bytes:
    """A compound file of storages and streams; all are so long that they have their own sectors."""
    entries: list[list[object]] = []  # name, kind, child, right, start, size
    sectors: list[bytes] = []
    chains: list[int] = []

    def add(data: bytes) -> int:
        first = len(sectors)
        count = max(1, -(-len(data) // SECTOR))
        for n in range(count):
            sectors.append(data[n * SECTOR : (n + 1) * SECTOR].ljust(SECTOR, b"\0"))
            chains.append(first + n + 1 if n + 1 < count else END)
        return first

    def enter(name: str, kind: int, content: bytes | Storage) -> int:
        at = len(entries)
        entries.append([name, kind, FREE, FREE, 0, 0])
        if isinstance(content, bytes):
            is_text = name.endswith("0102")
            content = content.ljust(4096, b"\n" if is_text else b"\0")
            entries[at][4:] = [add(content), len(content)]
            return at
        last = FREE
        for inner in sorted(content, key=lambda one: (len(one), one.upper()), reverse=True):
            kind_of = 2 if isinstance(content[inner], bytes) else 1
            here = enter(inner, kind_of, content[inner])
            entries[here][3] = last
            last = here
        entries[at][2] = last
        return at

    enter("Root Entry", 5, root)
    directory = b""
    for name, kind, child, right, start, size in entries:
        written = f"{name}\0".encode("utf-16-le")
        directory += struct.pack(
            "<64sHBBIII16sIQQIQ",
            written, len(written), kind, 1, FREE, right, child, b"", 0, 0, 0,
            END if kind == 5 else start, size if kind == 2 else 0,
        )  # fmt: skip
    directory_at = add(directory)
    table_at, count = len(sectors), 1
    while count * (SECTOR // 4) < len(sectors) + count:
        count += 1
    chains += [FAT] * count
    chains += [FREE] * (count * (SECTOR // 4) - len(chains))
    sectors += [struct.pack("<128I", *chains[n * 128 : (n + 1) * 128]) for n in range(count)]
    tables = [table_at + n for n in range(count)] + [FREE] * (109 - count)
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, count,
        directory_at, 0, 0x1000, END, 0, END, 0, *tables,
    )  # fmt: skip
    return head + b"".join(sectors)


def properties(head: int, values: Mapping[int, tuple[int, int]]) -> bytes:
    listed = (struct.pack("<HHIQ", kind, id_, 6, value) for id_, (kind, value) in values.items())
    return b"\0" * head + b"".join(listed)


def words(values: Mapping[int, str]) -> dict[str, bytes]:
    return {f"__substg1.0_{id_:04X}001F": text.encode("utf-16-le") for id_, text in values.items()}


def ticks(time: datetime) -> int:
    return int((time - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def message(subject: str, body: str, *, head: int = 32, **more: bytes | Storage) -> Storage:
    sender = {0x0037: subject, 0x1000: body, 0x0C1A: "Ute Brandl", 0x5D01: "ute@example.org"}
    return {
        "__properties_version1.0": properties(head, {0x0039: (0x40, ticks(SENT))}),
        **words(sender),
        "__recip_version1.0_#00000000": {
            "__properties_version1.0": properties(8, {0x0C15: (3, 1)}),
            **words({0x3001: "Theo Wenz", 0x39FE: "theo@example.org"}),
        },
        "__recip_version1.0_#00000001": {
            "__properties_version1.0": properties(8, {0x0C15: (3, 2)}),
            **words({0x3001: "王芳", 0x39FE: "wf@example.cn"}),
        },
        **more,
    }


def attached(name: str, data: bytes | Storage) -> Storage:
    stream = "__substg1.0_37010102" if isinstance(data, bytes) else "__substg1.0_3701000D"
    return {"__properties_version1.0": b"\0" * 8, **words({0x3707: name}), stream: data}


def test_a_mail_with_what_is_attached(read_bytes: ReadBytes) -> None:
    inner = message("Inner", "It is inside.", head=24)
    parts = {
        "__attach_version1.0_#00000000": attached("价目表.csv", "房间,价格\n梧桐厅,600\n".encode()),
        "__attach_version1.0_#00000001": attached("Inner.msg", inner),
        "__attach_version1.0_#00000002": attached("a.exe", b"\1\2" * 2048),
    }
    reading = read_bytes(compound(message("Rooms", "Please book.\r\n\r\nUte", **parts)), "a.msg")
    assert (reading.title, reading.properties.made) == ("Rooms", "2026-11-30")
    text = reading.source(None)
    assert text.startswith(
        "# Rooms\n\nFrom: Ute Brandl <ute@example.org>\nTo: Theo Wenz <theo@example.org>\n"
        "Cc: 王芳 <wf@example.cn>\nDate: 2026-11-30 01:12+00:00\n\nPlease book.\n\nUte\n\n"
    )
    found = [(s.metadata["heading"], s.page_content) for s in reading.sections]
    assert ("价目表.csv", "| 房间 | 价格 |\n|---|---|\n| 梧桐厅 | 600 |") in found
    assert any(h == "Inner" and t.endswith("It is inside.") for h, t in found)
    assert [w.partition(" left out")[0] for w in reading.warnings] == ["a.exe"]


def test_the_text_as_html_comes_first(read_bytes: ReadBytes) -> None:
    html = b'<meta charset="utf-8"><table><tr><th>Room<th>EUR<tr><td>Lime<td>20</table>'
    data = compound(message("Rooms", "plain", **{"__substg1.0_10130102": html}))
    text = read_bytes(data, "a.msg").source(None)
    assert text.endswith("| Room | EUR |\n|---|---|\n| Lime | 20 |")
    assert "plain" not in text


def test_a_page_of_one_picture_leaves_the_plain_text(read_bytes: ReadBytes) -> None:
    html = b'<html><body><img src="cid:sale.png"></body></html>'
    data = compound(message("Sale", "Lime costs 20 EUR.", **{"__substg1.0_10130102": html}))
    assert read_bytes(data, "a.msg").source(None).endswith("Lime costs 20 EUR.")


def test_a_signed_mail_is_read_from_the_file_that_was_sent(read_bytes: ReadBytes) -> None:
    sent = b'Content-Type: multipart/signed; boundary="b"\n\n--b\n\nThe gate code is 4471.\n--b--'
    parts = {
        **words({0x001A: "IPM.Note.SMIME.MultipartSigned"}),
        "__attach_version1.0_#00000000": attached("smime.p7m", sent),
    }
    reading = read_bytes(compound(message("Code", "", **parts)), "a.msg")
    assert reading.source(None).endswith("The gate code is 4471.")
    assert reading.warnings == []


def test_mails_in_mails_are_bounded(read_bytes: ReadBytes) -> None:
    inner = message("Level 0", "Text 0.", head=24)
    for level in range(1, 4):
        parts = {"__attach_version1.0_#00000000": attached("x.msg", inner)}
        inner = message(f"Level {level}", f"Text {level}.", head=24 if level < 3 else 32, **parts)
    reading = read_bytes(compound(inner), "a.msg", max_depth=2)
    text = reading.source(None)
    assert [f"Text {n}." in text for n in range(4)] == [False, True, True, True]
    assert reading.warnings == ["x.msg left out: it lies too deep"]


@pytest.mark.parametrize("cut", [600, 2000, 4000])
def test_a_mail_that_is_cut_short_is_damaged_or_empty(read_bytes: ReadBytes, cut: int) -> None:
    data = compound(message("Rooms", "Please book."))
    with pytest.raises(ReadError) as caught:
        read_bytes(data[:cut] + "__properties_version1.0".encode("utf-16-le"), "a.msg")
    assert caught.value.reason in ("damaged", "empty")


def streams_of(name: str) -> dict[str, bytes]:
    with olefile.OleFileIO(OLD / name) as file:
        return {path[0]: file.openstream(path).read() for path in file.listdir() if len(path) == 1}


@pytest.mark.parametrize(("name", "word"), [("travel.doc", "北京"), ("price-list.xls", "|")])
def test_an_old_file_attached_leaves_a_mail_a_mail(
    read_bytes: ReadBytes, name: str, word: str
) -> None:
    parts = {"__attach_version1.0_#00000000": attached(name, (OLD / name).read_bytes())}
    reading = read_bytes(compound(message("Workbook", "See WordDocument.", **parts)), "a.msg")
    assert (reading.title, reading.warnings) == ("Workbook", [])
    assert "See WordDocument." in reading.source(None)
    assert word in reading.source(None)


def test_a_locked_attachment_is_left_out_of_its_mail(read_bytes: ReadBytes) -> None:
    locked = compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})
    parts = {"__attach_version1.0_#00000000": attached("offer.xlsx", locked)}
    reading = read_bytes(compound(message("Offer", "It is attached.", **parts)), "a.msg")
    assert "It is attached." in reading.source(None)
    assert [w.partition(" with a ")[0] for w in reading.warnings] == [
        "offer.xlsx left out: it is locked"
    ]
    with pytest.raises(ReadError) as caught:
        read_bytes(locked, "offer.xlsx")
    assert caught.value.reason == "encrypted"


def test_a_letter_within_a_workbook_leaves_it_a_workbook(read_bytes: ReadBytes) -> None:
    book = streams_of("price-list.xls")
    whole = read_bytes((OLD / "price-list.xls").read_bytes(), "a.xls")
    data = compound({**book, "MBD0001": streams_of("travel.doc")})
    assert read_bytes(data, "a.xls").texts == whole.texts


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.msg", "a.docx"])
def test_a_compound_file_that_is_cut_short_is_damaged(read_bytes: ReadBytes, name: str) -> None:
    data = compound(message("Rooms", "Please book."))
    for end in (20, 1000, len(data) // 2, len(data) - 600):
        with pytest.raises(ReadError) as caught:
            read_bytes(data[:end], name)
        assert caught.value.reason == "damaged"
