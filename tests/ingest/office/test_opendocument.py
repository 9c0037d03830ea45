"""OpenDocument: texts, sheets, presentations."""

from collections.abc import Callable

import pytest

from ingest.document import Properties, Reading
from ingest.errors import ReadError

ReadBytes = Callable[..., Reading]
Archive = Callable[..., bytes]


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell{more}>{p(text) if text else ''}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"
STYLES = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/>
</style:style>
<style:style style:name="T2" style:family="text">
<style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="ta2" style:family="table">
<style:table-properties table:display="false"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-bullet text:level="2" text:bullet-char="•"/></text:list-style>
"""


def test_a_text(read_bytes: ReadBytes, odf: Archive) -> None:
    items = (
        '<text:list text:style-name="L1"><text:list-item>' + p("One") + "<text:list>"
        "<text:list-item>" + p("inner") + "</text:list-item></text:list></text:list-item>"
        "<text:list-item>" + p("Two") + "</text:list-item></text:list>"
    )
    table = "<table:table>" + "".join(
        (
            row(cell("City", ' table:number-rows-spanned="2"'),
                cell("Limit", ' table:number-columns-spanned="2"'), COVERED),
            row(COVERED, cell("a"), cell("b")),
            row(cell("Rome"), cell("60"), cell("80")),
        )
    ) + "</table:table>"  # fmt: skip
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        + p("net") + "</text:note-body></text:note>"
    )  # fmt: skip
    body = (
        "<text:tracked-changes><text:changed-region>" + p("GONE") + "</text:changed-region>"
        "</text:tracked-changes>" + p("Travel", "P1")
        + '<text:h text:outline-level="2">Hotels</text:h>'
        + p(f'Fees{note} 10<text:span text:style-name="T2">3</text:span>'
            '<text:span text:style-name="T1">SECRET</text:span><text:s text:c="2"/>EUR')
        + items + table
        + p("x<office:annotation><dc:creator>Ann</dc:creator>" + p("Why?") + "</office:annotation>")
    )  # fmt: skip
    reading = read_bytes(odf("text", body, STYLES), "a.odt")
    assert reading.parts[0].text.split("\n\n") == [
        "# Travel", "## Hotels", "Fees[^1] 10³  EUR", "[^1]: net",
        "1. One\n   - inner\n2. Two",
        "| City | Limit · a | Limit · b |\n|---|---|---|\n| Rome | 60 | 80 |",
        "x", "Ann: Why?",
    ]  # fmt: skip
    assert (reading.title, reading.unit) == ("Travel", None)
    assert reading.properties == Properties("Anna Meier", "2026-03-01", "")


def test_sheets(read_bytes: ReadBytes, odf: Archive) -> None:
    repeated = ' table:number-columns-repeated="16380"'
    stored = ' office:value-type="percentage" office:value="0.155"'
    body = (
        '<table:table table:name="价格">'
        + row(cell("产品"), cell("折扣"), cell("", repeated))
        + row(cell("水泵"), cell("", stored))
        + '<table:table-row table:number-rows-repeated="1048570">'
        + cell("", repeated) + "</table:table-row></table:table>"
        '<table:table table:name="旧" table:style-name="ta2">'
        + row(cell("a"), cell("b")) + row(cell("1"), cell("2")) + "</table:table>"
    )  # fmt: skip
    reading = read_bytes(odf("spreadsheet", body, STYLES), "a.ods")
    assert (reading.unit, reading.pages, reading.parts[1].name) == ("sheet", 2, "旧")
    assert reading.parts[0].text == "# 价格\n\n| 产品 | 折扣 |\n|---|---|\n| 水泵 | 15.5% |"
    assert reading.warnings == ["sheet '旧' is hidden; it was read all the same"]


def test_a_presentation(read_bytes: ReadBytes, odf: Archive) -> None:
    def frame(text: str, place: tuple[int, int], role: str = "") -> str:
        mark = f' presentation:class="{role}"' if role else ""
        return (
            f'<draw:frame{mark} svg:x="{place[0]}cm" svg:y="{place[1]}cm" svg:width="8cm" '
            f'svg:height="2cm"><draw:text-box>{p(text)}</draw:text-box></draw:frame>'
        )

    body = (
        "<draw:page>" + frame("Right", (14, 6)) + frame("Left", (2, 6))
        + frame("Plan", (2, 1), "title") + "<presentation:notes>"
        + frame("Say hello", (2, 10), "notes") + "</presentation:notes></draw:page>"
    )  # fmt: skip
    reading = read_bytes(odf("presentation", body), "a.odp")
    assert reading.parts[0].text == "# Plan\n\nLeft\n\nRight\n\nSay hello"
    assert (reading.title, reading.unit, reading.pages) == ("Plan", "slide", 1)


def test_a_locked_file_is_refused(read_bytes: ReadBytes, odf: Archive) -> None:
    manifest = {"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}
    with pytest.raises(ReadError) as caught:
        read_bytes(odf("text", p("x"), members=manifest), "a.odt")
    assert caught.value.reason == "encrypted"
