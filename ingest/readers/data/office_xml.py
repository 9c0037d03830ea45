"""Workbooks and texts that Office 2003 and programs after it write as one XML file.

Many programs give their lists out as such a workbook, often under the name of an XLS file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import Given, Part, PartWriter
from ingest.errors import ReadError
from ingest.office import Cell, Span, place
from ingest.readers.data.xml_tree import Element
from ingest.sheets import Sheet, general, shown, write_sheet

_NAMED_FORMS = {
    "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
    "Currency": "#,##0.00", "Euro Currency": "#,##0.00",
}  # fmt: skip
_MOST_PLACES = 16_384  # columns of a sheet
_MOST_ROWS = 1_048_576
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?.{0,10}")
_HEADING = re.compile(r"(?:heading|标题|標題)?\s?([1-9])", re.IGNORECASE)


def is_workbook(root: Element) -> bool:
    """Whether the root is that of a workbook."""
    return root.name == "Workbook" and any(one.name == "Worksheet" for one in root.elements())


def text_body(root: Element) -> Element | None:
    """Return the element with the text of Word's, or None if the root is another's."""
    if root.name == "wordDocument":
        return next((one for one in root.elements() if one.name == "body"), None)
    if root.name == "package":
        documents = root.all("document")
        return next((b for d in documents for b in d.elements() if b.name == "body"), None)
    return None


def workbook_parts(root: Element, given: Given, warnings: list[str]) -> Iterator[Part]:
    """Give the sheets as parts. Raises ReadError (`too-large`)."""
    forms = {
        style.says("ID"): form.says("Format")
        for style in root.all("Style")
        for form in style.elements()
        if form.name == "NumberFormat"
    }
    sheets = [one for one in root.elements() if one.name == "Worksheet"]
    if len(sheets) > given.limits.max_pages:
        most = given.limits.max_pages
        raise ReadError("too-large", f"it has more than {most} sheets; split it", "sheets", n=most)
    for number, element in enumerate(sheets, start=1):
        name = element.says("Name") or str(number)
        if any(one.text().strip() in ("SheetHidden", "SheetVeryHidden")
               for one in element.all("Visible")):  # fmt: skip
            warnings.append(f"sheet {name!r} is hidden; it was read all the same")
        writer = PartWriter(number, name)
        write_sheet(_sheet(element, name, forms), writer)
        yield writer.part()


def write_text(body: Element, writer: PartWriter) -> None:
    """Write the paragraphs and tables of a text."""
    waiting = list(reversed(body.elements()))
    while waiting:
        one = waiting.pop()
        if one.name == "p":
            level = _level(one)
            said = _words(one)
            if level and said:
                writer.heading(said, level)
            elif any(inner.name in ("listPr", "numPr") for inner in one.walk()):
                writer.item(said)
            else:
                writer.paragraph(said)
        elif one.name == "tbl":
            rows = [[_cell(cell) for cell in row.elements() if cell.name == "tc"]
                    for row in one.elements() if row.name == "tr"]  # fmt: skip
            place(rows).write(writer)
        elif one.name != "sectPr":
            waiting += reversed(one.elements())


def _sheet(element: Element, name: str, forms: dict[str, str]) -> Sheet:
    sheet = Sheet(name)
    y = -1
    for row in (one for one in element.all("Row")):
        y = _at(row, y + 1, _MOST_ROWS)
        x = -1
        for cell in row.elements():
            if cell.name != "Cell":
                continue
            x = _at(cell, x + 1, _MOST_PLACES)
            across = _whole(cell.says("MergeAcross"), _MOST_PLACES)
            down = _whole(cell.says("MergeDown"), _MOST_ROWS)
            if across or down:
                sheet.spans.append(Span(y, y + down, x, x + across))
            data = next((one for one in cell.elements() if one.name == "Data"), None)
            if data is not None and (text := _shown(data, forms.get(cell.says("StyleID"), ""))):
                sheet.cells.setdefault(y, {})[x] = text
            for comment in (one for one in cell.elements() if one.name == "Comment"):
                sheet.notes.append(" ".join(comment.text().split()))
            x += across
    return sheet


def _at(element: Element, otherwise: int, most: int) -> int:
    """The place of a row or cell, from 0: said, or behind the one before."""
    return _whole(element.says("Index"), most) - 1 if element.says("Index") else otherwise


def _whole(said: str, most: int) -> int:
    return min(int(said), most) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def _shown(data: Element, form: str) -> str:
    text = data.text().strip()
    kind = data.says("Type")
    if kind == "Boolean":
        return "TRUE" if text == "1" else "FALSE"
    if kind == "DateTime" and (found := _TIME.fullmatch(text)):
        return found[1] if found[2] == "00:00" else f"{found[1]} {found[2]}"
    if kind == "Number":
        try:
            figure = float(text)
        except ValueError:
            return text
        code = _NAMED_FORMS.get(form, form)
        return shown(figure, code) if code and "Date" not in code else general(figure)
    return text


def _level(paragraph: Element) -> int:
    """The level of a heading by its style, or 0."""
    for one in paragraph.walk():
        if one.name == "pStyle" and (found := _HEADING.fullmatch(one.says("val"))):
            return int(found[1])
    return 0


def _words(element: Element) -> str:
    """The text of runs, without what was deleted."""
    pieces = {"br": "\n", "tab": " ", "cr": "\n"}
    return "".join(
        "".join(child for child in one.children if isinstance(child, str))
        if one.name == "t" else pieces.get(one.name, "")
        for one in element.walk()
    ).strip()  # fmt: skip


def _cell(cell: Element) -> Cell:
    spans = [one.says("val") for one in cell.walk() if one.name == "gridSpan"]
    lines = [_words(one) for one in cell.walk() if one.name == "p"]
    return Cell("\n".join(filter(None, lines)), max(1, _whole(spans[0], 1000)) if spans else 1)
