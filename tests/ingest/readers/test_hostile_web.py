"""Files made to hurt, of the kinds that come from mail and the web: refused, or read in bounds.

Each is read in a process of its own, as in use, with little memory and time. Nothing in them is
fetched: what would be a page, picture or entity elsewhere leads to a server that counts.
"""

import io
import json
import os
import socket
import struct
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from ingest.document import Reading
from ingest.errors import ReadError
from ingest.limits import MIB, Limits
from ingest.readers import read
from ingest.sandbox import ReadingPool, Request

ReadBytes = Callable[..., Reading]

LIMITS = Limits(max_seconds=20, max_memory_bytes=900 * MIB, max_unpacked_bytes=4 * MIB)
ELSEWHERE = "http://127.0.0.1:{port}/secret"
Read = Callable[[str | bytes, str], str]


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    made = ReadingPool({"PATH": os.environ["PATH"]})
    yield made
    made.close()


@pytest.fixture
def outcome(pool: ReadingPool, tmp_path: Path, tokenizer: Tokenizer) -> Read:
    """What becomes of a file: the reason why it is not read, or its text."""
    tokenizer.save(str(tmp_path / "tokenizer.json"))

    def make(content: str | bytes, name: str) -> str:
        path = tmp_path / "blob"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        request = Request(str(path), name, str(tmp_path / "tokenizer.json"), 64, LIMITS)
        try:
            parsed = pool.parse(request)
        except ReadError as error:
            return error.reason
        return "\n".join([*(part.text for part in parsed.parts), *parsed.warnings])

    return make


def zipped(*files: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return data.getvalue()


def flat_bomb() -> bytes:
    return zipped(*((f"{n}.txt", b"a" * MIB) for n in range(8)))


def nested_bomb() -> bytes:
    data = zipped(*((f"{n}.txt", b"word " * 20_000) for n in range(16)))
    for _ in range(3):
        data = zipped(*((f"{n}.zip", data) for n in range(16)))
    return data


def overlapping_bomb() -> bytes:
    """Many entries that share the bytes of one member."""
    body = zlib.compress(b"a" * MIB, 9)[2:-4]
    crc = zlib.crc32(b"a" * MIB)
    local = struct.pack(
        "<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(body), MIB, 5, 0
    )  # fmt: skip
    data = local + b"0.txt" + body
    entries = b"".join(
        struct.pack(
            "<4sHHHHHHIIIHHHHHII",
            b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(body), MIB, 5, 0, 0, 0, 0, 0, 0,
        )
        + f"{n}.txt".encode()
        for n in range(10)
    )  # fmt: skip
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 10, 10, len(entries), len(data), 0)
    return data + entries + end


def lying_member() -> bytes:
    """A member that says that it is small."""
    data = zipped(("a.txt", b"a" * (3 * MIB)))
    size = struct.pack("<I", 3 * MIB)
    return data.replace(size, struct.pack("<I", 10))


def book(chapter: bytes, name: str = "a.xhtml") -> bytes:
    package = (
        f'<package><manifest><item id="a" href="{name}" media-type="application/xhtml+xml"/>'
        '</manifest><spine><itemref idref="a"/></spine></package>'
    )
    return zipped(
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b'<container><rootfile full-path="a.opf"/></container>'),
        ("a.opf", package.encode()),
        (name, chapter),
    )


def mail_in_mail(levels: int) -> bytes:
    head = b"".join(
        b"Subject: %d\nContent-Type: message/rfc822\n\n" % level for level in range(levels)
    )
    return head + b"Subject: last\n\nThe last one.\n"


def parts_in_parts(levels: int) -> bytes:
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(levels)
    )
    return b"Subject: a\n" + head + b"\nText.\n"


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><l><x>before</x>&j;<y>after</y></l>"
)
LONG_ENTITY = f'<!DOCTYPE l [<!ENTITY x "{"A" * 100_000}">]><l><x>{"&x;" * 50_000}before</x></l>'


