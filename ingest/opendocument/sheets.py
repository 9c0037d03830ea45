"""The sheets of an ODS file, row by row, as it may be large."""

from __future__ import annotations

from copy import deepcopy

from ingest.document import Given, Part, PartWriter
from ingest.errors import ReadError
from ingest.office import (
    BrokenXML,
    Element,
    Package,
    Span,
    children,
    kind,
    number,
    qualified,
    stream,
    value,
)
from ingest.opendocument.body import Body
from ingest.opendocument.drawn import Drawn
from ingest.opendocument.inline import annotation, read_inline
from ingest.opendocument.styles import Styles
from ingest.sheets import Sheet, cell_name, general, write_sheet

_MOST_REPEATED = 1000  # equal rows or cells that are not empty
_MOST_CELLS = 10_000_000
_MOST_DRAWN = 500  # charts, boxes and pictures of a sheet
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_CELL, _REPEATED, _SPANNED, _ROWS_REPEATED, _ROWS_SPANNED = map(
    qualified,
    (
        "table:table-cell",
        "table:number-columns-repeated",
        "table:number-columns-spanned",
        "table:number-rows-repeated",
        "table:number-rows-spanned",
    ),
)
_STREAMED = ("style:style", "table:table-row", "table:shapes", "table:table")


def read_sheets(given: Given, package: Package, styles: Styles, drawn: Drawn) -> list[Part]:
    """Return the sheets of a file as parts. Raises ReadError (`damaged`, `too-large`)."""
    sheets = _Sheets(given, package, styles, drawn)
    try:
        for element in stream(package.data("content.xml") or b"", *_STREAMED):
            sheets.element(element)
    except BrokenXML as error:
        if not sheets.parts and not sheets.sheet.cells:
            message = "its sheets cannot be read; save it anew in its program"
            raise ReadError("damaged", message, "save-anew") from error
        package.warn("its end is broken; the sheets before it were read")
        sheets.end("")
    return sheets.parts


class _Sheets:
    """Reads one sheet after the other."""

    def __init__(self, given: Given, package: Package, styles: Styles, drawn: Drawn) -> None:
        self.parts: list[Part] = []
        self.sheet = Sheet("")
        self._given = given
        self._package = package
        self._styles = styles
        self._drawn = drawn
        self._frames: list[Element] = []
        self._row = 0  # that comes next
        self._cells = 0

    def element(self, element: Element) -> None:
        """Take a style, a row, what is drawn on a sheet, or the end of a sheet."""
        name = kind(element)
        if name == "style:style":
            self._styles.add(element)
        elif _is_within_frame(element):
            return
        elif name == "table:table-row":
            self._read_row(element)
        elif name == "table:shapes":
            self._keep(list(element))
        else:
            named = value(element, "table:name")
            if self._styles.is_hidden(value(element, "table:style-name")):
                self._package.warn(f"sheet {named!r} is hidden; it was read all the same")
            self.end(named)

    def end(self, name: str) -> None:
        """Write the sheet whose rows were read."""
        at = len(self.parts) + 1
        if at > self._given.limits.max_pages:
            raise ReadError(
                "too-large", f"it has more than {at - 1} sheets; split it", "sheets", n=at - 1
            )
        writer = PartWriter(at, name)
        self.sheet.name = name
        write_sheet(self.sheet, writer)
        body = Body(writer, self._styles, self._drawn.write)
        for frame in self._frames:
            body.frame(frame)
        self.parts.append(writer.part())
        self._given.report(at, at)
        self.sheet, self._frames, self._row = Sheet(""), [], 0

    def _keep(self, frames: list[Element]) -> None:
        """Keep what is drawn for the end of the sheet: its elements are forgotten before."""
        left = _MOST_DRAWN - len(self._frames)
        self._frames += [deepcopy(frame) for frame in frames[:left]]

    def _read_row(self, row: Element) -> None:
        cells: dict[int, str] = {}
        column = 0
        for cell in row:
            copies = _number(cell, _REPEATED)
            if cell.tag == _CELL and column <= _LAST_COLUMN:
                self._read_cell(cell, cells, column, copies)
            column += copies
        rows = _number(row, _ROWS_REPEATED)
        for y in range(self._row, min(self._row + min(rows, _MOST_REPEATED), _LAST_ROW + 1)):
            if cells:
                self.sheet.cells[y] = dict(cells)
                self._cells += len(cells)
                if self._cells > _MOST_CELLS:
                    raise ReadError(
                        "too-large",
                        f"it has over {_MOST_CELLS} cells; split it",
                        "cells",
                        n=_MOST_CELLS,
                    )
        self._row += rows

    def _read_cell(self, cell: Element, cells: dict[int, str], column: int, copies: int) -> None:
        down, across = _number(cell, _ROWS_SPANNED), _number(cell, _SPANNED)
        if down > 1 or across > 1:
            bottom, right = self._row + down - 1, column + across - 1
            self.sheet.spans.append(Span(self._row, bottom, column, right))
        lines = []
        for inner in cell:
            match kind(inner):
                case "text:p" if not len(inner):
                    lines.append((inner.text or "").strip())
                case "text:p":
                    lines.append(read_inline(inner, self._styles).text)
                case "office:annotation":
                    said = annotation(inner, self._styles)
                    where = cell_name(self._row, column)
                    self.sheet.notes += [f"{where} {said}"] if said else []
                case "draw:frame" | "draw:custom-shape" | "draw:g":
                    self._keep([inner])
        text = "\n".join(filter(None, lines)) or _stored(cell)
        if text:
            for x in range(column, min(column + min(copies, _MOST_REPEATED), _LAST_COLUMN + 1)):
                cells[x] = text


def _number(element: Element, attribute: str) -> int:
    said = element.get(attribute)
    return max(1, number(said, 1)) if said else 1


def _stored(cell: Element) -> str:
    """The value of a cell that a program wrote without showing it."""
    if children(cell, "text:p"):
        return ""
    match value(cell, "office:value-type"):
        case "date":
            return value(cell, "office:date-value").removesuffix("T00:00:00")
        case "boolean":
            return value(cell, "office:boolean-value").upper()
        case "string":
            return value(cell, "office:string-value")
        case "float" | "currency" | "percentage" as form:
            try:
                figure = float(value(cell, "office:value"))
            except ValueError:
                return ""
            is_finite = abs(figure) < float("inf")
            said = general(figure * 100 if form == "percentage" else figure) if is_finite else ""
            return f"{said}%" if said and form == "percentage" else said
        case _:
            return ""


def _is_within_frame(element: Element) -> bool:
    """Whether it belongs to a table in a box or a cell, and is no sheet of its own."""
    above = element.getparent()
    while above is not None:
        if kind(above) in ("draw:frame", "table:table-cell", "table:shapes"):
            return True
        above = above.getparent()
    return False
