"""Pages as pictures and marks on them, asked of the façade over a real library."""

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from app.pictures import NoPicture, PagePicture
from app.service import KnowledgeBase
from ingest.document import Box

office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def drawn_pdf(*pages: list[str], size: tuple[float, float] = (595, 842), rotate: int = 0) -> bytes:
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=size)
    for lines in pages:
        canvas.setFont("Helvetica", 12)
        canvas.setPageRotation(rotate)
        for n, line in enumerate(lines):
            canvas.drawString(60, size[1] - 80 - 18 * n, line)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def locked() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer, data = PdfWriter(PdfReader(io.BytesIO(drawn_pdf(["Nobody reads this."])))), io.BytesIO()
    writer.encrypt("word", algorithm="AES-128")
    writer.write(data)
    return data.getvalue()


LEAVE = [
    "Holidays",
    "Every employee has twenty five days",
    "of leave in each year. A day counts",
    ".",
]
NEXT = ["Rest is carried over until March,", "and is lost after that."]


@pytest.fixture
def put(kb: KnowledgeBase, folder: Callable[..., Path]) -> Callable[..., dict[str, str]]:
    """Put files into the library; return the ids of the documents by path."""

    def make(**files: bytes) -> dict[str, str]:
        named = {name.replace("_", "."): content for name, content in files.items()}
        kb.ingest([folder(named)])
        return {row.path.rpartition("/")[2]: row.document for row in kb.documents()}

    return make


def opened(picture: PagePicture | NoPicture) -> Image.Image:
    assert isinstance(picture, PagePicture), picture
    image = Image.open(io.BytesIO(picture.data))
    assert (image.width, image.height) == (picture.width, picture.height)
    assert Image.MIME[image.format or ""] == picture.mime
    return image.convert("RGB")


def amber(image: Image.Image) -> float:
    """The share of pixels that are marked."""
    pixels = image.resize((200, 200)).tobytes()
    return sum(pixels[n] - pixels[n + 2] > 60 for n in range(0, len(pixels), 3)) / 40_000


def test_a_page_is_drawn_as_wide_as_is_wanted(
    kb: KnowledgeBase, put: Callable[..., dict[str, str]]
) -> None:
    ids = put(a_pdf=drawn_pdf(LEAVE, NEXT))
    picture = kb.pictures.page(ids["a.pdf"], 2, 600)
    image = opened(picture)
    assert isinstance(picture, PagePicture)
    assert (picture.page, picture.pages, image.width) == (2, 2, 600)
    assert image.height == pytest.approx(600 * 842 / 595, abs=1)
    assert kb.pictures.page(ids["a.pdf"], 2, 600) is picture  # it is kept
    assert max(opened(kb.pictures.page(ids["a.pdf"], 1, 90_000)).size) <= 2000


def test_a_quote_is_marked_on_its_words(
    kb: KnowledgeBase, put: Callable[..., dict[str, str]]
) -> None:
    ids = put(a_pdf=drawn_pdf(LEAVE, NEXT))
    chunk = kb.text(ids["a.pdf"])[0]
    (marks,) = kb.pictures.marks_of(ids["a.pdf"], chunk.id, "five days of leave")
    assert marks.page == 1
    first, second = marks.boxes  # it runs over two lines
    assert first.left > 0.25
    assert second.left < 0.11
    assert second.top > first.top
    assert 0.10 < first.top < second.bottom < 0.16
    plain = opened(kb.pictures.page(ids["a.pdf"], 1))
    marked = opened(kb.pictures.page(ids["a.pdf"], 1, marks=marks.boxes))
    assert amber(plain) == 0 < amber(marked) < 0.02


def test_a_quote_over_two_pages_is_marked_on_both(
    kb: KnowledgeBase, put: Callable[..., dict[str, str]]
) -> None:
    ids = put(a_pdf=drawn_pdf([*LEAVE[:3], "that is not worked."], NEXT))
    chunk = kb.text(ids["a.pdf"])[0]
    marks = kb.pictures.marks_of(ids["a.pdf"], chunk.id, "not worked.\n\nRest is carried over")
    assert [(m.page, len(m.boxes)) for m in marks] == [(1, 1), (2, 1)]


def test_a_quote_of_a_version_that_is_gone_is_looked_for_in_the_one_there_is(
    kb: KnowledgeBase, put: Callable[..., dict[str, str]]
) -> None:
    ids = put(a_pdf=drawn_pdf(LEAVE, NEXT))
    (marks,) = kb.pictures.marks_of(ids["a.pdf"], "0" * 32, "is lost after that")
    assert marks.page == 2
    assert kb.pictures.marks_of(ids["a.pdf"], None, "was never written here") == []
    assert kb.pictures.marks_of("0" * 12, None, "leave") == []
    assert kb.pictures.marks_of(ids["a.pdf"], None, " .. ") == []


