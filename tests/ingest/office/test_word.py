"""Word documents: what stands there, as one sees it."""

from collections.abc import Callable

import pytest

from ingest.document import Properties, Reading
from ingest.errors import ReadError

ReadBytes = Callable[..., Reading]
Archive = Callable[..., bytes]
Xml = Callable[..., str]


def p(text: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{run}</w:p>"


def listed(text: str, number: int, level: int = 0) -> str:
    return p(text, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


STYLES = """
<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="a2"><w:name w:val="我的标题"/><w:basedOn w:val="a1"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="c"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="code"><w:name w:val="Source Code"/></w:style>
<w:style w:type="character" w:styleId="gone"><w:name w:val="Gone"/>
  <w:rPr><w:vanish/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
    <w:lvlText w:val="第%1章"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
    <w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
"""


def text_of(reading: Reading) -> str:
    return reading.parts[0].text


def test_headings_title_and_properties(read_bytes: ReadBytes, docx: Archive, core_xml: Xml) -> None:
    body = (
        p("差旅制度", "t") + p("目录一 1", "toc") + p("总则", "a1") + p("正文。") + p("住宿", "a2")
    )
    reading = read_bytes(docx(body, styles=STYLES, core=core_xml("文档1", "李雷")), "a.docx")
    blocks = [(b.kind, b.level, b.words) for b in reading.parts[0].blocks]
    assert blocks == [
        ("heading", 1, "差旅制度"),
        ("heading", 1, "总则"),
        ("paragraph", 0, ""),
        ("heading", 2, "住宿"),
    ]
    assert "目录一" not in text_of(reading)
    assert (reading.title, reading.unit, reading.lang) == ("差旅制度", None, "zh")
    assert reading.properties == Properties("李雷", "2026-03-01", "2026-11-30")


def test_lists_have_the_numbers_that_one_sees(read_bytes: ReadBytes, docx: Archive) -> None:
    body = (
        listed("总则", 1) + listed("目的", 1, 1) + listed("范围", 1, 1) + listed("附则", 1)
        + listed("生效", 1, 1) + listed("苹果", 2)
    )  # fmt: skip
    reading = read_bytes(docx(body, numbering=NUMBERING), "a.docx")
    assert text_of(reading).split("\n") == [
        "第一章 总则", "   1.1 目的", "   1.2 范围", "第二章 附则", "   2.1 生效", "- 苹果",
    ]  # fmt: skip


def test_numbers_of_headings_belong_to_them(read_bytes: ReadBytes, docx: Archive) -> None:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = p("总则", "a1", number) + p("正文。")
    reading = read_bytes(docx(body, styles=STYLES, numbering=NUMBERING), "a.docx")
    assert text_of(reading) == "# 第一章 总则\n\n正文。"


def test_what_was_deleted_or_is_hidden_is_not_read(read_bytes: ReadBytes, docx: Archive) -> None:
    body = (
        "<w:p><w:r><w:t>Pay within </w:t></w:r>"
        "<w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>30</w:t></w:r></w:ins><w:r><w:t> days</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> SECRET</w:t></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="gone"/></w:rPr><w:t> SECRET</w:t></w:r>'
        "<w:moveFrom><w:r><w:t>MOVED</w:t></w:r></w:moveFrom>"
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF a</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>.</w:t><w:fldChar w:fldCharType="end"/></w:r>'
        "</w:p>"
    )
    assert text_of(read_bytes(docx(body, styles=STYLES), "a.docx")) == "Pay within 30 days."


def test_merged_cells_stand_in_each_of_their_places(read_bytes: ReadBytes, docx: Archive) -> None:
    two, down, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = p("表1 价格", "c") + table(
        cell(p("产品"), down) + cell(p("2026年"), two),
        cell(p(""), on) + cell(p("一月")) + cell(p("二月")),
        cell(p("甲"), down) + cell(p("1")) + cell(p("2")),
        cell(p(""), on) + cell(p("3")) + cell(p("4")),
    )
    reading = read_bytes(docx(body, styles=STYLES), "a.docx")
    assert text_of(reading).split("\n\n") == [
        "表1 价格",
        "| 产品 | 2026年 · 一月 | 2026年 · 二月 |\n|---|---|---|\n| 甲 | 1 | 2 |\n| 甲 | 3 | 4 |",
    ]
    assert [b.kind for b in reading.parts[0].blocks] == ["caption", "table"]
    assert reading.parts[0].blocks[1].header.startswith("表1 价格\n| 产品")


@pytest.mark.parametrize(("line", "kind"), [
    ("表2-1 差旅上限", "caption"), ("Table 3: Limits", "caption"), ("表一", "caption"),
    ("表1列出了各地的上限。", "paragraph"), ("表格如下", "paragraph"), ("Tablet", "paragraph"),
])  # fmt: skip
def test_a_line_above_a_table_may_be_its_caption_without_a_style(
    read_bytes: ReadBytes, docx: Archive, line: str, kind: str
) -> None:
    body = p(line) + table(cell(p("a")) + cell(p("b")), cell(p("1")) + cell(p("2")))
    blocks = read_bytes(docx(body), "a.docx").parts[0].blocks
    assert [block.kind for block in blocks] == [kind, "table"]


def test_embedded_files_are_told(read_bytes: ReadBytes, docx: Archive) -> None:
    data = docx(p("Text"), {"o": ("package", "embeddings/a.xlsx")})
    assert read_bytes(data, "a.docx").warnings == ["1 embedded file left out"]


def test_a_table_of_one_cell_frames_what_is_in_it(read_bytes: ReadBytes, docx: Archive) -> None:
    inner = table(cell(p("a")) + cell(p("b")), cell(p("1")) + cell(p("2")))
    body = table(cell(p("Notice", "a1") + p("Read this.") + inner))
    kinds = [b.kind for b in read_bytes(docx(body, styles=STYLES), "a.docx").parts[0].blocks]
    assert kinds == ["heading", "paragraph", "table"]


def test_notes_and_comments_stand_where_they_belong(
    read_bytes: ReadBytes, docx: Archive, xml: Xml
) -> None:
    body = (
        '<w:p><w:r><w:t>Fees</w:t><w:footnoteReference w:id="2"/></w:r>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>' + p("After.")
    )
    notes = xml("w:footnotes", f'<w:footnote w:id="2">{p("Without tax.")}</w:footnote>')
    comments = xml(
        "w:comments",
        f'<w:comment w:id="0" w:author="Ann" w:date="2026-05-04T01:00:00Z">{p("Why?")}</w:comment>',
    )
    targets = {"n": ("footnotes", "notes.xml"), "c": ("comments", "comments.xml")}
    reading = read_bytes(docx(body, targets, word__notes=notes, word__comments=comments), "a.docx")
    assert text_of(reading).split("\n\n") == [
        "Fees[^2]", "[^2]: Without tax.", "Ann (2026-05-04): Why?", "After.",
    ]  # fmt: skip
    assert [b.kind for b in reading.parts[0].blocks][1:3] == ["footnote", "note"]


def test_headers_and_footers_are_read_once_without_page_numbers(
    read_bytes: ReadBytes, docx: Archive, xml: Xml
) -> None:
    page = (
        "<w:p><w:r><w:t>第</w:t></w:r>"
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple>'
        "<w:r><w:t>页</w:t></w:r></w:p>"
    )
    section = '<w:sectPr><w:headerReference w:type="default" r:id="h{0}"/></w:sectPr>'
    body = f"<w:p><w:pPr>{section.format(1)}</w:pPr></w:p>{p('正文。')}{section.format(2)}"
    targets = {"h1": ("header", "h1.xml"), "h2": ("header", "h2.xml")}
    header = xml("w:hdr", p("编号 QM-07") + page)
    reading = read_bytes(docx(body, targets, word__h1=header, word__h2=header), "a.docx")
    assert text_of(reading) == "编号 QM-07\n\n正文。"


def test_equations_boxes_code_and_raised_figures(read_bytes: ReadBytes, docx: Archive) -> None:
    fraction = (
        "<m:oMath><m:sSup><m:e><m:f><m:num><m:r><m:t>x</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>π</m:t></m:r></m:den></m:f></m:e>"
        "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    box = "<wps:txbx><w:txbxContent>" + p("In the box") + "</w:txbxContent></wps:txbx>"
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{p('In the box')}"
        "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    raised = (
        '<w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        "<w:t>3</w:t></w:r>"
    )
    body = (
        f"<w:p>{fraction}</w:p><w:p>{raised}{drawing}</w:p>"
        + p("a = 1", "code") + p("b = 2", "code")
    )  # fmt: skip
    assert text_of(read_bytes(docx(body, styles=STYLES), "a.docx")).split("\n\n") == [
        r"${\frac{x}{\pi }}^{2}$", "10³", "In the box", "```\na = 1\nb = 2\n```",
    ]  # fmt: skip


def test_charts_are_tables(read_bytes: ReadBytes, docx: Archive, xml: Xml) -> None:
    def points(*values: str) -> str:
        return "".join(f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in enumerate(values))

    chart = xml(
        "c:chartSpace",
        "<c:chart><c:title><a:p><a:r><a:t>Sales</a:t></a:r></a:p></c:title><c:plotArea><c:ser>"
        f"<c:tx>{points('EUR')}</c:tx><c:cat>{points('North', 'South')}</c:cat>"
        f"<c:val>{points('4.300000000000001', '2')}</c:val></c:ser></c:plotArea></c:chart>",
    )
    body = '<w:p><w:r><w:drawing><c:chart r:id="k"/></w:drawing></w:r></w:p>'
    reading = read_bytes(docx(body, {"k": ("chart", "chart.xml")}, word__chart=chart), "a.docx")
    assert text_of(reading) == "Sales\n\n|  | EUR |\n|---|---|\n| North | 4.3 |\n| South | 2 |"


def test_a_document_of_pictures_needs_text_recognition(
    read_bytes: ReadBytes, docx: Archive
) -> None:
    body = '<w:p><w:r><w:drawing><a:blip r:embed="i"/></w:drawing></w:r></w:p>'
    data = docx(body, {"i": ("image", "media/i.png")})
    for ocr, reason in ((False, "needs-ocr"), (True, "empty")):
        with pytest.raises(ReadError) as caught:
            read_bytes(data, "a.docx", ocr=ocr)
        assert caught.value.reason == reason


def test_what_is_broken_is_left_out_with_a_warning(read_bytes: ReadBytes, docx: Archive) -> None:
    data = docx(p("Kept."), {"n": ("footnotes", "notes.xml")}, word__notes="no XML")
    reading = read_bytes(data, "a.docx")
    assert text_of(reading) == "Kept."
    assert reading.warnings == ["word/notes.xml in it is broken; left out"]


def test_the_strict_form_is_read(read_bytes: ReadBytes, archive: Archive) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = archive(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{strict}"><w:body>{p("Text")}'
            "</w:body></w:document>",
        }
    )
    assert text_of(read_bytes(data, "a.docx")) == "Text"


def test_a_table_in_a_cell_stands_below_and_says_its_row(
    read_bytes: ReadBytes, docx: Archive
) -> None:
    inner = table(cell(p("Shift")) + cell(p("Extra")), cell(p("Night")) + cell(p("3.85")))
    body = table(
        cell(p("Subject")) + cell(p("Rule")),
        cell(p("Allowances")) + cell(p("On top of wages:") + inner + p("")),
        cell(p("Breaks")) + cell(p("Forty minutes")),
    )
    assert text_of(read_bytes(docx(body), "a.docx")) == (
        "| Subject | Rule |\n|---|---|\n| Allowances | On top of wages: |\n"
        "| Breaks | Forty minutes |\n\nAllowances On top of wages:\n\n"
        "| Shift | Extra |\n|---|---|\n| Night | 3.85 |"
    )
