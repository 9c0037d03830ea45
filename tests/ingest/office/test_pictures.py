"""Pictures in Office files say their text where they stand."""

import io
import zipfile
from collections.abc import Callable

import pytest

from ingest.document import Reading
from ingest.errors import ReadError

ReadBytes = Callable[..., Reading]
Archive = Callable[..., bytes]
Screenshot = Callable[..., bytes]

DRAWN = '<w:p><w:r><w:drawing><a:blip r:embed="{}"/></w:drawing></w:r></w:p>'
WORDS = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def with_member(archive: bytes, name: str, data: bytes) -> bytes:
    held = io.BytesIO(archive)
    with zipfile.ZipFile(held, "a") as opened:
        opened.writestr(name, data)
    return held.getvalue()


@pytest.fixture
def letter(docx: Archive) -> Callable[..., bytes]:
    """A Word document with a picture between two paragraphs."""

    def make(picture: bytes, *around: str) -> bytes:
        body = DRAWN.format("i").join(WORDS.format(said) for said in around) or DRAWN.format("i")
        return with_member(docx(body, {"i": ("image", "media/i.png")}), "word/media/i.png", picture)

    return make


def test_a_picture_says_its_text_where_it_stands(
    read_bytes: ReadBytes, letter: Callable[..., bytes], screenshot: Screenshot
) -> None:
    reading = read_bytes(letter(screenshot("The gate opens at nine"), "Above", "Below"), "a.docx")
    (part,) = reading.parts
    assert part.text == "Above\n\nThe gate opens at nine\n\nBelow"
    sure = [block.confidence for block in part.blocks]
    assert (sure[0], sure[2], part.confidence) == (None, None, None)
    assert 0.9 < (sure[1] or 0) <= 1
    assert reading.warnings == []


def test_a_large_line_in_a_picture_begins_no_section(
    read_bytes: ReadBytes, letter: Callable[..., bytes], screenshot: Screenshot
) -> None:
    picture = screenshot("CHAPTER", size=60)
    reading = read_bytes(letter(picture, "Above", "Below"), "a.docx")
    assert [block.kind for block in reading.parts[0].blocks] == ["paragraph"] * 3


def test_a_document_of_a_picture_is_read_by_recognition(
    read_bytes: ReadBytes, letter: Callable[..., bytes], screenshot: Screenshot
) -> None:
    data = letter(screenshot("Rooms are cleaned on Friday"))
    assert read_bytes(data, "a.docx").texts == ["Rooms are cleaned on Friday"]
    with pytest.raises(ReadError, match="KB_OCR") as caught:
        read_bytes(data, "a.docx", ocr=False)
    assert caught.value.reason == "needs-ocr"


def test_a_picture_is_read_once_however_often_it_stands(
    read_bytes: ReadBytes, docx: Archive, screenshot: Screenshot
) -> None:
    data = docx(
        WORDS.format("Twice") + DRAWN.format("i") + DRAWN.format("k"),
        {"i": ("image", "media/i.png"), "k": ("image", "media/k.png")},
    )
    for name in ("i", "k"):
        data = with_member(data, f"word/media/{name}.png", screenshot("Keys are at the desk"))
    assert read_bytes(data, "a.docx").texts == ["Twice\n\nKeys are at the desk"]


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        (b"\x89PNG\r\n\x1a\nbroken", "1 picture could not be opened"),
        (b"\x01\0\0\0" + bytes(36) + b" EMF", "1 drawing (EMF, WMF, SVG) not read"),
    ],
)
def test_a_picture_that_cannot_be_read_is_told(
    read_bytes: ReadBytes, letter: Callable[..., bytes], picture: bytes, told: str
) -> None:
    reading = read_bytes(letter(picture, "Above", "Below"), "a.docx")
    assert reading.texts == ["Above\n\nBelow"]
    assert reading.warnings == [told]


def test_pictures_of_slides_and_texts_of_opendocument(
    read_bytes: ReadBytes, pptx: Archive, odf: Archive, screenshot: Screenshot
) -> None:
    picture = screenshot("The lift is for staff only")
    frame = '<text:p><draw:frame><draw:image xlink:href="Pictures/i.png"/></draw:frame></text:p>'
    data = with_member(odf("text", frame), "Pictures/i.png", picture)
    assert read_bytes(data, "a.odt").texts == ["The lift is for staff only"]


def test_the_picture_of_a_table_beside_the_table_is_passed_over(
    read_bytes: ReadBytes, odf: Archive
) -> None:
    frame = (
        "<draw:frame><table:table><table:table-row><table:table-cell><text:p>Room</text:p>"
        "</table:table-cell><table:table-cell><text:p>EUR</text:p></table:table-cell>"
        '</table:table-row></table:table><draw:image xlink:href="Pictures/i.svm"/></draw:frame>'
    )
    data = with_member(odf("text", f"<text:p>{frame}</text:p>"), "Pictures/i.svm", b"VCLMTF x")
    reading = read_bytes(data, "a.odt")
    assert "| Room | EUR |" in reading.texts[0]
    assert reading.warnings == []
