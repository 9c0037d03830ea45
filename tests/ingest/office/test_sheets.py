"""Spreadsheets: a part for each sheet, its tables with captions and headers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.document import Reading
from ingest.errors import ReadError

ReadBytes = Callable[..., Reading]
Archive = Callable[..., bytes]


def column(n: int) -> str:
    return chr(65 + n)


def rows(*lines: list[str | float | None], first: int = 1, merged: str = "") -> str:
    """The XML of rows: texts are written in place, numbers as such, "2@0.5": in format 2."""
    written = []
    for y, line in enumerate(lines, start=first):
        cells = []
        for x, value in enumerate(line):
            if isinstance(value, str) and "@" in value:
                style, number = value.split("@")
                cells.append(f'<x:c r="{column(x)}{y}" s="{style}"><x:v>{number}</x:v></x:c>')
            elif isinstance(value, str):
                text = f"<x:is><x:t>{value}</x:t></x:is>"
                cells.append(f'<x:c r="{column(x)}{y}" t="inlineStr">{text}</x:c>')
            elif value is not None:
                cells.append(f'<x:c r="{column(x)}{y}"><x:v>{value}</x:v></x:c>')
        written.append(f'<x:row r="{y}">{"".join(cells)}</x:row>')
    spans = "".join(f'<x:mergeCell ref="{ref}"/>' for ref in merged.split())
    return (
        '<x:dimension ref="A1:XFD1048576"/>'
        f"<x:sheetData>{''.join(written)}</x:sheetData><x:mergeCells>{spans}</x:mergeCells>"
    )


def blocks(reading: Reading, part: int = 0) -> list[str]:
    return reading.parts[part].text.split("\n\n")


def test_titles_are_captions_and_headers_of_two_rows_one(
    read_bytes: ReadBytes, xlsx: Archive
) -> None:
    sheet = rows(
        ["2026年销售", None, None],
        ["单位：万元", None, None],
        ["地区", "上半年", None],
        [None, "一季度", "二季度"],
        ["华北", 5, 7.25],
        ["华南", 6, 8],
        ["注：不含税", None, None],
        merged="A1:C1 A3:A4 B3:C3",
    )
    reading = read_bytes(xlsx({"销售": sheet}), "a.xlsx")
    assert (reading.unit, reading.pages, reading.lang) == ("sheet", 1, "zh")
    assert (reading.parts[0].number, reading.parts[0].name) == (1, "销售")
    assert blocks(reading) == [
        "# 销售",
        "2026年销售; 单位：万元",
        "| 地区 | 上半年 · 一季度 | 上半年 · 二季度 |\n|---|---|---|\n| 华北 | 5 | 7.25 |\n"
        "| 华南 | 6 | 8 |",
        "注：不含税",
    ]


def test_merged_labels_are_repeated_and_no_header(read_bytes: ReadBytes, xlsx: Archive) -> None:
    sheet = rows(
        ["Class", "City", "Limit"],
        ["One", "Rome", 60],
        [None, "Oslo", 80],
        ["Two", "Bern", 70],
        merged="A2:A3",
    )
    assert blocks(read_bytes(xlsx({"S": sheet}), "a.xlsx"))[1].split("\n")[2:] == [
        "| One | Rome | 60 |", "| One | Oslo | 80 |", "| Two | Bern | 70 |",
    ]  # fmt: skip


def test_empty_rows_and_columns_part_tables(read_bytes: ReadBytes, xlsx: Archive) -> None:
    sheet = rows(
        ["a", "b", None, None, "x", "y"],
        [1, 2, None, None, 8, 9],
        [],
        ["k", "l"],
        [3, 4],
    )
    assert blocks(read_bytes(xlsx({"S": sheet}), "a.xlsx"))[1:] == [
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "| x | y |\n|---|---|\n| 8 | 9 |",
        "| k | l |\n|---|---|\n| 3 | 4 |",
    ]


def test_a_table_goes_on_behind_an_empty_row(read_bytes: ReadBytes, xlsx: Archive) -> None:
    sheet = rows(["name", "sum"], ["North", 2], [], ["Total", 2])
    assert blocks(read_bytes(xlsx({"S": sheet}), "a.xlsx"))[1].endswith("| Total | 2 |")


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("General", 0.30000000000000004, "0.3"),
        ("General", 12345678, "12345678"),
        ("0%", 0.15, "15%"),
        ("0.00%", 0.1234, "12.34%"),
        ("#,##0.00", 1234567.891, "1,234,567.89"),
        ("0.0", 0.25, "0.3"),
        ('"¥"#,##0;[Red]-"¥"#,##0', -1200, "-¥1,200"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 0, "-"),
        ("[$€-407] #,##0", 99, "€ 99"),
        ("#,##0,,", 12_000_000, "12"),
        ("0.00E+00", 12345, "1.23E+04"),
        ("# ?/?", 1.5, "1 1/2"),
        ("000000", 42, "000042"),
        ("000-0000", 5551234, "555-1234"),
        ('0"元"', 12, "12元"),
        ('[>=10]"many";"few"', 12, "many"),
        ("yyyy/m/d", 46356, "2026-11-30"),
        ("m/d/yy h:mm", 46356.75, "2026-11-30 18:00"),
        ('yyyy"年"m"月"d"日"', 46356, "2026年11月30日"),
        ('h"时"mm"分"', 0.5, "12时00分"),
        ("yyyy-mm", 46356, "2026-11"),
        ("[h]:mm", 1.5, "36:00"),
        ("h:mm:ss", 0.25, "06:00:00"),
        (";;;", 5, ""),
    ],
)
def test_numbers_and_dates_are_read_as_shown(
    read_bytes: ReadBytes, xlsx: Archive, code: str, number: float, shown: str
) -> None:
    sheet = rows(["name", "value"], ["x", f"1@{number!r}"], ["y", "z"])
    text = blocks(read_bytes(xlsx({"S": sheet}, codes=(code,)), "a.xlsx"))[1]
    assert text.split("\n")[2] == f"| x | {shown} |"


def test_strings_formulas_and_errors(read_bytes: ReadBytes, xlsx: Archive) -> None:
    strings = (
        "<x:si><x:r><x:t>Two </x:t></x:r><x:r><x:t>parts</x:t></x:r>"
        "<x:rPh><x:t>no</x:t></x:rPh></x:si>"
    )
    sheet = (
        '<x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="str"><x:f>A1</x:f>'
        '<x:v>kept</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c>'
        '<x:c t="s"><x:v>99</x:v></x:c><x:c><x:f>1+1</x:f></x:c></x:row></x:sheetData>'
    )
    reading = read_bytes(xlsx({"S": sheet}, strings=strings), "a.xlsx")
    assert blocks(reading)[1] == "| Two parts | kept | #N/A | TRUE |"
    assert reading.warnings == [
        "1 formula of sheet 'S' has no value stored; open and save it in its program"
    ]


def test_a_formula_with_an_empty_value_is_told_unless_its_value_is_an_empty_text(
    read_bytes: ReadBytes, xlsx: Archive
) -> None:
    sheet = (
        "<x:sheetData><x:row><x:c><x:v>7</x:v></x:c><x:c><x:f>1+1</x:f><x:v/></x:c>"
        "<x:c><x:f>1+2</x:f><x:v></x:v></x:c>"
        '<x:c t="str"><x:f>IF(A1,"")</x:f><x:v></x:v></x:c></x:row></x:sheetData>'
    )
    assert read_bytes(xlsx({"S": sheet}), "a.xlsx").warnings == [
        "2 formulas of sheet 'S' have no value stored; open and save it in its program"
    ]


def test_comments_and_hidden_sheets(
    read_bytes: ReadBytes, xlsx: Archive, rels: Callable[..., str], xml: Callable[[str, str], str]
) -> None:
    comments = xml(
        "x:comments",
        "<x:authors><x:author>Ann</x:author></x:authors><x:commentList>"
        '<x:comment ref="B2" authorId="0"><x:text><x:r><x:t>Ann:</x:t></x:r>'
        "<x:r><x:t> check</x:t></x:r></x:text></x:comment></x:commentList>",
    )
    data = xlsx(
        {"S": rows(["a", "b"], [1, 2]), "Old": rows(["c", "d"], [3, 4])},
        hidden=("Old",),
        members={
            "xl/worksheets/_rels/s0.xml.rels": rels({"c": ("comments", "../c.xml")}),
            "xl/c.xml": comments,
        },
    )
    reading = read_bytes(data, "a.xlsx")
    assert blocks(reading)[-1] == "B2 Ann: check"
    assert reading.warnings == ["sheet 'Old' is hidden; it was read all the same"]
    assert reading.parts[1].text.startswith("# Old")


def test_a_sheet_that_is_cut_off_is_read_so_far(read_bytes: ReadBytes, xlsx: Archive) -> None:
    data = xlsx({"S": ""}, members={"xl/worksheets/s0.xml": _cut()})
    reading = read_bytes(data, "a.xlsx")
    assert "| 1 | 2 |" in reading.parts[0].text
    assert reading.warnings == ["sheet 'S' is broken; read up to row 2"]


def _cut() -> str:
    names = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return f"<x:worksheet {names}>{rows(['a', 'b'], [1, 2], [3, 4])}".partition('<x:row r="3">')[0]


def test_cells_far_apart_make_no_table(read_bytes: ReadBytes, xlsx: Archive) -> None:
    """A sheet may claim any size: only its filled cells are held."""
    cells = "".join(
        f'<x:row r="{n}"><x:c r="{"XFD" if n % 2 else "A"}{n}"><x:v>{n}</x:v></x:c></x:row>'
        for n in range(1, 3000)
    )
    text = read_bytes(xlsx({"S": f"<x:sheetData>{cells}</x:sheetData>"}), "a.xlsx").parts[0].text
    assert len(text) < 30_000
    assert text.endswith("2999")


def test_a_merge_over_the_whole_sheet_is_bounded(read_bytes: ReadBytes, xlsx: Archive) -> None:
    sheet = rows(["all", None], [None, "z"], merged="A1:XFD1048576")
    assert "z" in read_bytes(xlsx({"S": sheet}), "a.xlsx").parts[0].text


def test_empty_sheets_are_no_document(read_bytes: ReadBytes, xlsx: Archive) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(xlsx({"Sheet1": rows(), "Sheet2": rows()}), "a.xlsx")
    assert caught.value.reason == "empty"


def test_an_old_workbook(read_bytes: ReadBytes) -> None:
    reading = read_bytes((Path(__file__).parent / "price-list.xls").read_bytes(), "价格.xls")
    assert (reading.unit, reading.lang) == ("sheet", "zh")
    assert blocks(reading) == [
        "# 价格",
        "2026年价格",
        "| 产品 | 单价 · 含税 | 单价 · 不含税 | 日期 | 折扣 |\n|---|---|---|---|---|\n"
        "| 水泵 | 1,200.50 | 1,062.39 | 2026-11-30 | 15% |\n"
        "| 阀门 | 80.00 | 70.80 | 2026-12-01 | 5% |",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [["Who", "Where", "What"], ["Eve", "Ulm", "cook"], ["Tom", "Ely", "cook"], [],
         ["Ida", "Pau", "cook"], ["Max", "Spa", "guard"]],
        [["Who", "Desk"], ["Eve", "D-12"], ["Tom", "D-7"], [], ["Ida", "D-104"]],
        [["Who", "Where"], [], ["Eve", "Ulm"], ["Tom", "Ely"]],
        [["Who", "Age"], [], ["Eve", 41], ["Tom", 39]],
    ],
)  # fmt: skip
def test_an_empty_row_ends_no_table(
    lines: list[list[str | float | None]], read_bytes: ReadBytes, xlsx: Archive
) -> None:
    found = blocks(read_bytes(xlsx({"S": rows(*lines)}), "a.xlsx"))
    assert len(found) == 2
    assert [row.count("|") for row in found[1].split("\n")] == [len(lines[0]) + 1] * len(lines)


@pytest.mark.parametrize(
    "lines",
    [
        [["Who", "Where"], ["Eve", "Ulm"], [], ["Tool", "Shelf"], ["saw", "left"]],
        [["Who", "Where"], ["Eve", "Ulm"], [], ["Who", "Where"], ["Tom", "Ely"]],
        [["Unit: EUR", "Year: 2026"], [], ["Tool", "Price"], ["saw", 12]],
        [["Tool", "Shelf"], [], ["Who", "Age"], ["Eve", 41]],
    ],
)
def test_a_header_below_an_empty_row_begins_a_table(
    lines: list[list[str | float | None]], read_bytes: ReadBytes, xlsx: Archive
) -> None:
    assert len(blocks(read_bytes(xlsx({"S": rows(*lines)}), "a.xlsx"))) == 3


def test_long_numbers_keep_all_their_digits(read_bytes: ReadBytes, xlsx: Archive) -> None:
    line = ["card", "0@622848040256489018", "1@110101199003070003"]
    data = xlsx({"S": rows(["what", "a", "b"], line)}, codes=("General", "0"))
    assert blocks(read_bytes(data, "a.xlsx"))[1].endswith(
        "| card | 622848040256489018 | 110101199003070003 |"
    )


def test_words_above_and_below_the_pages_are_read(read_bytes: ReadBytes, xlsx: Archive) -> None:
    head = '&amp;L&amp;"Arial,Bold"&amp;12R&amp;&amp;D prices&amp;RPage &amp;P of &amp;N'
    sheet = rows(["Tool", "Price"], ["saw", 12]) + (
        f"<x:headerFooter><x:oddHeader>{head}</x:oddHeader>"
        "<x:oddFooter>&amp;CSecret</x:oddFooter><x:evenFooter>&amp;CSecret</x:evenFooter>"
        "</x:headerFooter>"
    )
    found = blocks(read_bytes(xlsx({"S": sheet}), "a.xlsx"))
    assert found[:3] == ["# S", "R&D prices", "Secret"]
