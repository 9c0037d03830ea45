"""Rich documents of our own in flat OpenDocument, Chinese and English, and what they say."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_PARTS = {
    "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style",
    "presentation": "presentation", "meta": "meta", "svg": "svg-compatible",
    "number": "datastyle", "fo": "xsl-fo-compatible",
}  # fmt: skip
_NAMES = " ".join(
    (
        *(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for p, n in _PARTS.items()),
        'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
    )
)

Words = dict[str, Any]  # texts, and lists of them, by their place in the documents

WORDS: dict[str, Words] = tomllib.loads(
    Path(__file__).with_name("office_texts.toml").read_text("utf-8")
)


@dataclass
class Made:
    """A flat document, and what is expected of it."""

    xml: str
    said: list[str]  # in order
    beside: list[str] = field(default_factory=list)  # somewhere
    unsaid: list[str] = field(default_factory=list)
    cells: list[tuple[str, str, str]] = field(default_factory=list)  # row, column, value


def _document(kind: str, styles: str, automatic: str, master: str, body: str, title: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} office:version="1.2" '
        f'office:mimetype="application/vnd.oasis.opendocument.{kind}">'
        f"<office:meta><dc:title>{title}</dc:title></office:meta>"
        f"<office:styles>{styles}</office:styles>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:master-styles>{master}</office:master-styles>"
        f"<office:body><office:{_BODIES[kind]}>{body}</office:{_BODIES[kind]}></office:body>"
        "</office:document>"
    )


_BODIES = {"text": "text", "spreadsheet": "spreadsheet", "presentation": "presentation"}


def _p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def _cell(content: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{content}</table:table-cell>"


def _row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


_COVERED = "<table:covered-table-cell/>"


def _limits(w: Words) -> str:
    """A table with merged cells in its head, on its side and in its body."""
    head = _row(
        _cell(_p(w["item"]), 'table:number-rows-spanned="2"'),
        _cell(_p(w["limit"]), 'table:number-columns-spanned="2"'), _COVERED,
    ) + _row(_COVERED, _cell(_p(w["low"])), _cell(_p(w["high"])))  # fmt: skip
    rows = "".join(_row(*(_cell(_p(text)) for text in row)) for row in w["rows"])
    rows += _row(
        _cell(_p(w["shared"])), _cell(_p(w["both"]), 'table:number-columns-spanned="2"'), _COVERED
    )
    return (
        '<table:table table:name="T1"><table:table-column table:number-columns-repeated="3"/>'
        f"<table:table-header-rows>{head}</table:table-header-rows>{rows}</table:table>"
    )


def text_document(lang: str) -> Made:
    """Headings, lists, a table, notes, a box, a head, changes, a comment, a link."""
    w = WORDS[lang]
    styles = "".join(
        f'<style:style style:name="Heading_20_{n}" style:display-name="Heading {n}" '
        f'style:family="paragraph" style:default-outline-level="{n}"/>'
        for n in (1, 2)
    )
    styles += (
        '<style:style style:name="Title" style:family="paragraph"/>'
        '<style:style style:name="Standard" style:family="paragraph"/>'
    )
    levels = "".join(
        f'<text:list-level-style-number text:level="{n}" style:num-format="1" '
        f'style:num-suffix="." text:display-levels="{n}"/>'
        for n in (1, 2)
    )
    automatic = (
        f'<text:list-style style:name="N">{levels}</text:list-style>'
        '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" '
        'text:bullet-char="•"/></text:list-style>'
        '<style:style style:name="H" style:family="text"><style:text-properties '
        'text:display="none"/></style:style>'
        '<style:style style:name="S" style:family="text"><style:text-properties '
        'style:text-position="super 58%"/></style:style>'
        '<style:style style:name="F" style:family="graphic"/>'
        '<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" '
        'fo:page-height="29.7cm" fo:margin="2cm"/><style:header-style/><style:footer-style/>'
        "</style:page-layout>"
    )
    master = (
        '<style:master-page style:name="Standard" style:page-layout-name="L">'
        f"<style:header>{_p(w['head'])}</style:header>"
        f"<style:footer>{_p(w['foot'])}{_p(w['page'] + ' <text:page-number/>')}</style:footer>"
        "</style:master-page>"
    )
    about = "<office:change-info><dc:creator>Ann</dc:creator><dc:date>2026-03-01T10:00:00</dc:date></office:change-info>"  # noqa: E501
    changes = (
        "<text:tracked-changes>"
        f'<text:changed-region text:id="c1"><text:deletion>{about}{_p(w["old"])}</text:deletion>'
        "</text:changed-region>"
        f'<text:changed-region text:id="c2"><text:insertion>{about}</text:insertion>'
        "</text:changed-region></text:tracked-changes>"
    )
    note = (
        '<text:note text:id="{0}" text:note-class="{1}"><text:note-citation>1</text:note-citation>'
        "<text:note-body>{2}</text:note-body></text:note>"
    )
    listed = "<text:list-item>{}</text:list-item>".format
    steps = (
        '<text:list text:style-name="N">'
        + listed(_p(w["one"]))
        + listed(_p(w["two"]) + f"<text:list>{listed(_p(w['inner']))}</text:list>")
        + listed(_p(w["three"]))
        + "</text:list>"
    )
    bullets = "".join(listed(_p(text)) for text in w["bullets"])
    body = changes + "".join((
        _p(w["title"], "Title"),
        f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{w["scope"]}</text:h>',
        _p(
            f"{w['para']}{note.format('f1', 'footnote', _p(w['note']))} {w['before']} "
            f'<text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>{w["new"]}'
            '<text:change-end text:change-id="c2"/>'
            f'<text:span text:style-name="H">{w["hidden"]}</text:span>'
        ),
        _p(
            f'<text:a xlink:type="simple" xlink:href="https://order.example/a">{w["link"]}</text:a>'
            f" {w['after']}{note.format('e1', 'endnote', _p(w['end']))}"
        ),
        _p(
            f'{w["area"]} m<text:span text:style-name="S">2</text:span><office:annotation>'
            f"<dc:creator>{w['who']}</dc:creator><dc:date>2026-03-02T09:00:00</dc:date>"
            f"{_p(w['comment'])}</office:annotation>"
        ),
        f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{w["steps"]}</text:h>',
        steps,
        f'<text:list text:style-name="B">{bullets}</text:list>',
        _p(w["caption"]),
        _limits(w),
        _p(
            '<draw:frame draw:style-name="F" text:anchor-type="paragraph" svg:width="5cm" '
            f'svg:height="2cm"><draw:text-box>{_p(w["box"])}</draw:text-box></draw:frame>'
            f"{w['quote']}"
        ),
        f'<text:h text:style-name="Heading_20_2" text:outline-level="2">{w["sub"]}</text:h>',
        _p(f"{w['cold']}<text:line-break/>{w['cell'][0]}"),
        '<table:table table:name="T2"><table:table-column table:number-columns-repeated="2"/>'
        + _row(_cell(_p(w["city"])), _cell(_p(w["staff"])))
        + _row(_cell(_p(w["people"][0][0])), _cell(_p(w["cell"][1]) + _p(w["people"][0][1])))
        + _row(_cell(_p(w["people"][1][0])), _cell(_p(w["people"][1][1])))
        + "</table:table>",
        _p(w["last"]),
    ))  # fmt: skip
    said = [
        w["title"], w["scope"], w["para"], w["new"], w["link"], w["after"], w["area"], w["steps"],
        w["one"], w["two"], w["inner"], w["three"], *w["bullets"], w["caption"], w["rows"][0][0],
        w["rows"][1][0], w["shared"], w["quote"], w["sub"], w["cold"], w["cell"][0], w["cell"][1],
        w["last"],
    ]  # fmt: skip
    cells = [
        (name, column, value)
        for name, low, high in w["rows"]
        for column, value in ((w["low"], low), (w["high"], high))
    ]
    cells += [(w["shared"], w["low"], w["both"]), (w["shared"], w["high"], w["both"])]
    cells += [(w["people"][1][0], w["staff"], w["people"][1][1])]
    return Made(
        _document("text", styles, automatic, master, body, w["title"]),
        said,
        [w["head"], w["foot"], w["note"], w["end"], w["comment"], w["box"], "m²"],
        [w["old"], w["hidden"], w["page"] + " 1"],
        cells,
    )


def workbook(lang: str) -> Made:
    """Formats, merged cells, a formula, a comment, two tables beside each other, a hidden sheet."""
    w = WORDS[lang]
    euro = '<number:text>€</number:text><number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/>'  # noqa: E501
    automatic = (
        f'<number:number-style style:name="NE">{euro}</number:number-style>'
        '<number:percentage-style style:name="NP"><number:number number:decimal-places="1" '
        'number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>'
        '<number:date-style style:name="ND"><number:year number:style="long"/><number:text>-'
        '</number:text><number:month number:style="long"/><number:text>-</number:text>'
        '<number:day number:style="long"/></number:date-style>'
        '<number:boolean-style style:name="NB"><number:boolean/></number:boolean-style>'
        + "".join(
            f'<style:style style:name="{n}" style:family="table-cell" '
            f'style:data-style-name="N{n}"/>'
            for n in "EPDB"
        )
        + '<style:style style:name="X" style:family="table"><style:table-properties '
        'table:display="false"/></style:style>'
        '<style:style style:name="V" style:family="table"><style:table-properties '
        'table:display="true"/></style:style>'
    )

    def text(value: str, more: str = "") -> str:
        return _cell(_p(value), f'office:value-type="string" {more}')

    def number(value: str, style: str = "", kind: str = "float", more: str = "") -> str:
        named = f'table:style-name="{style}"' if style else ""
        return _cell("", f'{named} office:value-type="{kind}" office:value="{value}" {more}')

    def day(value: str) -> str:
        return _cell(
            "", f'table:style-name="D" office:value-type="date" office:date-value="{value}"'
        )

    empty = "<table:table-cell/>"
    tip = (
        f"<office:annotation><dc:creator>{w['who']}</dc:creator>{_p(w['tip'])}</office:annotation>"
    )
    names = ("Alpha", "Beta")
    rows = (
        _row(text(w["price"]))
        + _row(empty)
        + _row(*map(text, (w["product"], w["net"], w["share"], w["day"], w["ready"])),
               empty, empty, text(w["region"]), text(w["margin"]))
        + _row(text(names[0]), number("1200.5", "E"), number("0.15", "P", "percentage"),
               day("2026-11-30"),
               _cell("", 'table:style-name="B" office:value-type="boolean" '
                     'office:boolean-value="true"'),
               empty, empty, text(w["north"]), number("41"))
        + _row(_cell(f"{tip}{_p(names[1])}", 'office:value-type="string"'), number("88", "E"),
               number("0.025", "P", "percentage"), day("2027-01-02"),
               text(f"{w['wrapped']}</text:p><text:p>{w['wrapped2']}"), empty, empty,
               text(w["south"]), number("43"))
        + _row(text(w["total"]), number("1288.5", "E", more='table:formula="of:=SUM([.B4:.B5])"'))
    )  # fmt: skip
    merged = (
        _row(text(w["item"], 'table:number-rows-spanned="2"'),
             text(w["limit"], 'table:number-columns-spanned="2"'), _COVERED)
        + _row(_COVERED, text(w["low"]), text(w["high"]))
        + "".join(_row(text(n), number(a), number(b)) for n, a, b in w["rows"])
    )  # fmt: skip
    sheet = '<table:table table:name="{}" table:style-name="{}">{}</table:table>'.format
    body = (
        sheet(w["price"], "V", rows)
        + sheet(w["caption"], "V", merged)
        + sheet(w["secret"], "X", _row(text(w["margin"]), number("77")))
    )
    cells = [
        (names[0], w["net"], "€1,200.50"), (names[0], w["share"], "15.0%"),
        (names[0], w["day"], "2026-11-30"), (names[1], w["net"], "€88.00"),
        (names[1], w["share"], "2.5%"), (names[1], w["day"], "2027-01-02"),
        (w["total"], w["net"], "€1,288.50"), (w["north"], w["margin"], "41"),
        (w["south"], w["margin"], "43"),
    ]  # fmt: skip
    cells += [
        (name, column, value)
        for name, low, high in w["rows"]
        for column, value in ((w["low"], low), (w["high"], high))
    ]
    said = [w["price"], w["product"], names[0], names[1], w["total"], w["caption"], w["item"],
            w["rows"][0][0], w["rows"][1][0], w["secret"], "77"]  # fmt: skip
    return Made(
        _document("spreadsheet", "", automatic, "", body, w["price"]),
        said,
        [w["tip"], w["wrapped"], w["wrapped2"], w["yes"], w["north"], w["limit"]],
        [],
        cells,
    )


def presentation(lang: str) -> Made:
    """Titles, bullets, numbers, columns, a table, a group, notes, a comment, a hidden slide."""
    w = WORDS[lang]
    automatic = (
        '<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="28cm" '
        'fo:page-height="21cm"/></style:page-layout>'
        '<style:style style:name="X" style:family="drawing-page"><style:drawing-page-properties '
        'presentation:visibility="hidden"/></style:style>'
        '<style:style style:name="D" style:family="drawing-page"/>'
        '<style:style style:name="P" style:family="presentation"/>'
        '<style:style style:name="G" style:family="graphic"/>'
        '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" '
        'text:bullet-char="•"/><text:list-level-style-bullet text:level="2" text:bullet-char="–"/>'
        "</text:list-style>"
        '<text:list-style style:name="N"><text:list-level-style-number text:level="1" '
        'style:num-format="1" style:num-suffix="."/></text:list-style>'
    )
    master = '<style:master-page style:name="M" style:page-layout-name="L" draw:style-name="D"/>'

    def frame(content: str, at: tuple[int, int, int, int], more: str = "") -> str:
        x, y, width, height = at
        return (
            f'<draw:frame {more} svg:x="{x}cm" svg:y="{y}cm" svg:width="{width}cm" '
            f'svg:height="{height}cm">{content}</draw:frame>'
        )

    def box(content: str, at: tuple[int, int, int, int], kind: str = "") -> str:
        named = f'presentation:style-name="P" presentation:class="{kind}"' if kind else ""
        return frame(
            f"<draw:text-box>{content}</draw:text-box>", at, named or 'draw:style-name="G"'
        )

    listed = "<text:list-item>{}</text:list-item>".format
    goals = (
        '<text:list text:style-name="B">'
        + listed(_p(w["goals"][0]) + f"<text:list>{listed(_p(w['deeper']))}</text:list>")
        + listed(_p(w["goals"][1]))
        + "</text:list>"
    )
    plan = w["plan"]
    numbers = (
        '<text:list text:style-name="N">' + "".join(listed(_p(t)) for t in plan) + "</text:list>"
    )
    table = (
        '<table:table><table:table-column table:number-columns-repeated="3"/>'
        + _row(
            _cell(_p(w["city"]), 'table:number-rows-spanned="2"'),
            _cell(_p(w["staff"]), 'table:number-columns-spanned="2"'), _COVERED)
        + _row(_COVERED, _cell(_p(w["full"])), _cell(_p(w["part"])))
        + "".join(_row(*(_cell(_p(t)) for t in row)) for row in w["people"])
        + "</table:table>"
    )  # fmt: skip
    notes = box(_p(w["speaker"]), (2, 14, 16, 10), "notes")
    notes = f"<presentation:notes>{notes}</presentation:notes>"

    def page(name: str, content: str, style: str = "D") -> str:
        return f'<draw:page draw:name="{name}" draw:style-name="{style}" draw:master-page-name="M">{content}</draw:page>'  # noqa: E501

    comment = (
        f'<office:annotation svg:x="1cm" svg:y="1cm"><dc:creator>{w["who"]}</dc:creator>'
        f"<dc:date>2026-03-02T09:00:00</dc:date>{_p(w['comment'])}</office:annotation>"
    )
    body = (
        page("a", box(_p(w["talk"]), (2, 1, 24, 3), "title")
             + box(goals, (2, 5, 24, 8), "outline") + notes)
        + page("b", box(_p(w["goal"]), (2, 1, 24, 3), "title")
               + box(_p(w["right"]), (15, 5, 10, 3)) + box(_p(w["left"]), (2, 5, 10, 3))
               + box(numbers, (2, 10, 20, 6))
               + f"<draw:g>{box(_p(w['group']), (2, 17, 10, 2))}</draw:g>" + comment)
        + page("c", box(_p(w["table"]), (2, 1, 24, 3), "title") + frame(table, (2, 5, 24, 8)))
        + page("d", box(_p(w["extra"]), (2, 1, 24, 3), "title")
               + box(_p(w["more"]), (2, 5, 24, 3)), "X")
    )  # fmt: skip
    numbered = [f"{n}. {text}" for n, text in enumerate(plan, start=1)]
    said = [w["talk"], w["goals"][0], w["deeper"], w["goals"][1], w["goal"], w["left"], w["right"],
            *numbered, w["group"], w["table"], w["city"], w["people"][0][0], w["people"][1][0],
            w["extra"], w["more"]]  # fmt: skip
    cells = [
        (name, column, value)
        for name, full, part in w["people"]
        for column, value in ((w["full"], full), (w["part"], part), (w["staff"], full))
    ]
    return Made(
        _document("presentation", "", automatic, master, body, w["talk"]),
        said,
        [w["speaker"], w["comment"]],
        [],
        cells,
    )
