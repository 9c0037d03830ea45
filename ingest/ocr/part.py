"""Recognised lines become a page of blocks: headings, paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ingest.document import Line, Part, PartWriter
from ingest.ocr.cells import table_at
from ingest.ocr.reading_order import Row, columns, rows
from ingest.ocr.recognised_line import RecognisedLine
from ingest.text import CHINESE_NUMERALS, CLOSING, END_MARKS, HAN

_LARGE, _TITLE = 1.28, 1.7  # times the usual height: a heading, one of the first level
_LONGEST_HEADING = 60  # characters
_SHORT = 2.0  # times its height that a line may end before the column does, and still be full
_INDENT = 1.0  # times its height that a paragraph's first line begins further in
_FAR = 1.1  # times their height between two lines: a new paragraph
_WINDOW = 400  # characters of the text in which a line is looked for
_WIDE = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uff60]")
_BROKEN_WORD = re.compile(r"[A-Za-z]-$")
_ENDS = re.compile(rf"[{END_MARKS}：:…][{CLOSING}》】]*$")
_ITEM = re.compile(
    rf"""[•·●○■□◆◇▪▶➢✓*–—-]\s?
    | [(（]?(\d{{1,3}}|[{CHINESE_NUMERALS}]{{1,4}})[)）.、．](?!\d)
    | 第[\d{CHINESE_NUMERALS}]{{1,5}}[章节條条款]
    | \d{{1,3}}(\.\d{{1,3}}){{1,4}}\s?\D""",
    re.VERBOSE,
)


def ocr_part(
    lines: Sequence[RecognisedLine], number: int | None, size: tuple[float, float] | None
) -> Part:
    """Return recognised lines as a part with boxes and the mean confidence of its characters.

    `size` is that of the page in points.
    """
    writer = PartWriter(number)
    usual = _usual_height(lines)
    for column in columns(lines):
        _write(writer, rows(column), usual)
    characters = sum(len(line.text) for line in lines)
    sure = sum(line.confidence * len(line.text) for line in lines)
    part = writer.part(round(sure / characters, 4) if characters else None)
    ordered = [line for column in columns(lines) for row in rows(column) for line in row]
    return replace(part, size=size, lines=_placed(part.text, ordered))


def _usual_height(lines: Sequence[RecognisedLine]) -> float:
    weighted = [line.height for line in lines for _ in range(len(line.text) // 8 + 1)]
    return median(weighted) if weighted else 0.0


def _write(writer: PartWriter, column: Sequence[Row], usual: float) -> None:
    """Write the rows of a column."""
    right = _quantile([row[-1].place.right for row in column], 0.9)
    left = _quantile([row[0].place.left for row in column], 0.1)
    open_rows: list[Row] = []
    at = 0
    while at < len(column):
        if found := table_at(column, at):
            _paragraph(writer, open_rows)
            open_rows = []
            writer.table(found.cells)
            at += found.rows
            continue
        row = column[at]
        if _is_heading(row, usual):
            _paragraph(writer, open_rows)
            open_rows = []
            level = 1 if row[0].height >= _TITLE * usual else 2
            writer.heading(_text(row), level)
        else:
            if open_rows and not _goes_on(open_rows[-1], row, left, right):
                _paragraph(writer, open_rows)
                open_rows = []
            open_rows.append(row)
        at += 1
    _paragraph(writer, open_rows)


def _is_heading(row: Row, usual: float) -> bool:
    text = _text(row)
    is_large = median(line.height for line in row) >= _LARGE * usual
    return (
        is_large and len(row) == 1 and 2 <= len(text) <= _LONGEST_HEADING and not _ENDS.search(text)
    )


def _goes_on(above: Row, row: Row, left: float, right: float) -> bool:
    """Whether a row continues the paragraph of the row above."""
    height = max(above[-1].height, row[0].height)
    if len(above) > 1 or len(row) > 1 or row[0].place.top - above[0].place.bottom > _FAR * height:
        return False
    if not 0.66 < above[0].height / max(row[0].height, 1e-6) < 1.5 or _ITEM.match(row[0].text):
        return False
    is_full = above[-1].place.right >= right - _SHORT * height
    is_indented = row[0].place.left > max(left, above[0].place.left) + _INDENT * height
    if row[0].text[0].islower() and not _ENDS.search(above[-1].text):
        return True
    return is_full and not is_indented


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


def _quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