def test_a_picture_is_shown_and_marked_the_way_up_that_the_camera_noted(
    kb: KnowledgeBase, put: Callable[..., dict[str, str]]
) -> None:
    image, data = Image.new("RGB", (800, 300), "white"), io.BytesIO()
    pen, face = ImageDraw.Draw(image), ImageFont.load_default(28)
    pen.text((40, 60), "The boiler is checked on Monday", "black", face)
    pen.text((40, 160), "and the cellar is swept on Friday", "black", face)
    exif = Image.Exif()
    exif[0x0112] = 6
    image.rotate(90, expand=True).save(data, "JPEG", exif=exif)
    ids = put(a_jpg=data.getvalue())
    assert opened(kb.pictures.page(ids["a.jpg"], 1, 400)).size == (400, 150)
    (marks,) = kb.pictures.marks_of(ids["a.jpg"], None, "checked on Monday")
    (box,) = marks.boxes
    assert box.left == pytest.approx(0.27, abs=0.04)
    assert 0.1 < box.top < box.bottom < 0.45


@office
def test_pages_of_an_office_file_are_those_of_its_pdf(
    kb: KnowledgeBase, put: Callable[..., dict[str, str]]
) -> None:
    first, second = (
        "the first tells of the canteen.",
        "the second tells of parking behind the hall.",
    )
    ids = put(a_rtf=rf"{{\rtf1 Of two pages {first}\par\page On this page {second}\par}}".encode())
    (marks,) = kb.pictures.marks_of(ids["a.rtf"], None, "parking behind the hall")
    assert (marks.page, len(marks.boxes)) == (2, 1)
    picture = kb.pictures.page(ids["a.rtf"], 2, 500, marks.boxes)
    assert amber(opened(picture)) > 0
    made = [path for path in kb.settings.page_files_dir.rglob("*") if path.is_file()]
    assert len(made) == 1
    kb.remove([ids["a.rtf"]])
    assert not made[0].exists()


def test_what_cannot_be_shown_says_why(
    kb: KnowledgeBase, put: Callable[..., dict[str, str]]
) -> None:
    ids = put(a_pdf=drawn_pdf(LEAVE), b_md=b"# Leave\n\nTwenty days.\n", c_pdf=locked())

    def why(document: str, number: int = 1) -> str:
        picture = kb.pictures.page(document, number)
        assert isinstance(picture, NoPicture)
        assert "\n" not in picture.message
        return picture.why

    assert why("0" * 12) == "gone"
    assert why(ids["b.md"]) == "no-pages"
    assert why(ids["c.pdf"]) == "encrypted"
    assert [why(ids["a.pdf"], n) for n in (0, 2, -1, 10**9)] == ["no-page"] * 4
    blobs = [path for path in kb.settings.blobs_dir.rglob("*") if path.is_file()]
    for blob in blobs:
        blob.write_bytes(b"%PDF-1.7 of which nothing is left")
    assert why(ids["a.pdf"]) == "failed"
    for blob in blobs:
        blob.unlink()
    assert why(ids["a.pdf"]) == "lost"
    assert kb.pictures.marks_of(ids["a.pdf"], None, "twenty five days") == []


@pytest.mark.parametrize(
    ("size", "rotate"), [((14_400, 14_400), 0), ((14_400, 20), 90), ((300, 9000), 180)]
)
def test_pages_of_odd_sizes_are_drawn_small(
    kb: KnowledgeBase, put: Callable[..., dict[str, str]], size: tuple[float, float], rotate: int
) -> None:
    ids = put(a_pdf=drawn_pdf(LEAVE))
    blob = next(p for p in kb.settings.blobs_dir.rglob("*") if p.is_file())
    blob.write_bytes(drawn_pdf(LEAVE, size=size, rotate=rotate))
    picture = kb.pictures.page(ids["a.pdf"], 1, 1000)
    assert max(opened(picture).size) <= 2000


@pytest.fixture(autouse=True)
def ended(kb: KnowledgeBase) -> Iterator[None]:
    yield
    kb.pictures.close()
    assert kb.pictures.page("x") == NoPicture("gone", "there is no such document")


def test_marks_out_of_the_page_do_no_harm(
    kb: KnowledgeBase, put: Callable[..., dict[str, str]]
) -> None:
    ids = put(a_pdf=drawn_pdf(LEAVE))
    odd = (Box(-5, -5, 0.1, 0.1), Box(0.9, 0.9, 70, 80), Box(0.5, 0.5, 0.4, 0.4))
    assert amber(opened(kb.pictures.page(ids["a.pdf"], 1, 300, odd))) > 0
