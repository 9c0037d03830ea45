"""A Markdown text as a Word document and as a PDF, with its headings, lists and tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

_HAN = re.compile(r"[\u3000-\u9fff\uff00-\uffef]+")
_FONT, _HAN_FONT = "Helvetica", "STSong-Light"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Piece:
    """A heading ("h1" to "h6"), a paragraph ("p"), an item ("-" or "3."), a table, or code."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def pieces(markdown: str) -> Iterator[Piece]:
    """Give what a Markdown text consists of."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    lists: list[list[Any]] = []  # of each that is open: the number of the next item, or "-"
    marker, heading = "", ""
    rows: list[list[str]] = []
    in_table = False
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                lists.append(["-"])
            case "ordered_list_open":
                lists.append([int(token.attrGet("start") or 1)])
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                here = lists[-1]
                marker = "-" if here[0] == "-" else f"{here[0]}."
                here[0] = "-" if here[0] == "-" else here[0] + 1
            case "heading_open":
                heading = token.tag
            case "table_open":
                rows, in_table = [], True
            case "tr_open":
                rows.append([])
            case "table_close":
                in_table = False
                yield Piece("table", rows=tuple(map(tuple, rows)))
            case "inline" if in_table:
                rows[-1].append(_said(token))
            case "inline" if heading:
                yield Piece(heading, _said(token))
                heading = ""
            case "inline" if marker:
                yield Piece(marker, _said(token), len(lists) - 1)
                marker = ""
            case "inline":
                yield Piece("p", _said(token))
            case "fence" | "code_block":
                yield Piece("code", token.content)


def _said(token: Token) -> str:
    words = ""
    for one in token.children or ():
        words += "\n" if one.type in ("softbreak", "hardbreak") else one.content
    return words


def as_docx(markdown: str) -> bytes:
    """Return a Word document; its lists are numbered by Word."""
    body, lists = "", [""]
    last = ""
    for piece in pieces(markdown):
        if piece.kind == "table":
            body += "<w:tbl>" + "".join(map(_docx_row, piece.rows)) + "</w:tbl>"
        elif piece.kind[0] == "h":
            style = f'<w:pPr><w:pStyle w:val="Heading{piece.kind[1]}"/></w:pPr>'
            body += _docx_paragraph(piece.text, style)
        elif piece.kind in ("p", "code"):
            body += _docx_paragraph(piece.text)
        else:
            counted = piece.kind != "-"
            begins = piece.level == 0 and (last in ("p", "table", "h", "") or len(lists) == 1)
            if begins:
                lists.append("decimal" if counted else "bullet")
            listed = f'<w:ilvl w:val="{piece.level}"/><w:numId w:val="{len(lists) - 1}"/>'
            body += _docx_paragraph(piece.text, f"<w:pPr><w:numPr>{listed}</w:numPr></w:pPr>")
        last = "h" if piece.kind[0] == "h" else piece.kind
    names = range(1, 7)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/>'
        f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
        for n in names
    )
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{_docx_levels(form)}</w:abstractNum>'
        for n, form in enumerate(lists) if form
    ) + "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n, form in enumerate(lists) if form
    )  # fmt: skip
    members = {
        "document": f"<w:body>{body}<w:sectPr/></w:body>", "styles": styles, "numbering": numbering,
    }  # fmt: skip
    kinds = {"document": "document.main", "styles": "styles", "numbering": "numbering"}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_OFFICE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES.format(types))
        archive.writestr("_rels/.rels", _related({"officeDocument": "word/document.xml"}))
        archive.writestr(
            "word/_rels/document.xml.rels",
            _related({"styles": "styles.xml", "numbering": "numbering.xml"}),
        )
        for name, content in members.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{_W}">{content}</w:{name}>')
    return data.getvalue()


def _related(targets: dict[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items())
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{package}">{lines}</Relationships>'


def _docx_levels(form: str) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{f"%{n + 1}." if form == "decimal" else "•"}"/></w:lvl>'
        for n in range(6)
    )


def _docx_paragraph(text: str, properties: str = "") -> str:
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:p>{properties}<w:r>{lines}</w:r></w:p>"


def _docx_row(row: tuple[str, ...]) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{_docx_paragraph(cell)}</w:tc>' for cell in row)}</w:tr>"


def as_pdf(markdown: str) -> bytes:
    """Return a PDF of A4 pages with page numbers; its tables have rules."""
    if _HAN_FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(_HAN_FONT))
    breaks = "CJK" if len("".join(_HAN.findall(markdown))) * 3 > len(markdown) else "LTR"
    plain = ParagraphStyle(
        "plain", fontName=_FONT, fontSize=10, leading=14, spaceAfter=6, wordWrap=breaks
    )
    cell = ParagraphStyle("cell", plain, fontSize=9, leading=12, spaceAfter=0)
    flow: list[Any] = []
    for piece in pieces(markdown):
        if piece.kind == "table":
            rows = [[Paragraph(_fonts(text), cell) for text in row] for row in piece.rows]
            style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1),
                     "TOP")]  # fmt: skip
            flow += [Table(rows, style=style, repeatRows=1), Spacer(1, 8)]
        elif piece.kind[0] == "h":
            size = (20, 15, 12, 11, 10.5, 10.5)[int(piece.kind[1]) - 1]
            style_ = ParagraphStyle("head", plain, fontSize=size, leading=1.3 * size, spaceBefore=8)
            flow.append(Paragraph(f"<b>{_fonts(piece.text)}</b>", style_))
        elif piece.kind in ("p", "code"):
            flow.append(Paragraph(_fonts(piece.text), plain))
        else:
            indent = 14.0 * (piece.level + 1)
            style_ = ParagraphStyle(
                "item", plain, leftIndent=indent, bulletIndent=indent - 14, spaceAfter=2
            )
            mark = "\u2022" if piece.kind == "-" else piece.kind
            flow.append(Paragraph(_fonts(piece.text), style_, bulletText=mark))
    data = io.BytesIO()

    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont(_FONT, 8)
        canvas.drawCentredString(A4[0] / 2, 28, str(document.page))

    SimpleDocTemplate(data, pagesize=A4).build(flow, onFirstPage=foot, onLaterPages=foot)
    return data.getvalue()


def _fonts(text: str) -> str:
    """The text with Chinese in a font that has it."""
    said = escape(text).replace("\n", "<br/>")
    return _HAN.sub(lambda run: f'<font name="{_HAN_FONT}">{run[0]}</font>', said)
