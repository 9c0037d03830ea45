"""CSV, JSON and XML: rows, names and values."""

import json
from collections.abc import Callable

import pytest

from ingest.document import Reading
from ingest.errors import ReadError

ReadBytes = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Name,EUR\nLime,20\n", ["| Name | EUR |", "|---|---|", "| Lime | 20 |"]),
        ("Name;EUR\nLime;1,50\nOak;2,50\n", ["| Name | EUR |", "|---|---|", "| Lime | 1,50 |",
                                            "| Oak | 2,50 |"]),
        ("Name\tEUR\nLime, small\t20\n", ["| Name | EUR |", "|---|---|", "| Lime, small | 20 |"]),
        ("Name|EUR\nLime|20\n", ["| Name | EUR |", "|---|---|", "| Lime | 20 |"]),
        ("sep=;\nName;EUR\nLime;20\n", ["| Name | EUR |", "|---|---|", "| Lime | 20 |"]),
        ('Name,Text\n"A, ""b""","two\nlines"\n', ["| Name | Text |", "|---|---|",
                                                 '| A, "b" | two lines |']),
        ("A,B\nx,1,more\ny\n", ["| A | B |  |", "|---|---|---|", "| x | 1 | more |",
                                "| y |  |  |"]),
        ("1,2.5,3\n4,5.5,6\n", ["| 1 | 2.5 | 3 |", "| 4 | 5.5 | 6 |"]),
        ("Prices 2026,,\n\nName,EUR,USD\nLime,20,21\n",
         ["Prices 2026", "", "| Name | EUR | USD |", "|---|---|---|", "| Lime | 20 | 21 |"]),
        ("City,2024,2025\nBern,1,2\n", ["| City | 2024 | 2025 |", "|---|---|---|",
                                        "| Bern | 1 | 2 |"]),
        ("A,B\n=1+1,=cmd|'/c calc'!A1\n", ["| A | B |", "|---|---|",
                                          "| =1+1 | =cmd\\|'/c calc'!A1 |"]),
        ('A,B\n5" pipe,2\nx,3\n', ["| A | B |", "|---|---|", '| 5" pipe | 2 |', "| x | 3 |"]),
        ('no,tags\n1,"a;b"\n2,"c;d"\n3,"e;f"\n', ["| no | tags |", "|---|---|", "| 1 | a;b |",
                                                "| 2 | c;d |", "| 3 | e;f |"]),
        ('"A|B","C|D"\n"a|b","c|d"\n', ["| A\\|B | C\\|D |", "|---|---|", "| a\\|b | c\\|d |"]),
        ("no,name,tags\n" + "1,Lime,a;b\n" * 20, ["| no | name | tags |", "|---|---|---|",
                                                 *["| 1 | Lime | a;b |"] * 20]),
        ("Only\none\ncolumn\n", ["Only", "one", "column"]),
    ],
)  # fmt: skip
def test_rows_of_cells(read_bytes: ReadBytes, text: str, rows: list[str]) -> None:
    assert read_bytes(text, "a.csv").source(None).split("\n") == rows


def test_rows_in_chinese_and_with_long_cells(read_bytes: ReadBytes) -> None:
    data = "问题,回答\n可以吗？,".encode("gb18030") + ("可以，" * 100).encode("gb18030")
    reading = read_bytes(data, "a.csv")
    assert reading.lang == "zh"
    assert reading.source(None).startswith("- 问题: 回答\n\n- 可以吗？: 可以，可以")
    assert reading.parts[0].blocks[1].header == "| 问题 | 回答 |\n可以吗？"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_text_of_rows_that_tabs_part_is_a_table(read_bytes: ReadBytes, encoding: str) -> None:
    rows = "".join(f'Room {n}\t"{n * 3}, of oak"\t{n * 7}\r\n' for n in range(200))
    (part,) = read_bytes(f"Room\tDesks\tEUR\r\n{rows}".encode(encoding), "a.txt").parts
    (table,) = part.blocks
    assert table.header == "| Room | Desks | EUR |"
    assert "| Room 9 | 27, of oak | 63 |" in part.text


@pytest.mark.parametrize(
    "text",
    [
        "Name:\tUte\nRoom:\tLime\nFloor:\t3\n",
        "one\ttwo\nthree\tfour\nfive\tsix\n",
        "\tbegun with\ta tab\n\tand\tagain\n\tand\tagain\n",
        "Room\tDesks\tEUR\nLime\t3\t20\nOak\t4\t30\n\nThe prices are of May.\nAll of them.\n",
    ],
)
def test_other_texts_with_tabs_stay_texts(read_bytes: ReadBytes, text: str) -> None:
    (part,) = read_bytes(text, "a.txt").parts
    assert part.text.split() == text.split()
    assert not part.blocks


