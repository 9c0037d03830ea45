"""CSV and TSV: rows of cells, whatever parts them.

`csv.Sniffer` is not used: it takes letters for delimiters where cells are words.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ingest.document import Given, PartWriter, Reading
from ingest.errors import ReadError
from ingest.readers.data.header_rows import begins_with_header
from ingest.readers.decoded_text import decoded_text
from ingest.text import language

_DELIMITERS = "\t;|,"  # by preference: a comma may be that of a number
_SAMPLE_ROWS = 200
_SAMPLE = 200_000  # characters
_EVEN = 0.9  # of the rows have as many cells as most have
_LEAST_EVEN = 0.5
_MOST_BROKEN = 0.1  # of the rows have a quote that does not close in its cell, as in 5" pipe
_MOST_TITLES = 10  # lines above the header
_LONGEST_ROW = 5_000_000  # cells of all rows, with those that fill them up to the widest


class _Parting(NamedTuple):
    """What a delimiter makes of the rows."""

    is_whole: bool  # it parts no quoted cells
    parts_first: bool
    share: float  # of the rows that are as wide as most
    width: int


def read(given: Given) -> Reading:
    """Read rows of cells as one table. Raises ReadError (`not-text`, `empty`, `too-large`)."""
    text, warnings = decoded_text(given.data)
    return reading_of(rows_of(text), warnings)


def reading_of(rows: list[list[str]], warnings: list[str]) -> Reading:
    """Return rows of cells as one table. Raises ReadError (`too-large`)."""
    writer = PartWriter()
    if max(map(len, rows), default=0) < 2:
        writer.paragraph("\n".join(row[0] for row in rows if row))
    else:
        _write(rows, writer)
    part = writer.part()
    return Reading(None, language(part.text), (part,), warnings)


def rows_of(text: str) -> list[list[str]]:
    """Return the rows of a text of cells; quotes that never close are cells' own."""
    delimiter = ""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5:  # Excel's own line
        delimiter, text = first.strip()[4:], rest
    delimiter = delimiter or _delimiter(text)
    try:
        if text.count('"') % 2 == 0:
            return [row for row in _parsed(text, delimiter) if any(map(str.strip, row))]
    except csv.Error:  # a cell of more than 131,072 characters
        delimiter = delimiter or ","
    rows = (line.split(delimiter) for line in text.split("\n") if line.strip())
    return [[cell.strip().strip('"') for cell in row] for row in rows]


def _write(rows: list[list[str]], writer: PartWriter) -> None:
    width = max(map(len, rows))
    if width * len(rows) > _LONGEST_ROW:
        if sum(map(len, rows)) * 10 < width * len(rows):  # one line is far wider than the others
            rows = [[*row[:1], " ".join(row[1:])] for row in rows]
        elif width * len(rows) > 10 * _LONGEST_ROW:
            raise ReadError("too-large", "the table has too many cells; split it", "table")
    titles = 0
    most = Counter(map(len, rows)).most_common(1)[0][0]
    while most > 2 and titles < min(_MOST_TITLES, len(rows) - 1):
        if sum(bool(cell.strip()) for cell in rows[titles]) > 1:
            break
        titles += 1
    for row in rows[:titles]:
        writer.paragraph(next(cell for cell in row if cell.strip()))
    table = rows[titles:]
    writer.table(table, header_rows=int(begins_with_header(table)))


def _delimiter(text: str) -> str:
    """Return what parts the cells: what gives rows of two or more cells, most evenly.

    What parts no quoted cell goes before what does, and then what parts the first row, too.
    """
    sample = text[:_SAMPLE]
    found: dict[str, _Parting] = {}
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        try:
            rows = [row for row in islice(_parsed(sample, delimiter), _SAMPLE_ROWS) if row]
        except csv.Error:
            continue
        many = Counter(len(row) for row in rows if len(row) > 1)
        if many:
            width, count = many.most_common(1)[0]
            broken = sum(any(cell.count('"') % 2 for cell in row) for row in rows)
            is_whole = broken <= _MOST_BROKEN * len(rows)
            found[delimiter] = _Parting(is_whole, len(rows[0]) > 1, count / len(rows), width)
    sure = {d: one for d, one in found.items() if one.share >= _EVEN}
    if sure:
        best = max(one[:2] for one in sure.values())
        sure = {d: one for d, one in sure.items() if one[:2] == best}
        widest = max(one.width for one in sure.values())
        return next(d for d in _DELIMITERS if d in sure and 2 * sure[d].width >= widest)
    likely = max(
        found, key=lambda d: (found[d].is_whole, found[d].share, found[d].width), default=""
    )
    return likely if likely and found[likely].share >= _LEAST_EVEN else ","


def _parsed(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
