"""Recognised lines become a page of blocks: headings, paragraphs and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.document import Line, Part, PartWriter
from ingest.ocr.cells import ruled_cells, table_at
from ingest.ocr.joining import joined
from ingest.ocr.paragraphs import Shape, Sizes
from ingest.ocr.reading_order import Row, around_tables, columns, in_order, of_tables, rows
from ingest.ocr.recognised_line import RecognisedLine

_WINDOW = 400  # characters of the text in which a line is looked for


def ocr_part(
    lines: Sequence[RecognisedLine], number: int | None, size: tuple[float, float] | None
) -> Part:
    """Return recognised lines as a part with boxes and the mean confidence of its characters.

    `size` is that of the page in points.
    """
    writer = PartWriter(number)
    sizes, inside = Sizes(lines), of_tables(lines)
    for column in columns(around_tables(lines)):
        _write(writer, rows(column), sizes, inside)
    characters = sum(len(line.text) for line in lines)
    sure = sum(line.confidence * len(line.text) for line in lines)
    part = writer.part(round(sure / characters, 4) if characters else None)
    return replace(part, size=size, lines=_placed(part.text, in_order(lines)))


def _write(
    writer: PartWriter,
    column: Sequence[Row],
    sizes: Sizes,
    inside: Mapping[int, Sequence[RecognisedLine]],
) -> None:
    """Write the rows of a column."""
    shape = Shape(column)
    paragraph: list[Row] = []
    at = 0
    while at < len(column):
        row = column[at]
        tables = [line.cell.table for line in row if line.cell]
        if tables:
            _paragraph(writer, [*paragraph, [line for line in row if not line.cell]])
            paragraph = []
            for table in tables:
                writer.table(*ruled_cells(inside[table]))
            at += 1
            continue
        found = table_at(column, at)
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
        text = joined(text, _text(row)) if row else text
    writer.paragraph(text)


def _text(row: Row) -> str:
    return "  ".join(line.text for line in row)


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