def test_many_rows_keep_their_header(read_bytes: ReadBytes) -> None:
    rows = "".join(f"{n},Name {n},{n * 7 % 100}\n" for n in range(20_000))
    (part,) = read_bytes(f"no,name,score\n{rows}", "a.csv").parts
    (table,) = part.blocks
    assert table.header == "| no | name | score |"
    assert part.text.count("\n") == 20_001


def test_objects_and_lists_of_json(read_bytes: ReadBytes) -> None:
    value = {
        "title": "Rooms 房间",
        "owner": {"name": "Ute", "mail": None, "open": True},
        "rooms": [{"name": "Lime", "price": 1.10}, {"name": "Oak", "price": 20}],
        "tags": ["small", "cheap"],
    }
    reading = read_bytes(json.dumps(value, ensure_ascii=False), "a.json")
    assert reading.title == "Rooms 房间"
    text = reading.source(None).replace("1.1 ", "1.10 ")
    assert text == (
        "title: Rooms 房间\nowner.name: Ute\nowner.open: true\n\n# rooms\n\n"
        "| name | price |\n|---|---|\n| Lime | 1.10 |\n| Oak | 20 |\n\ntags: small, cheap"
    )


def test_figures_stay_as_written(read_bytes: ReadBytes) -> None:
    figures = '{"version": 1.10, "big": 12345678901234567890123, "small": 1e-7}'
    text = read_bytes(figures, "a.json").source(None)
    assert text == "version: 1.10\nbig: 12345678901234567890123\nsmall: 1e-7"


def test_objects_with_lists_in_them_have_headings(read_bytes: ReadBytes) -> None:
    orders = [
        {"order": "A7", "items": [{"sku": "x", "n": 1}, {"sku": "y", "n": 2}]},
        {"order": "B8"},
    ]
    reading = read_bytes(json.dumps(orders), "a.json")
    found = [(s.metadata["heading"], s.page_content) for s in reading.sections]
    assert ("order: A7 > items", "| sku | n |\n|---|---|\n| x | 1 |\n| y | 2 |") in found
    assert ("order: B8", "order: B8") in found


def test_json_by_the_line(read_bytes: ReadBytes) -> None:
    for name in ("a.jsonl", "a.ndjson", "a.json"):
        reading = read_bytes('{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n{"a": \n', name)
        assert reading.source(None) == "| a | b |\n|---|---|\n| 1 | x |\n| 2 | y |"
        assert reading.warnings == ["1 of 3 lines left out: they are no JSON"]


def test_broken_json_is_read_as_text(read_bytes: ReadBytes) -> None:
    reading = read_bytes('{"room": "Lime", "price": ', "a.json")
    assert reading.source(None) == '{"room": "Lime", "price":'
    assert "read as plain text" in reading.warnings[0]


def test_xml_of_data(read_bytes: ReadBytes) -> None:
    xml = (
        '<?xml version="1.0"?><!DOCTYPE order SYSTEM "order.dtd"><o:order xmlns:o="urn:x" no="7">'
        "<customer><name>Ute</name><city>Bern</city></customer>"
        "<item><sku>x</sku><n>1</n></item><item><sku>y</sku><n>2</n></item>"
        "<note>Ring &amp; <b>wait</b>, R&eacute;ne</note></o:order>"
    )
    assert read_bytes(xml, "a.xml").source(None) == (
        "order: no: 7\n\ncustomer.name: Ute\ncustomer.city: Bern\n\nitem\n\n"
        "| sku | n |\n|---|---|\n| x | 1 |\n| y | 2 |\n\nnote: Ring & wait, Réne"
    )


def test_xml_of_documents(read_bytes: ReadBytes) -> None:
    xml = (
        "<book><title>Guide</title><chapter><title>One</title><para>First <em>word</em>.</para>"
        "<para>Second.</para></chapter></book>"
    )
    reading = read_bytes(xml, "a.xml")
    assert reading.title == "Guide"
    found = [(s.metadata["heading"], s.page_content) for s in reading.sections]
    assert found == [("One", "First word.\n\nSecond.")]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ('<?xml version="1.0" encoding="gb2312"?><a>镕基</a>'.encode("gb18030"), "a: 镕基"),
        ('<?xml version="1.0" encoding="utf-16"?><a>镕基</a>'.encode("utf-16"), "a: 镕基"),
        (b"<a><x>one</x><y>cut sho", "x: one\ny: cut sho"),
        (b"<a><x>AT&T &#38; S</x><y><![CDATA[a & b <c>]]></y></a>", "x: AT&T & S\ny: a & b <c>"),
    ],
)
def test_xml_in_many_writings(read_bytes: ReadBytes, data: bytes, text: str) -> None:
    reading = read_bytes(data, "a.xml")
    assert reading.source(None) == text
    is_cut = b"cut" in data
    assert bool(reading.warnings) == is_cut


