"""The tables on a sheet: regions of filled cells with empty rows or columns between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.office import Span, is_figure
from ingest.sheets.sheet import Cells, Sheet

_SPARSE = 20  # places for each filled cell; with more a region is no table
_NEAR = 20  # rows above and below a gap that are compared
_LONGEST = 60  # characters of a text of which the form is looked at
_NAMED = re.compile(r"[：:]")
_FORM = re.compile(r"\d|@")
_RUNS = re.compile(r"\d+|[^\W\d_]+")
_SMALL = 100_000  # places that are always held


@dataclass(frozen=True)
class Region:
    """A region as rows of equal length, and its merged cells counted from its corner.

    `is_sparse`: it is no table, and its rows hold their filled cells only.
    """

    rows: list[list[str]]
    spans: list[Span]
    is_sparse: bool = False


def regions(sheet: Sheet) -> Iterator[Region]:
    """Give the regions of a sheet from above, those side by side from the left."""
    bands = list(_bands(sheet.cells))
    for band in _rejoined(bands, sheet.cells):
        for columns in _columns(band, sheet.cells):
            yield _region(sheet, band, columns)


def _bands(cells: Cells) -> Iterator[list[int]]:
    """Rows that follow each other and share columns."""
    band: list[int] = []
    left = right = 0
    for y in sorted(y for y, row in cells.items() if row):
        first, last = min(cells[y]), max(cells[y])
        if band and (y != band[-1] + 1 or first > right or last < left):
            yield band
            band = []
        left, right = (min(left, first), max(right, last)) if band else (first, last)
        band.append(y)
    if band:
        yield band


def _rejoined(bands: list[list[int]], cells: Cells) -> Iterator[list[int]]:
    """Bands, a table that goes on behind one empty row with what is above it.

    It goes on if it has the same columns and no header of its own: it begins with figures below
    figures, or a text of its first row is one of those in its column. A row of names that stands
    by itself is the header of what is below it.
    """
    whole: list[int] = []
    for band in bands:
        if whole and band[0] == whole[-1] + 2 and _goes_on(whole, band, cells):
            whole = whole + band
            continue
        if whole:
            yield whole
        whole = band
    if whole:
        yield whole


def _goes_on(above: list[int], band: list[int], cells: Cells) -> bool:
    last, first = cells[above[-1]], cells[band[0]]
    if len(first) < 2 or min(last) != min(first) or max(last) != max(first):
        return False
    if len(above) == 1:
        return _are_names(last) and not _begins_with_header(band, cells)
    figures = [x for x, text in first.items() if is_figure(text)]
    if figures:
        return all(is_figure(last.get(x, "0")) for x in figures)
    rows = [cells[y] for y in (*above[1:][-_NEAR:], *band[1 : 1 + _NEAR])]
    return first != cells[above[0]] and any(
        any(_is_like(text, row.get(x, "")) for row in rows) for x, text in first.items()
    )


def _are_names(row: dict[int, str]) -> bool:
    """Whether a row without gaps holds words, and none as "Unit: EUR"."""
    is_whole = len(row) == max(row) - min(row) + 1
    return is_whole and not any(is_figure(text) or _NAMED.search(text) for text in row.values())


def _begins_with_header(band: list[int], cells: Cells) -> bool:
    """Whether words stand above figures."""
    if len(band) < 2:
        return False
    first, second = cells[band[0]], cells[band[1]]
    return not any(map(is_figure, first.values())) and any(map(is_figure, second.values()))


def _is_like(text: str, other: str) -> bool:
    """Whether two texts are the same, or of one form, as codes and addresses are."""
    return text == other or bool(_FORM.search(text) and _form(text) == _form(other))


def _form(text: str) -> str:
    return _RUNS.sub(lambda m: "1" if m[0][0].isdigit() else "a", text[:_LONGEST])


def _columns(band: list[int], cells: Cells) -> Iterator[list[int]]:
    """The columns of a band, parted where tables stand side by side.

    One empty column may stand within a table; two part tables, and so does one between regions
    that begin or end in different rows.
    """
    extent: dict[int, tuple[int, int]] = {}  # first and last row
    for y in band:
        for x in cells[y]:
            extent[x] = (extent[x][0], y) if x in extent else (y, y)
    groups: list[list[int]] = []
    for x in sorted(extent):
        if groups and x == groups[-1][-1] + 1:
            groups[-1].append(x)
        else:
            groups.append([x])
    whole: list[int] = []
    for group in groups:
        if whole:
            near = group[0] - whole[-1] == 2
            same = _rows_of(whole, extent) == _rows_of(group, extent)
            if not (near and (same or len(group) == 1 or len(whole) == 1)):
                yield whole
                whole = []
        whole = whole + group
    if whole:
        yield whole


def _rows_of(columns: list[int], extent: dict[int, tuple[int, int]]) -> tuple[int, int]:
    return min(extent[x][0] for x in columns), max(extent[x][1] for x in columns)


def _region(sheet: Sheet, band: list[int], columns: list[int]) -> Region:
    cells = sheet.cells
    wanted = set(columns)
    used = [y for y in band if not wanted.isdisjoint(cells[y])]
    filled = sum(len(cells[y]) for y in used)
    if len(used) * len(columns) > max(_SMALL, _SPARSE * filled):
        rows = [[cells[y][x] for x in sorted(cells[y]) if x in wanted] for y in used]
        return Region(rows, [], is_sparse=True)
    rows = [[cells[y].get(x, "") for x in columns] for y in used]
    at_row = {y: n for n, y in enumerate(used)}
    at_column = {x: n for n, x in enumerate(columns)}
    spans = []
    for span in sheet.spans:
        if span.top in at_row and span.left in at_column:
            bottom = at_row.get(span.bottom, len(used) - 1)
            right = at_column.get(span.right, len(columns) - 1)
            spans.append(Span(at_row[span.top], bottom, at_column[span.left], right))
    return Region(rows, spans)
