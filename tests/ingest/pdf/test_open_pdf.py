"""Files with passwords, files that are broken, and what a file says of itself."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Given
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.pdf import read

Drawn = Callable[..., bytes]


def page(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Visitors park on deck four.")


def changed(data: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-40", "AES-128", "AES-256"])
@pytest.mark.parametrize("password", ["reader's", "owner's"])
def test_the_password_of_a_reader_or_the_owner_opens_it(
    drawn: Drawn, algorithm: str, password: str
) -> None:
    data = changed(
        drawn(page), lambda writer: writer.encrypt("reader's", "owner's", algorithm=algorithm)
    )
    reading = read(Given(data, "a.pdf", Limits(), password=password))
    assert reading.texts == ["Visitors park on deck four."]


@pytest.mark.parametrize("password", [None, "", "wrong", "密码"])
def test_without_the_right_password_it_stays_locked(drawn: Drawn, password: str | None) -> None:
    data = changed(drawn(page), lambda writer: writer.encrypt("right"))
    with pytest.raises(ReadError) as caught:
        read(Given(data, "a.pdf", Limits(), password=password))
    assert caught.value.reason == "encrypted"
    assert "right" not in str(caught.value).replace("the right one", "")


def test_a_password_for_a_file_without_one_is_not_needed(drawn: Drawn) -> None:
    reading = read(Given(drawn(page), "a.pdf", Limits(), password="any"))  # noqa: S106
    assert reading.texts == ["Visitors park on deck four."]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: data.index(b"xref\n")],
        lambda data: data + b"\x00" * 3000,
        lambda data: b"HTTP/1.1 200 OK\r\nServer: files\r\n\r\n" + data,
        lambda data: data.replace(b"startxref\n", b"startxref\n9"),
    ],
)
def test_files_whose_objects_are_whole_are_read(
    drawn: Drawn, damage: Callable[[bytes], bytes]
) -> None:
    data = damage(drawn(page))
    assert read(Given(data, "a.pdf", Limits())).texts == ["Visitors park on deck four."]


def test_author_and_days_are_told(drawn: Drawn) -> None:
    def tell(writer: PdfWriter) -> None:
        writer.add_metadata(
            {
                "/Author": "Ines  Marek",
                "/CreationDate": "D:20260318120000",
                "/ModDate": "D:20261130",
            }
        )

    said = read(Given(changed(drawn(page), tell), "a.pdf", Limits())).properties
    assert (said.author, said.made, said.changed) == ("Ines Marek", "2026-03-18", "2026-11-30")


def test_days_that_are_none_are_left_out(drawn: Drawn) -> None:
    def tell(writer: PdfWriter) -> None:
        writer.add_metadata({"/CreationDate": "yesterday", "/ModDate": "D:20261399000000Z"})

    said = read(Given(changed(drawn(page), tell), "a.pdf", Limits())).properties
    assert (said.made, said.changed) == ("", "")
