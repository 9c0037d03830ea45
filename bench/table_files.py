"""Files with tables in them: PDF with and without rules, XLSX, DOCX, from rows of words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

Rows = Sequence[Sequence[str]]
FONTS = {"en": "Helvetica", "zh": "STSong-Light"}
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument"


def ruled_pdf(
    lang: str,
    title: str,
    before: str,
    rows: Rows,
    widths: Sequence[float],
    spans: Sequence[tuple[tuple[int, int], tuple[int, int]]] = (),
    repeated: int = 0,
) -> bytes:
    """A table with rules, over as many pages as it needs; spans are (column, row) corners."""
    font = FONTS[lang]
    wrap = "CJK" if lang == "zh" else None
    body = ParagraphStyle("body", fontName=font, fontSize=10, leading=14, wordWrap=wrap)
    head = ParagraphStyle("head", parent=body, fontSize=16, leading=24)
    cells = [[Paragraph(escape(cell), body) for cell in row] for row in rows]
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    table = Table(cells, colWidths=list(widths), repeatRows=repeated)
    table.setStyle(TableStyle([*style, *(("SPAN", *span) for span in spans)]))
    file = io.BytesIO()
    parts: list[Flowable] = [Paragraph(title, head), Paragraph(before, body), table]
    SimpleDocTemplate(file, pagesize=A4, title=title, invariant=1).build(parts)
    return file.getvalue()


class DrawnPage:
    """A page on which words are put at places."""

    def __init__(self, lang: str, title: str) -> None:
        self._font = FONTS[lang]
        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, pagesize=A4, invariant=1)
        self._canvas.setTitle(title)

    def put(self, x: float, y: float, text: str, size: float = 10) -> None:
        self._canvas.setFont(self._font, size)
        self._canvas.drawString(x, A4[1] - y, text)

    def rows(self, y: float, rows: Rows, places: Sequence[float], step: float = 17) -> float:
        """Rows without rules, each cell at its column's place; returns where they end."""
        for row in rows:
            for x, cell in zip(places, row, strict=False):
                self.put(x, y, cell)
            y += step
        return y

    def next_page(self) -> None:
        self._canvas.showPage()

    def done(self) -> bytes:
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()


def column_name(number: int) -> str:
    """The letters of a column, from 0."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def xlsx(sheets: Mapping[str, tuple[Mapping[tuple[int, int], str], Sequence[str]]]) -> bytes:
    """A workbook; a sheet has words by (row, column), from 0, and the ranges that are merged."""
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}.spreadsheetml.sheet.main+xml'
        '"/>' + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
            f'ContentType="{_OFFICE}.spreadsheetml.worksheet+xml"/>'
            for n in range(1, len(sheets) + 1)
        ) + "</Types>",
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>' + "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, name in enumerate(sheets, 1)
        ) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
        ),
    }  # fmt: skip
    for n, (cells, merged) in enumerate(sheets.values(), 1):
        rows: dict[int, list[str]] = {}
        for (row, column), words in sorted(cells.items()):
            rows.setdefault(row, []).append(_cell(f"{column_name(column)}{row + 1}", words))
        data = "".join(f'<row r="{r + 1}">{"".join(found)}</row>' for r, found in rows.items())
        joined = "".join(f'<mergeCell ref="{span}"/>' for span in merged)
        joined = f'<mergeCells count="{len(merged)}">{joined}</mergeCells>' if merged else ""
        files[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData>{joined}</worksheet>'
        )
    return _packed(files)


def placed(rows: Rows, row: int = 0, column: int = 0) -> dict[tuple[int, int], str]:
    """The cells of rows that begin at a place of a sheet; empty ones are not there."""
    return {
        (row + r, column + c): cell
        for r, cells in enumerate(rows)
        for c, cell in enumerate(cells)
        if cell
    }


def docx(body: str) -> bytes:
    """A Word file from the XML of its body; see `word_table` and `word_line`."""
    return _packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default '
            'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+'
            'xml"/><Override PartName="/word/document.xml" '
            f'ContentType="{_OFFICE}.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body>'
            "</w:document>",
        }
    )


def word_line(text: str, style: str = "") -> str:
    """A paragraph of a Word file."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def word_table(rows: Rows, header_rows: int = 1) -> str:
    """A table of a Word file.

    A cell "<" goes on with the one to its left, "^" with the one above; one that begins with
    "<w:" is XML.
    """
    made = []
    for n, row in enumerate(rows):
        cells: list[str] = []
        for c, words in enumerate(row):
            if words == "<":
                continue
            wide = 1
            while c + wide < len(row) and row[c + wide] == "<":
                wide += 1
            below = n + 1 < len(rows) and rows[n + 1][c] == "^"
            merge = '<w:vMerge w:val="restart"/>' if below else ""
            merge = "<w:vMerge/>" if words == "^" else merge
            span = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
            body = words if words.startswith("<w:") else word_line("" if words == "^" else words)
            body += "<w:p/>" if body.endswith("</w:tbl>") else ""
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{body}</w:tc>")
        head = "<w:trPr><w:tblHeader/></w:trPr>" if n < header_rows else ""
        made.append(f"<w:tr>{head}{''.join(cells)}</w:tr>")
    grid = "<w:gridCol/>" * len(rows[0])
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"


def _cell(place: str, words: str) -> str:
    if words.replace(".", "", 1).isdigit():
        return f'<c r="{place}"><v>{words}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(words)}</t></is></c>'


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    said = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{said}</Relationships>'


def _packed(files: Mapping[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return file.getvalue()