@pytest.mark.parametrize(
    ("name", "make", "expected"),
    [
        ("flat.zip", flat_bomb, "too-large"),
        ("nested.zip", nested_bomb, "too-large"),
        ("overlapping.zip", overlapping_bomb, "too-large"),
        ("lying.zip", lying_member, "damaged"),
        ("many.zip", lambda: zipped(*((f"{n}.txt", b"x") for n in range(21_000))), "too-large"),
        ("bomb.epub", lambda: book(b"<p>" + b"a" * (5 * MIB)), "too-large"),
        ("laughs.xml", lambda: LAUGHS, "before"),
        ("long.xml", lambda: LONG_ENTITY, "before"),
        ("deep.xml", lambda: "<a>" * 100_000 + "x", "too-large"),
        ("names.xml", lambda: "<a>" + "".join(f"<b n{n}='{n}'/>" for n in range(999)), "n9: 9"),
        ("types.xml", lambda: "<!DOCTYPE a [" + "<!--" * 100_000, "damaged"),
        ("laughs.epub", lambda: book(LAUGHS.encode()), "before"),
        ("out.epub", lambda: book(b"<p>inside</p>", "../../etc/passwd.xhtml"), "inside"),
        ("deep.html", lambda: "<div>" * 50_000 + "the text", "the text"),
        ("fonts.html", lambda: "".join(f"<font size={n}>" for n in range(9999)) + "x", "x"),
        ("tables.html", lambda: "<table><tr><td>" * 5_000 + "end", "end"),
        ("lists.html", lambda: "<ul><li>x" * 2_000 + "end", "end"),
        ("spans.html", lambda: "<table><tr><td rowspan=65534 colspan=1000>x" * 500, "x"),
        ("closed.html", lambda: "<b>" * 5000 + "</p>" * 5000 + "end", "end"),
        ("raised.html", lambda: "<p>" + "<sup>x " * 60 + "end", "end"),
        ("unheard.html", lambda: '<div aria-hidden="true">x ' * 60 + "end", "end"),
        ("struck.html", lambda: "<sup><s>x " * 40 + "end", "end"),
        ("unclosed.html", lambda: "<b></p>" * 40_000 + "end", "end"),
        ("styles.html", lambda: f'<p style="{"display:" * 9999}">x', "x"),
        ("entities.html", lambda: "&amp;&#0;&#x110000;&nonsense;" * 2000 + "end", "end"),
        ("deep.json", lambda: "[" * 200_000, "too-large"),
        ("objects.json", lambda: '{"a":' * 900 + "1" + "}" * 900, "too-large"),
        ("lists.json", lambda: json.dumps([[[[["x"] * 9] * 9] * 9] * 9]), "x"),
        ("figures.json", lambda: '{"n": ' + "9" * 20_000 + "}", "n: 999"),
        ("mails.eml", lambda: mail_in_mail(2000), "damaged"),
        ("five.eml", lambda: mail_in_mail(7), "over 4 deep"),
        ("parts.eml", lambda: parts_in_parts(2000), "damaged"),
        ("many.eml", lambda: b"Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n"
         + b"--b\n\nText.\n" * 2100, "parts left out"),
        ("brackets.eml", lambda: b"From: " + b"(" * 100_000 + b"\n\nText.\n", "Text."),
        ("words.eml", lambda: b"Subject: " + b"=?utf-8?q?a?= " * 5000 + b"\n\nText.\n", "Text."),
        ("quotes.csv", lambda: '"a' * 9999, "a"),
        ("columns.csv", lambda: ",".join(["x"] * 20_000), "x"),
        ("ragged.csv", lambda: "x\n" * 2000 + ",".join(["y"] * 5000), "y"),
        ("formula.csv", lambda: "A,B\n=cmd|' /C calc'!A0,@SUM(1)\n", "=cmd"),
        ("tables.md", lambda: "<table>" * 9999 + "text", "text"),
        ("bars.md", lambda: "a|b\n-|-\n" * 3000, "| a|b |"),
        ("alias.md", lambda: "---\na: &a [x,x]\n" + "".join(
            f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'},*a]\n" for n in range(30))
         + "---\ntext", "text"),
    ],
)  # fmt: skip
def test_files_made_to_hurt(
    outcome: Read, name: str, make: Callable[[], str | bytes], expected: str
) -> None:
    said = outcome(make(), name)
    assert expected in said


class Counting:
    """A server that counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.came = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                guest, _ = self._socket.accept()
            except OSError:
                return
            self.came += 1
            guest.close()

    def close(self) -> None:
        self._socket.close()


def reaching(url: str) -> dict[str, bytes]:
    """Files that would fetch something if they were shown."""
    page = (
        f'<html><head><base href="{url}/"><link rel=stylesheet href="{url}">'
        f'<meta http-equiv=refresh content="0;url={url}"><script src="{url}"></script>'
        f'<style>@import url({url});</style></head><body background="{url}"><p>Shown words.'
        f'<img src="{url}" srcset="{url} 2x" alt="A picture"><iframe src="{url}"></iframe>'
        f'<object data="{url}"></object><video src="{url}"></video></body></html>'
    )
    xml = (
        f'<?xml version="1.0"?><?xml-stylesheet href="{url}"?>'
        f'<!DOCTYPE a SYSTEM "{url}" [<!ENTITY % p SYSTEM "{url}"> %p; <!ENTITY x SYSTEM "{url}">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        f'<a xmlns:xi="http://www.w3.org/2001/XInclude"><b>Shown words. &x; &f;</b>'
        f'<xi:include href="{url}" parse="text"/><xi:include href="/etc/passwd" parse="text"/></a>'
    )
    mail = (
        f"Subject: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
        f"Content-Type: text/html\n\n{page}\n--b\nContent-Type: message/external-body; "
        f'access-type=URL; URL="{url}"\n\nContent-Type: text/plain\n\n--b--\n'
    )
    return {
        "a.html": page.encode(),
        "a.xml": xml.encode(),
        "a.eml": mail.encode(),
        "a.mhtml": mail.encode(),
        "a.epub": book(page.encode()),
        "a.zip": zipped(("a.html", page.encode()), ("b.xml", xml.encode())),
        "a.md": f"![x]({url})\n\n<table><tr><td>Shown words.<td><img src={url}></table>".encode(),
    }


def test_the_next_file_is_read(outcome: Read) -> None:
    assert outcome("[" * 200_000, "a.json") == "too-large"
    assert outcome("Sound words.", "next.txt") == "Sound words."


def test_nothing_is_fetched(outcome: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Counting()
    files = reaching(ELSEWHERE.format(port=server.port))
    for name, data in files.items():
        said = outcome(data, name)
        assert "Shown words." in said, name
        assert "root:" not in said, name
    assert server.came == 0
    server.close()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr("socket.socket", refuse)
    for name, data in files.items():
        path = tmp_path / name
        path.write_bytes(data)
        reading: Reading = read(path, name, LIMITS)
        assert "Shown words." in reading.source(None), name


def test_counts_in_a_packed_mail_are_not_believed(read_bytes: ReadBytes) -> None:
    """winmail.dat may say that a property has four thousand million values."""
    held = struct.pack("<IHHI", 0xFFFFFFFF, 0x1003, 0x1000, 0xFFFFFFFF) + bytes(64)
    held += struct.pack("<HHII", 0x0102, 0x1013, 1, 0xFFFFFFF0)
    data = struct.pack("<IHBII", 0x223E9F78, 1, 1, 0x00069003, len(held)) + held + b"\0\0"
    head = b"Subject: A\nContent-Type: application/ms-tnef; name=winmail.dat\n\n"
    assert read_bytes(head + data, "a.eml").title == "A"


def test_many_broken_lines_are_joined(read_bytes: ReadBytes) -> None:
    head = b"Subject: A\nContent-Type: text/plain; format=flowed\n\n"
    assert read_bytes(head + b"word \n" * 200_000, "a.eml").title == "A"


def test_a_sheet_of_xml_may_claim_any_place(read_bytes: ReadBytes) -> None:
    cells = '<Cell ss:Index="99999999" ss:MergeAcross="99999999"><Data>far</Data></Cell>'
    data = (
        '<?xml version="1.0"?><Workbook xmlns:ss="s"><Worksheet ss:Name="A"><Table>'
        f'<Row><Cell><Data>near</Data></Cell></Row><Row ss:Index="99999999">{cells}</Row>'
        "</Table></Worksheet></Workbook>"
    )
    text = read_bytes(data, "a.xls").source(None)
    assert "near" in text
    assert "far" in text
