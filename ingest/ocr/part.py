"""Recognised lines become a page of blocks: headings, paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Line, Part, PartWriter
from ingest.ocr.cells import table_at
from ingest.ocr.paragraphs import Shape, Sizes
from ingest.ocr.reading_order import Row, columns, rows
from ingest.ocr.recognised_line import RecognisedLine
from ingest.text import HAN

_WINDOW = 400  # characters of the text in which a line is looked for
_WIDE = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uff60]")
_BROKEN_WORD = re.compile(r"[A-Za-z]-$")


def ocr_part(
    lines: Sequence[RecognisedLine], number: int | None, size: tuple[float, float] | None
) -> Part:
    """Return recognised lines as a part with boxes and the mean confidence of its characters.

    `size` is that of the page in points.
    """
    writer = PartWriter(number)
    sizes = Sizes(lines)
    for column in columns(lines):
        _write(writer, rows(column), sizes)
    characters = sum(len(line.text) for line in lines)
    sure = sum(line.confidence * len(line.text) for line in lines)
    part = writer.part(round(sure / characters, 4) if characters else None)
    ordered = [line for column in columns(lines) for row in rows(column) for line in row]
    return replace(part, size=size, lines=_placed(part.text, ordered))


def _write(writer: PartWriter, column: Sequence[Row], sizes: Sizes) -> None:
    """Write the rows of a column."""
    shape = Shape(column)
    paragraph: list[Row] = []
    at = 0
    while at < len(column):
        row, found = column[at], table_at(column, at)
        level = 0 if found else sizes.heading_level(row, is_first=at == 0)
        if paragraph and (found or level or not shape.goes_on(paragraph[-1], row)):
            _paragraph(writer, paragraph)
            paragraph = []
        if found:
            writer.table(found.cells)
        elif level:
            writer.heading(_text(row), level)
        else:
            paragraph.append(row)
        at += found.rows if found else 1
    _paragraph(writer, paragraph)


def _paragraph(writer: PartWriter, written: Sequence[Row]) -> None:
    text = ""
    for row in written:
        text = _joined(text, _text(row))
    writer.paragraph(text)


def _text(row: Row) -> str:
    return "  ".join(line.text for line in row)


def _joined(above: str, following: str) -> str:
    """Two lines of a paragraph as they were written before they were broken."""
    if not above:
        return following
    if _BROKEN_WORD.search(above) and following[0].islower():
        return above[:-1] + following
    if _WIDE.match(above[-1]) or _WIDE.match(following[0]):
        return above + following
    return f"{above} {following}"


def _placed(text: str, lines: Sequence[RecognisedLine]) -> tuple[Line, ...]:
    """Find each line in the text that was made of them."""
    found, done = [], 0
    for line in lines:
        said = line.text.replace("|", "\\|")
        for form in (line.text, said, said.rstrip("-")):
            at = text.find(form, done, done + len(form) + _WINDOW) if form else -1
            if at >= 0:
                done = at + len(form)
                found.append(Line(at, done, line.box))
                break
    return tuple(found)
