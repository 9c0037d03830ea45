"""Pictures in pages of HTML, books and mails say their text where they stand."""

import base64
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from ingest.document import Reading
from ingest.errors import ReadError

ReadBytes = Callable[..., Reading]
Screenshot = Callable[..., bytes]

SAID = "The gate opens at nine"


@pytest.fixture
def picture(screenshot: Screenshot) -> bytes:
    return screenshot(SAID)


def written(picture: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def recognised(reading: Reading) -> list[str]:
    return [
        part.text[block.start : block.end]
        for part in reading.parts
        for block in part.blocks
        if block.confidence is not None
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Above <img src='{}'> after</p><p>Below</p>", "Above after\n\n{}\n\nBelow"),
        ("<ul><li>One<img src='{}'></li><li>Two</li></ul>", "- One\n\n{}\n\n- Two"),
        (
            "<table><tr><td>a<img src='{}'><td>b<tr><td>1<td>2</table>",
            "| a | b |\n|---|---|\n| 1 | 2 |\n\n{}",
        ),
    ],
)
def test_a_picture_written_into_a_page(
    read_bytes: ReadBytes, picture: bytes, body: str, text: str
) -> None:
    reading = read_bytes(f"<html><body>{body.format(written(picture))}</body></html>", "a.html")
    assert reading.texts == [text.format(SAID)]
    assert recognised(reading) == [SAID]


def test_a_page_of_pictures_needs_recognition(read_bytes: ReadBytes, picture: bytes) -> None:
    page = f"<html><body><img src='{written(picture)}'></body></html>"
    assert read_bytes(page, "a.html").texts == [SAID]
    with pytest.raises(ReadError) as caught:
        read_bytes(page, "a.html", ocr=False)
    assert caught.value.reason == "needs-ocr"


def test_a_picture_in_a_book_is_read_once(
    read_bytes: ReadBytes, make_book: Callable[..., bytes], picture: bytes
) -> None:
    page = "<html><body><p>Chapter</p><img src='../i.png'/></body></html>"
    book = make_book({"c/a.xhtml": page, "c/b.xhtml": page}, {"OEBPS/i.png": picture})
    assert read_bytes(book, "a.epub").texts == [f"Chapter\n\n{SAID}\n\nChapter"]


def test_a_picture_of_a_mail_stands_where_its_text_names_it(
    read_bytes: ReadBytes, picture: bytes
) -> None:
    message = EmailMessage()
    message["From"] = "ute@example.org"
    message["Subject"] = "Rooms"
    message.set_content("<p>Above</p><img src='cid:one@x'><p>Below</p>", subtype="html")
    large = picture + bytes(10_000)  # what follows is not looked at
    message.add_related(large, "image", "png", cid="<one@x>", filename="i.png")
    reading = read_bytes(bytes(message), "a.eml")
    assert reading.texts[0].endswith(f"Above\n\n{SAID}\n\nBelow")
    assert recognised(reading) == [SAID]


def test_a_picture_of_a_saved_page(read_bytes: ReadBytes, picture: bytes) -> None:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Subject"] = "Rooms"
    message.set_content("<p>Above</p><img src='https://example.org/i.png'>", subtype="html")
    message.add_related(picture, "image", "png")
    for part in message.walk():
        if part.get_content_type() == "image/png":
            part["Content-Location"] = "https://example.org/i.png"
    assert read_bytes(bytes(message), "a.mhtml").texts == [f"Above\n\n{SAID}"]
