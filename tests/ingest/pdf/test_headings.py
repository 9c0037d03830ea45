"""Headings of a PDF without bookmarks: by the size of letters, their weight, and numbers."""

from collections.abc import Callable

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Reading

ReadDrawn = Callable[..., Reading]
TEXT = [
    "Whoever travels for the company books the journey two weeks before it",
    "begins, and asks the head of the team for leave if it is longer than",
    "three days or costs more than a thousand euros.",
]


def headings(reading: Reading) -> list[tuple[int, str]]:
    blocks = [block for part in reading.parts for block in part.blocks]
    return [(block.level, block.words) for block in blocks if block.kind == "heading"]


def paragraph(canvas: Canvas, y: float, font: str = "Helvetica", size: float = 10) -> None:
    canvas.setFont(font, size)
    for n, line in enumerate(TEXT):
        canvas.drawString(60, y - 13 * n, line)


def test_a_numbered_line_in_bold_is_a_heading(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        lines = [(14, "2 Journeys"), (10, "2.1 Before a journey"), (10, "Not so")]
        for n, (size, words) in enumerate(lines):
            canvas.setFont("Helvetica-Bold", size)
            canvas.drawString(60, 780 - 100 * n, words)
            paragraph(canvas, 755 - 100 * n)

    assert headings(read_drawn(draw)) == [(1, "2 Journeys"), (2, "2.1 Before a journey")]


def test_a_heading_over_two_lines_is_one(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(60, 780, "Rules for journeys of all people who work")
        canvas.drawString(160, 761, "for the company")
        for n in range(4):
            paragraph(canvas, 720 - 60 * n)

    reading = read_drawn(draw)
    title = "Rules for journeys of all people who work for the company"
    assert headings(reading) == [(1, title)]
    assert [block.kind for block in reading.parts[0].blocks].count("heading") == 1


def test_small_print_makes_no_headings_of_the_text(read_drawn: ReadDrawn) -> None:
    def text(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 18)
        canvas.drawString(60, 790, "Journeys")
        for n in range(6):
            canvas.setFont("Helvetica", 12)
            canvas.drawString(60, 740 - 50 * n, f"Short line number {n} of the letter")

    def small(canvas: Canvas) -> None:
        for n in range(12):
            paragraph(canvas, 780 - 50 * n, size=7)

    assert headings(read_drawn(text, small))[0] == (1, "Journeys")


@pytest.mark.parametrize(("words", "is_one"), [("第三章 罚则", True), ("第三章的规定适用", False)])
def test_a_chapter_is_a_heading_in_any_letters(
    read_drawn: ReadDrawn, words: str, is_one: bool
) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 11)
        canvas.drawString(60, 780, words)
        for n in range(4):
            canvas.drawString(
                60, 750 - 20 * n, "违反本办法规定的，由公司责令改正，并按照有关制度处理。"
            )

    assert bool(headings(read_drawn(draw))) is is_one
