"""Each page decides whether it is text or a picture of text."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Reading
from ingest.errors import ReadError

ReadDrawn = Callable[..., Reading]
Screenshot = Callable[..., bytes]


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


def pasted(canvas: Canvas, picture: bytes, *box: float) -> None:
    canvas.drawImage(ImageReader(io.BytesIO(picture)), *box)


def test_a_scan_is_recognised(read_drawn: ReadDrawn, screenshot: Screenshot) -> None:
    picture = screenshot("Leave is twenty days", "a year for everybody.")
    reading = read_drawn(text, lambda c: pasted(c, picture, 0, 300, 595, 450), ocr=True)
    assert reading.parts[0].text == "The words of this page are text."
    assert "Leave is twenty days" in reading.parts[1].text
    sure = [part.confidence for part in reading.parts]
    assert sure[0] is None
    assert 0.8 < (sure[1] or 0) <= 1
    assert reading.warnings == []


def test_a_picture_on_a_page_of_text_says_its_text_where_it_stands(
    read_drawn: ReadDrawn, screenshot: Screenshot, place_of: Callable[..., tuple[float, ...]]
) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Above the picture stands this line of text.")
        pasted(canvas, screenshot("The gate opens at nine"), 60, 600, 310, 46)
        canvas.drawString(60, 500, "Below the picture stands another line of text.")

    (part,) = read_drawn(page, ocr=True).parts
    assert [part.text[b.start : b.end] for b in part.blocks] == [
        "Above the picture stands this line of text.",
        "The gate opens at nine",
        "Below the picture stands another line of text.",
    ]
    sure = [block.confidence for block in part.blocks]
    assert (sure[0], sure[2], part.confidence) == (None, None, None)
    assert 0.9 < (sure[1] or 0) <= 1
    left, top, right, bottom = place_of(part, "The gate")
    assert 60 <= left < right <= 370
    assert 842 - 646 <= top < bottom <= 842 - 600
    (plain,) = read_drawn(page).parts
    assert "gate" not in plain.text


def test_a_picture_that_is_written_over_is_not_read_twice(
    read_drawn: ReadDrawn, screenshot: Screenshot
) -> None:
    def page(canvas: Canvas) -> None:
        pasted(canvas, screenshot("The gate opens at nine"), 60, 600, 310, 46)
        canvas.drawString(70, 620, "The gate opens at nine")
        canvas.drawString(60, 500, "Below the picture stands another line of text.")

    assert read_drawn(page, ocr=True).texts[0].count("gate") == 1


SEEN = ("Every room is cleaned on Friday;", "keys are at the desk in the hall,", "behind it.")
GARBAGE = ("Xqzt wvrr lmk trpq bhg Gkwpld xx;", "wrzt nnn bt trh fghj qq zzt mnb klk", "pwrt zx.")


@pytest.mark.parametrize(("layer", "is_wrong"), [(SEEN, False), (GARBAGE, True)])
def test_unseen_text_that_disagrees_with_the_scan_is_recognised_anew(
    read_drawn: ReadDrawn, screenshot: Screenshot, layer: tuple[str, ...], is_wrong: bool
) -> None:
    def page(canvas: Canvas) -> None:
        pasted(canvas, screenshot(*SEEN, *[""] * 9), 0, 100, 595, 637)
        for n, line in enumerate(layer):
            said = canvas.beginText(20, 697 - 50 * n)
            said.setTextRenderMode(3)
            said.setFont("Helvetica", 20)
            said.textOut(line)
            canvas.drawText(said)

    reading = read_drawn(page, ocr=True)
    assert "cleaned on Friday" in reading.parts[0].text
    assert (reading.parts[0].confidence is not None) is is_wrong
    assert reading.warnings == (
        ["unseen text on page 1 was another than one sees; recognised anew"] if is_wrong else []
    )
