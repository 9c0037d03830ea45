"""Archives and books: what is in them, in order, and what is left out."""

import io
import zipfile
from collections.abc import Callable

import pytest
from pypdf import PdfWriter

from ingest.document import Reading
from ingest.errors import ReadError

ReadBytes = Callable[..., Reading]
MakeZip = Callable[..., bytes]


def test_the_files_of_an_archive_stand_below_their_paths(
    read_bytes: ReadBytes, make_zip: MakeZip, make_pdf: Callable[..., bytes]
) -> None:
    data = make_zip(
        {
            "手册/a.md": "# Leave\n\nTwenty days.\n",
            "b.csv": "Room,EUR\nLime,20\n",
            "c.pdf": make_pdf(["First page."], ["Second page."]),
            "d.exe": "x",
            "__MACOSX/._a.md": "x",
            "e.pdf": "no pdf",
        }
    )
    reading = read_bytes(data, "a.zip")
    found = [(s.metadata["heading"], s.page_content) for s in reading.sections]
    assert found == [
        ("手册/a.md > Leave", "Twenty days."),
        ("b.csv", "| Room | EUR |\n|---|---|\n| Lime | 20 |"),
        ("c.pdf > Page 1", "First page."),
        ("c.pdf > Page 2", "Second page."),
    ]
    assert (reading.unit, reading.pages, len(reading.parts)) == (None, None, 1)
    assert [warning.partition(" left out")[0] for warning in reading.warnings] == ["e.pdf", "d.exe"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/etc/passwd.txt", "etc/passwd.txt"),
        ("a/../../b.txt", "a/b.txt"),
        ("C:\\docs\\a.txt", "docs/a.txt"),
        ("evil\u202etxt.md", "eviltxt.md"),
        ("a\tb.txt", "a b.txt"),
    ],
)
def test_names_are_shown_without_what_leads_out(
    read_bytes: ReadBytes, make_zip: MakeZip, name: str, shown: str
) -> None:
    reading = read_bytes(make_zip({name: "Words."}), "a.zip")
    assert reading.sections[0].metadata["heading"] == shown


def test_names_in_an_encoding_of_their_own(read_bytes: ReadBytes, make_zip: MakeZip) -> None:
    data = make_zip({"xxxx.txt": "Words."}).replace(b"xxxx", "手册".encode("gbk"))
    assert read_bytes(data, "a.zip").sections[0].metadata["heading"] == "手册.txt"


def test_a_locked_archive_has_its_reason(read_bytes: ReadBytes, make_zip: MakeZip) -> None:
    data = bytearray(make_zip({"a.txt": "Words."}))
    data[6] |= 1  # the flag of the member, and that of the list
    data[data.index(b"PK\1\2") + 8] |= 1
    with pytest.raises(ReadError) as caught:
        read_bytes(bytes(data), "a.zip")
    assert caught.value.reason == "encrypted"


@pytest.mark.parametrize(
    ("files", "reason"),
    [({}, "unsupported"), ({"a.exe": "x"}, "unsupported"), ({"a.md": " "}, "empty")],
)
def test_an_archive_with_nothing_to_read(
    read_bytes: ReadBytes, make_zip: MakeZip, files: dict[str, str], reason: str
) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(make_zip(files), "a.zip")
    assert caught.value.reason == reason


def test_a_broken_member_is_left_out(read_bytes: ReadBytes, make_zip: MakeZip) -> None:
    data = bytearray(make_zip({"a.txt": "Broken words. " * 50, "b.txt": "Sound."}))
    data[45] ^= 0xFF
    reading = read_bytes(bytes(data), "a.zip")
    assert [s.page_content for s in reading.sections] == ["Sound."]
    assert reading.warnings == ["a.txt left out: it is broken; pack it anew"]
    with pytest.raises(ReadError) as caught:
        read_bytes(bytes(data[:60]), "a.zip")
    assert caught.value.reason == "damaged"


