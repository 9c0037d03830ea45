"""Text that nobody sees on a page is not read; what one sees on a dark ground is."""

from collections.abc import Callable

from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Reading

ReadDrawn = Callable[..., Reading]
DARK = Color(0.1, 0.2, 0.4)


def said(read_drawn: ReadDrawn, draw: Callable[[Canvas], None]) -> str:
    return read_drawn(draw).texts[0]


def box(canvas: Canvas, y: float, colour: Color) -> None:
    canvas.setFillColor(colour)
    canvas.rect(50, y, 300, 24, fill=1, stroke=0)
    canvas.setFillColor(black)


def test_text_behind_a_rectangle_is_not_read(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "The fee is 40 euros.")
        for y, colour in ((600, DARK), (560, white)):
            canvas.drawString(60, y + 8, "Nobody sees this")
            box(canvas, y, colour)

    assert said(read_drawn, draw) == "The fee is 40 euros."


def test_text_in_the_colour_of_its_ground_is_not_read(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "The fee is 40 euros.")
        for y, ground, colour in ((600, DARK, DARK), (560, white, white)):
            box(canvas, y, ground)
            canvas.setFillColor(colour)
            canvas.drawString(60, y + 8, "Nobody sees this")

    assert said(read_drawn, draw) == "The fee is 40 euros."


def test_white_text_on_a_dark_rectangle_is_read_also_over_other_text(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 608, "Nobody sees this")
        box(canvas, 600, DARK)
        canvas.setFillColor(white)
        canvas.drawString(60, 608, "The fee is 40 euros.")

    assert said(read_drawn, draw) == "The fee is 40 euros."


def test_text_below_what_one_sees_through_is_read(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 608, "The fee is 40 euros.")
        box(canvas, 600, Color(1, 1, 0, alpha=0.4))

    assert said(read_drawn, draw) == "The fee is 40 euros."


def test_a_rectangle_hides_no_more_than_its_clip_shows(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "The fee is 40 euros.")
        path = canvas.beginPath()
        path.rect(400, 400, 20, 20)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setFillColor(DARK)
        canvas.rect(0, 0, 595, 842, fill=1, stroke=0)

    assert said(read_drawn, draw) == "The fee is 40 euros."
