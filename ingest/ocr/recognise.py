"""A picture becomes lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from ingest.document import Box
from ingest.limits import Limits
from ingest.ocr.brackets import even_brackets
from ingest.ocr.engine import Corners, loaded_engine
from ingest.ocr.line_pictures import height_of, line_picture, read_line, width_of
from ingest.ocr.pixels import pixels
from ingest.ocr.reading_order import in_order
from ingest.ocr.recognised_line import Cell, RecognisedLine
from ingest.ocr.ruled import Ruled, cut_at_rules, ruled_tables
from ingest.ocr.turning import Turned
from ingest.text import collapsed

_LEAST_SURE = 0.5  # as in rapidocr: below it are drawings and stains
_SURE_MARK = 0.9  # for a line without a letter or figure, as most specks become


def recognise(picture: Image.Image, dpi: float, limits: Limits) -> list[RecognisedLine]:
    """Return the lines of text in a picture, in reading order; none if it has no text.

    The picture may lie on its side, stand on its head or be tilted. `dpi` is how many of its
    pixels are an inch of the page. Raises ReadError (`too-large`: over `limits.max_pixels`;
    `internal`: the models are not there).
    """
    page, scale = pixels(picture, limits)
    if min(page.shape[:2]) < 4:
        return []
    engine = loaded_engine()
    turned = Turned(engine, page)
    points = 72.0 / (dpi * scale)  # in a pixel
    tables = ruled_tables(turned)
    lines = []
    for corners in (c for found in turned.lines for c in cut_at_rules(turned, tables, found)):
        if min(height_of(corners), width_of(corners)) < 3:
            continue
        said, sure = read_line(engine, line_picture(turned.page, corners))
        text = even_brackets(collapsed(said))
        least = _LEAST_SURE if any(map(str.isalnum, text)) else _SURE_MARK
        if text and sure >= least:
            straight = turned.straight(corners)
            box, place = _around(turned.shown(corners), points), _around(straight, points)
            lines.append(RecognisedLine(text, box, place, sure, _cell(tables, straight)))
    return in_order(lines)


def _cell(tables: Sequence[Ruled], straight: Corners) -> Cell | None:
    x, y = straight.mean(axis=0)
    for number, table in enumerate(tables):
        if span := table.cell_at(float(x), float(y)):
            return Cell(number, *span)
    return None


def _around(corners: Corners, points: float) -> Box:
    (left, top), (right, bottom) = corners.min(axis=0) * points, corners.max(axis=0) * points
    return Box(float(left), float(top), float(right), float(bottom))
