"""PDFs that are drawn, with text at places."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Given, Part, Reading
from ingest.limits import Limits
from ingest.pdf import read

Draw = Callable[[Canvas], None]


@pytest.fixture
def drawn() -> Callable[..., bytes]:
    """A PDF of A4 pages, each drawn by a function."""

    def make(*pages: Draw, **options: Any) -> bytes:
        data = io.BytesIO()
        canvas = Canvas(data, pagesize=(595, 842), **options)
        for draw in pages:
            canvas.setFont("Helvetica", 10)
            draw(canvas)
            canvas.showPage()
        canvas.save()
        return data.getvalue()

    return make


@pytest.fixture
def read_drawn(drawn: Callable[..., bytes]) -> Callable[..., Reading]:
    """What is read of pages that functions draw."""

    def make(
        *pages: Draw, password: str | None = None, ocr: bool = False, **options: Any
    ) -> Reading:
        data = drawn(*pages, **options)
        return read(Given(data, "a.pdf", Limits(), password=password, ocr=ocr))

    return make


@pytest.fixture
def place_of() -> Callable[[Part, str], tuple[float, float, float, float]]:
    """Where the line of a page stands that has these words."""

    def find(part: Part, words: str) -> tuple[float, float, float, float]:
        at = part.text.index(words)
        line = next(line for line in part.lines if line.start <= at < line.end)
        return tuple(line.box)

    return find
