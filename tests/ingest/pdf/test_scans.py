"""Each page decides whether it is text or a picture of text."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Box, Given, Reading
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.pdf import read

ReadDrawn = Callable[..., Reading]


def scan(canvas: Canvas) -> None:
    picture = ImageReader(Image.new("L", (60, 84), 200))
    canvas.drawImage(picture, 0, 0, 595, 842)


def text(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "The words of this page are text.")


def hidden(canvas: Canvas) -> None:
    scan(canvas)
    said = canvas.beginText(60, 700)
    said.setFont("Helvetica", 10)
    said.setTextRenderMode(3)
    said.textOut("What a scanner's program recognised on this page, and left unseen below it.")
    canvas.drawText(said)


def test_a_picture_needs_recognition(read_drawn: ReadDrawn) -> None:
    with pytest.raises(ReadError) as caught:
        read_drawn(scan)
    assert caught.value.reason == "needs-ocr"


def test_each_page_decides_by_itself(read_drawn: ReadDrawn) -> None:
    reading = read_drawn(scan, text, lambda canvas: None, scan)
    assert reading.texts == ["", "The words of this page are text.", "", ""]
    assert reading.warnings == [
        "no text on page 3",
        "text recognition is needed on pages 1, 4",
    ]


def test_a_stamp_on_a_scan_is_kept_and_the_scan_told(read_drawn: ReadDrawn) -> None:
    def stamped(canvas: Canvas) -> None:
        scan(canvas)
        canvas.drawString(60, 30, "Scanned 2 May")

    reading = read_drawn(stamped)
    assert reading.texts == ["Scanned 2 May"]
    assert reading.warnings == ["text recognition is needed on page 1"]


def test_text_that_was_recognised_before_is_read(read_drawn: ReadDrawn) -> None:
    reading = read_drawn(hidden)
    assert reading.texts[0].startswith("What a scanner's program recognised")
    assert reading.warnings == []


@dataclass(frozen=True)
class Found:
    text: str
    box: Box
    confidence: float


@dataclass(frozen=True)
class WithOcr(Given):
    """A file that is given with something that recognises text."""

    ocr: Callable[[Image.Image, int], list[Found]] | None = None


def test_a_scan_is_recognised_if_there_is_something_that_does(
    drawn: Callable[..., bytes],
) -> None:
    seen: list[tuple[tuple[int, int], int]] = []

    def recognise(picture: Image.Image, dpi: int) -> list[Found]:
        seen.append((picture.size, dpi))
        return [
            Found("Leave is twenty", Box(60, 100, 160, 112), 0.9),
            Found("days a year for everybody.", Box(60, 114, 160, 126), 0.7),
        ]

    limits = Limits(max_pixels=500_000)
    given = WithOcr(drawn(text, scan), "a.pdf", limits, ocr=recognise)
    reading = read(given)
    assert [part.text for part in reading.parts] == [
        "The words of this page are text.",
        "Leave is twenty days a year for everybody.",
    ]
    assert reading.parts[0].confidence is None
    assert reading.parts[1].confidence == pytest.approx(0.77, abs=0.02)
    ((width, height), dpi) = seen[0]
    assert width * height <= 510_000
    assert width == pytest.approx(595 * dpi / 72, abs=2)
    assert reading.warnings == []