def test_what_is_no_xml_is_damaged(read_bytes: ReadBytes) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes("just words", "a.xml")
    assert caught.value.reason == "damaged"


def test_a_workbook_as_one_file_of_xml(read_bytes: ReadBytes) -> None:
    """Many programs give their lists out like this, and call it XLS."""

    def cell(value: str, kind: str = "String", more: str = "") -> str:
        return f'<Cell {more}><Data ss:Type="{kind}">{value}</Data></Cell>'

    name, styled = "urn:schemas-microsoft-com:office:spreadsheet", "ss:StyleID='s1'"
    data = (
        f'<?xml version="1.0"?><Workbook xmlns="{name}" xmlns:ss="{name}"><Styles>'
        '<Style ss:ID="s1"><NumberFormat ss:Format="0%"/></Style></Styles>'
        '<Worksheet ss:Name="价目"><Table><Row>'
        f"{cell('产品')}{cell('单价')}{cell('折扣')}{cell('日期')}</Row><Row>{cell('HL-200')}"
        f"{cell('268', 'Number')}{cell('0.15', 'Number', styled)}"
        f"{cell('2026-11-30T00:00:00.000', 'DateTime')}</Row><Row>{cell('HL-300')}"
        + cell("0.2", "Number", f"ss:Index='3' {styled}")
        + "</Row></Table></Worksheet>"
        "</Workbook>"
    )
    reading = read_bytes(data, "a.xls")
    assert (reading.unit, reading.parts[0].name) == ("sheet", "价目")
    assert reading.parts[0].text.split("\n")[2:] == [
        "| 产品 | 单价 | 折扣 | 日期 |", "|---|---|---|---|",
        "| HL-200 | 268 | 15% | 2026-11-30 |", "| HL-300 |  | 20% |  |",
    ]  # fmt: skip


def test_a_text_of_word_as_one_file_of_xml(read_bytes: ReadBytes) -> None:
    def p(*runs: str, style: str = "") -> str:
        kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{kind}{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"

    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in cells)}</w:tr>"

    data = (
        '<?xml version="1.0"?><w:wordDocument '
        'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
        f"{p('差旅', '制度', style='Heading1')}{p('每晚', '600', '元。')}"
        f"<w:tbl>{row('城市', '上限')}{row('北京', '600')}</w:tbl></w:body></w:wordDocument>"
    )
    reading = read_bytes(data, "a.doc")
    assert reading.title == "差旅制度"
    assert reading.source(None) == (
        "# 差旅制度\n\n每晚600元。\n\n| 城市 | 上限 |\n|---|---|\n| 北京 | 600 |"
    )


def test_entries_of_a_feed_are_read_without_their_marks(read_bytes: ReadBytes) -> None:
    entries = "".join(
        f"<item><title>{n}</title><description>&lt;p&gt;We &lt;b&gt;moved&lt;/b&gt; {n} times"
        "&lt;/p&gt;</description></item>"
        for n in ("Two", "Ten")
    )
    text = read_bytes(f"<rss><channel>{entries}</channel></rss>", "a.xml").source(None)
    assert "| Two | We moved Two times |" in text


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx"])
def test_rows_under_the_name_of_a_workbook(read_bytes: ReadBytes, name: str) -> None:
    for rows in ("房间,价格\n青柠,20\n", "房间\t价格\n青柠\t20\n"):
        reading = read_bytes(rows, name)
        assert reading.texts == ["| 房间 | 价格 |\n|---|---|\n| 青柠 | 20 |"]


def test_half_a_character_is_no_text(read_bytes: ReadBytes) -> None:
    reading = read_bytes(
        r'{"name \ud83d": "half of a face: \ud83d, a whole one: \ud83d\ude00"}', "a.json"
    )
    assert "half of a face: �, a whole one: 😀" in reading.source(None)
    assert reading.source(None).encode()


def test_entities_of_its_own_are_told(read_bytes: ReadBytes) -> None:
    data = (
        '<!DOCTYPE a [<!ENTITY firm "Brandl">]><a><b>Of &firm; &amp; &firm;</b><![CDATA[&x;]]></a>'
    )
    reading = read_bytes(data, "a.xml")
    assert reading.warnings == ["2 entities of its own are left out"]
    assert read_bytes("<a>Cost &amp; price</a>", "a.xml").warnings == []
