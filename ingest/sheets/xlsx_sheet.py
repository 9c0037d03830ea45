"""The cells of one sheet of an XLSX file, row by row."""

from __future__ import annotations

import re

from ingest.office import BrokenXML, Element, Package, Span, qualified, stream, value
from ingest.sheets.number_formats import shown
from ingest.sheets.page_heads import page_heads
from ingest.sheets.sheet import Sheet
from ingest.sheets.workbook import Workbook, rich_text

_NAME = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383  # that Excel has
_CELL, _VALUE, _INLINE, _FORMULA = map(qualified, ("x:c", "x:v", "x:is", "x:f"))
_SHORT = 11  # signs of a number that a cell without a format shows
_AS_SHOWN = re.compile(r"-?+(?:0|[1-9]\d*+)(?:\.\d*[1-9])?")
_WHOLE = ("General", "0", "@")  # codes that show a whole number as it is
_LONG_WHOLE = re.compile(r"-?[1-9]\d{14,39}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_sheet(package: Package, name: str, sheet: Sheet, workbook: Workbook) -> None:
    """Fill a sheet with the cells and merged cells of a member; what is broken is warned of."""
    data = package.data(name)
    if not data:
        package.warn(f"sheet {sheet.name!r} is missing or broken; left out")
        return
    reader = _Rows(workbook)
    try:
        for element in stream(data, "x:row", "x:mergeCell", "x:headerFooter"):
            if element.tag.endswith("row"):
                reader.row(element, sheet)
            elif element.tag.endswith("headerFooter"):
                sheet.heads = page_heads([part.text or "" for part in element])
            elif span := span_of(value(element, "ref")):
                sheet.spans.append(span)
    except BrokenXML:
        package.warn(f"sheet {sheet.name!r} is broken; read up to row {reader.at + 1}")
    if count := reader.without_value:
        said = "1 formula" if count == 1 else f"{count} formulas"
        has = "has" if count == 1 else "have"
        package.warn(
            f"{said} of sheet {sheet.name!r} {has} no value stored; open and save it in its program"
        )


def span_of(reference: str) -> Span | None:
    """Return a range as "B2:D3", None if it is none."""
    first, _, last = reference.partition(":")
    begin, end = place_of(first), place_of(last or first)
    if begin is None or end is None:
        return None
    return Span(begin[0], end[0], begin[1], end[1])


def place_of(name: str) -> tuple[int, int] | None:
    """Return the row and column of a cell's name, as "B3", from 0; None if there is none."""
    found = _NAME.fullmatch(name)
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    row, column = int(found[2]) - 1, column - 1
    return (row, column) if 0 <= row <= _LAST_ROW and column <= _LAST_COLUMN else None


class _Rows:
    def __init__(self, workbook: Workbook) -> None:
        self.at = -1  # the row that was read last
        self.without_value = 0
        self._workbook = workbook
        self._columns: dict[str, int] = {}  # by their letters
        self._codes: dict[str | None, str] = {}  # format codes by the style of a cell

    def row(self, element: Element, sheet: Sheet) -> None:
        said = element.get("r")
        self.at = int(said) - 1 if said and said.isascii() and said.isdigit() else self.at + 1
        if not 0 <= self.at <= _LAST_ROW:
            return
        row: dict[int, str] = {}
        column = -1
        for cell in element.iterchildren(_CELL):
            column = self._column(cell.get("r"), column)
            if 0 <= column <= _LAST_COLUMN and (text := self._text(cell)):
                row[column] = text
        if row:
            sheet.cells.setdefault(self.at, {}).update(row)

    def _column(self, name: str | None, last: int) -> int:
        if not name:
            return last + 1
        letters = name.rstrip("0123456789")
        if letters not in self._columns:
            place = place_of(f"{letters}1")
            self._columns[letters] = place[1] if place else -1
        return self._columns[letters]

    def _text(self, cell: Element) -> str:
        kind = cell.get("t")
        if kind == "inlineStr":
            inline = cell.find(_INLINE)
            return "" if inline is None else rich_text(inline)
        said = None
        for inner in cell:
            if inner.tag == _VALUE:
                said = inner.text
        if not said:
            # Excel marks a formula whose value is an empty text; others write `<v/>` for none.
            if cell.find(_FORMULA) is not None and kind != "str":
                self.without_value += 1
            return ""
        if kind == "s":
            return self._string(said)
        if kind in ("str", "e", "d"):
            return _unescaped(str(said)).strip().removesuffix("T00:00:00")
        if kind == "b":
            return "TRUE" if said.strip() == "1" else "FALSE"
        return self._number(said, cell.get("s"))

    def _string(self, said: str) -> str:
        strings = self._workbook.strings
        at = int(said) if said.isascii() and said.isdigit() else -1
        return _unescaped(strings[at]) if 0 <= at < len(strings) else ""

    def _number(self, said: str, style: str | None) -> str:
        code = self._codes.get(style)
        if code is None:
            code = self._codes[style] = self._code(style)
        if code == "General" and len(said) <= _SHORT and _AS_SHOWN.fullmatch(said):
            return str(said)
        if code in _WHOLE and _LONG_WHOLE.fullmatch(said):
            return str(said)  # as it stands there: a float has 15 to 17 digits
        try:
            figure = float(said)
        except ValueError:
            return str(said)
        return shown(figure, code, self._workbook.is_1904)

    def _code(self, style: str | None) -> str:
        codes = self._workbook.codes
        at = int(style) if style and style.isascii() and style.isdigit() else 0
        return codes[at] if at < len(codes) else "General"


def _unescaped(text: str) -> str:
    """Excel writes signs that XML cannot hold as _x000D_."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda m: " " if int(m[1], 16) < 32 else m[0], text)