def test_a_book_is_read_in_the_order_of_its_list(
    read_bytes: ReadBytes, make_book: Callable[..., bytes]
) -> None:
    toc = (
        '<ncx><navMap><navPoint><navLabel><text>Preface</text></navLabel><content src="a.xhtml"/>'
        "</navPoint></navMap></ncx>"
    )
    book = make_book(
        {
            "z.xhtml": "<html><body><h1>One</h1><p>First.</p></body></html>",
            "a.xhtml": "<html><body><p>Second.</p></body></html>",
            "empty.xhtml": "",
        },
        {"OEBPS/toc.ncx": toc, "OEBPS/unlisted.xhtml": "<p>Not in the list.</p>"},
    )
    reading = read_bytes(book, "a.epub")
    assert reading.title == "The Book"
    properties = reading.properties
    assert (properties.author, properties.made, properties.changed) == (
        "Ute Brandl", "2026-01-02", "2026-03-04",
    )  # fmt: skip
    found = [(s.metadata["heading"], s.page_content) for s in reading.sections]
    assert found == [("One", "First."), ("Preface", "Second.")]


def test_pages_of_a_book_that_are_not_there_are_told(
    read_bytes: ReadBytes, make_zip: MakeZip
) -> None:
    items = (
        '<item id="a" href="One.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="gone.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="c" href="cover.svg" media-type="image/svg+xml"/>'
        '<item id="d" href="plan.dwg" media-type="image/vnd.dwg"/>'
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in "abcd")
    files = {
        "mimetype": "application/epub+zip",
        "a.opf": f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>",
        "one.xhtml": "<p>In other letters.</p>",
        "cover.svg": "<svg><text>On the cover.</text></svg>",
        "plan.dwg": "x",
    }
    reading = read_bytes(make_zip(files), "a.epub")
    assert reading.source(None) == "In other letters.\n\nOn the cover."
    assert reading.warnings == [
        "2 pages of it are missing or of a kind not read: gone.xhtml, plan.dwg"
    ]


def test_a_book_without_its_list_is_damaged(read_bytes: ReadBytes, make_zip: MakeZip) -> None:
    data = io.BytesIO(make_zip({"mimetype": "application/epub+zip", "a.xhtml": "<p>x</p>"}))
    assert zipfile.is_zipfile(data)
    with pytest.raises(ReadError) as caught:
        read_bytes(data.getvalue(), "a.epub")
    assert caught.value.reason == "damaged"


def test_a_locked_file_in_an_archive_is_left_out_and_it_is_said_what_to_do(
    read_bytes: ReadBytes, make_zip: MakeZip
) -> None:
    writer, data = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("sesame", algorithm="AES-256")
    writer.write(data)
    reading = read_bytes(make_zip({"a.md": "Hello.", "offer.pdf": data.getvalue()}), "a.zip")
    assert reading.warnings == [
        "offer.pdf left out: it is locked with a password; "
        "save it as a file of its own, and ingest that"
    ]


def stored(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize("name", ["a.zip", "a.docx", "a.epub"])
def test_of_a_cut_archive_no_other_one_in_it_is_read(read_bytes: ReadBytes, name: str) -> None:
    inner = stored({"note.txt": b"Words within. " * 20})
    data = stored({"a.txt": b"Words.", "b.zip": inner, "c.txt": b"More words. " * 200})
    for end in (data.index(b"More") - 20, data.index(b"More") + 500):
        with pytest.raises(ReadError) as caught:
            read_bytes(data[:end], name)
        assert caught.value.reason == "damaged"


def test_an_archive_behind_a_program_is_read(read_bytes: ReadBytes) -> None:
    data = b"MZ" + bytes(3000) + stored({"a.txt": b"Words."})
    assert "Words." in read_bytes(data, "a.zip").source(None)


def boasting(data: bytes, name: bytes) -> bytes:
    """An archive whose directory tells of 2 GB in a member."""
    at = data.rindex(name) - 46 + 24
    return data[: at + 3] + b"\x7f" + data[at + 4 :]


def test_a_member_whose_size_cannot_be_is_left_out(
    read_bytes: ReadBytes, make_zip: MakeZip
) -> None:
    data = boasting(make_zip({"a.md": "many words " * 90, "b.md": "Good."}), b"a.md")
    reading = read_bytes(data, "a.zip")
    assert reading.texts == ["# b.md\n\nGood."]
    assert [w.partition(" left out")[0] for w in reading.warnings] == ["a.md"]


def test_an_office_file_with_a_size_that_cannot_be_is_damaged(
    read_bytes: ReadBytes, make_zip: MakeZip
) -> None:
    sound = make_zip({"[Content_Types].xml": "", "word/document.xml": "<x>many words</x>"})
    with pytest.raises(ReadError) as caught:
        read_bytes(boasting(sound, b"word/document.xml"), "a.docx")
    assert caught.value.reason == "damaged"
