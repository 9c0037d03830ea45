"""Pages of HTML: the blocks of what one sees, and what the head says."""

from collections.abc import Callable

import pytest

from ingest.document import Reading
from ingest.errors import ReadError

ReadBytes = Callable[..., Reading]


@pytest.fixture
def page(read_bytes: ReadBytes) -> Callable[[str], str]:
    """The text of a page with this body."""

    def make(body: str) -> str:
        return read_bytes(f"<!doctype html><body>{body}</body>", "a.html").source(None)

    return make


def test_a_page_is_read_block_by_block(read_bytes: ReadBytes) -> None:
    html = """<html lang="en"><head><title>Rooms | Intranet</title>
    <meta name="author" content="Ute Brandl"><meta property="article:modified_time"
    content="2026-03-04T10:00:00Z"><style>p { color: red }</style></head><body>
    <h1>Rooms</h1><p>Six rooms are <b>for
    all</b>.<br>Ask first.</p><h2>List</h2>
    <ol start="3"><li>Lime <ul><li>small</li></ul></li><li>Oak</li></ol>
    <pre>a  b\n  c</pre><figure><img src="x.png" alt="A map"><figcaption>Map 1</figcaption></figure>
    </body></html>"""
    reading = read_bytes(html, "a.html")
    assert (reading.title, reading.properties.author, reading.properties.changed) == (
        "Rooms", "Ute Brandl", "2026-03-04",
    )  # fmt: skip
    (part,) = reading.parts
    blocks = [(b.kind, b.level, part.text[b.start : b.end]) for b in part.blocks]
    assert blocks == [
        ("heading", 1, "# Rooms"),
        ("paragraph", 0, "Six rooms are for all.\nAsk first."),
        ("heading", 2, "## List"),
        ("item", 0, "3. Lime"),
        ("item", 1, "   - small"),
        ("item", 0, "4. Oak"),
        ("code", 0, "```\na  b\n  c\n```"),
        ("paragraph", 0, "A map"),
        ("caption", 0, "Map 1"),
    ]
    assert reading.unit is None
    assert [s.metadata["heading"] for s in reading.sections] == ["", "List"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>a</p>tail<div>b</div>", "a\n\ntail\n\nb"),
        ("<ul><li><p>one</p><p>two</p></li></ul>", "- one\n   two"),
        ("<ul><li>• one</li></ul>", "- one"),
        ('<ol type="a"><li>x</li><li value="4">y</li></ol>', "a. x\nd. y"),
        ("<dl><dt>Term<dd>What it is<dd>and more</dl>", "- Term: What it is\n- and more"),
        ("10<sup>6</sup> m<sup>2</sup> H<sub>2</sub>O", "10⁶ m² H2O"),
        ("<s>100</s> 80", "~~100~~ 80"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字", "漢字"),
        ("<p>公司的\n规定</p><p>a\nb</p>", "公司的规定\n\na b"),
        ("a&nbsp;&amp;&nbsp;b &lt;c&gt; &euro;", "a & b <c> €"),
        ("soft\u00adhyphen", "softhyphen"),
        ('<a href="https://example.org/x">here</a>', "here"),
        ('<img src="a.png" alt="IMG_2034.jpg">x', "x"),
        ('<input type="checkbox" checked> Yes <input value="Bern">', "[x] Yes Bern"),
        ("<select><option>a<option selected>b</select>", "b"),
        ("<details><summary>More</summary>Inside</details>", "More\n\nInside"),
        ("<math><semantics><mi>E</mi><annotation encoding='application/x-tex'>E=mc^2"
         "</annotation></semantics></math>", "E=mc^2"),
        ("<svg><title>no</title><text>Label</text></svg>", "Label"),
    ],
)  # fmt: skip
def test_marks_become_text(page: Callable[[str], str], body: str, text: str) -> None:
    assert page(body) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>alert('gone')</script>",
        "<style>.gone{}</style>",
        "<template><p>gone</p></template>",
        "<noscript>gone</noscript>",
        "<p hidden>gone <b>too</b></p>",
        '<div style="color:red; display : none">gone</div>',
        '<span style="visibility:hidden">gone</span>',
        '<span style="font-size:0">gone</span>',
        '<div style="font-size: 0px !important; font-size: 12px"><b>gone</b></div>',
        '<div style="font-size:0"><i style="font-size:1.2em">gone</i></div>',
        '<p style="visibility:hidden">gone <img src="a.png" alt="gone"><input value="gone"></p>',
        '<ul style="visibility:hidden"><li>gone<li style="color:red">gone</ul>',
        '<input type="hidden" name="t" value="gone">',
        '<input type="password" value="gone">',
        "<!-- gone -->",
        '<iframe src="https://example.org/gone">gone</iframe>',
    ],
)
def test_what_one_does_not_see_is_not_read(page: Callable[[str], str], hidden: str) -> None:
    assert page(f"<p>before</p>{hidden}<p>after</p>") == "before\n\nafter"


@pytest.mark.parametrize(
    "shown",
    [
        '<table><tr><td style="font-size:0px"><div style="font-size:13px">here</div></table>',
        '<ul style="font-size:0"><li style="font: bold 14px/1.5 Arial">here</ul>',
        '<div style="font-size:0">gone<span class="size-2">here</span></div>',
        '<div style="font-size:0">gone<font size="2">here</font></div>',
        '<div style="font-size:0"><img src="a.png" alt="here"></div>',
        '<div style="visibility:hidden">gone<p style="visibility:visible">here</p></div>',
        '<p style="opacity:0">here</p>',
        '<p style="font-size:0.8em">here</p>',
        '<p style="display:none;display:block">here</p>',
    ],
)
def test_what_shows_itself_in_hidden_elements_is_read(
    page: Callable[[str], str], shown: str
) -> None:
    assert page(f"<p>before</p>{shown}<p>after</p>").replace("- ", "").split() == [
        "before", "here", "after",
    ]  # fmt: skip


def test_menus_heads_and_feet_around_the_main_part_are_left_out(page: Callable[[str], str]) -> None:
    main = "The rule is that everybody who travels asks first. " * 6
    around = (
        "<header><h1>Travel</h1><a>Login</a></header><nav><ul><li>Home</ul></nav>"
        "<div><main><header>By Ute</header><p>{}</p></main><aside>Related</aside></div>"
        "<footer>Imprint</footer>"
    )
    assert page(around.format(main)) == f"# Travel\n\nBy Ute\n\n{main.strip()}"
    # A main part with next to nothing in it is none.
    short = page(around.format("x") + "<footer>" + "All that is said. " * 40 + "</footer>")
    assert "Related" in short
    assert "All that is said." in short


def test_without_a_main_part_all_is_read(page: Callable[[str], str]) -> None:
    assert page("<nav>Menu</nav><p>Text</p><footer>Foot</footer>") == "Menu\n\nText\n\nFoot"


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "<tr><th>Room<th>Price<tr><td>Lime<td>20",
            ["| Room | Price |", "|---|---|", "| Lime | 20 |"],
        ),
        (
            "<tr><th>Room<th>Size<th>Price<tr><td rowspan=2>Lime<td>small<td>20<tr><td>large<td>30",
            ["| Room | Size | Price |", "|---|---|---|", "| Lime | small | 20 |",
             "| Lime | large | 30 |"],
        ),
        (
            "<thead><tr><th rowspan=2>Room<th colspan=2>Price<tr><th>day<th>week</thead>"
            "<tr><td>Lime<td>20<td>90",
            ["| Room | Price · day | Price · week |", "|---|---|---|", "| Lime | 20 | 90 |"],
        ),
        (
            "<tfoot><tr><td>Sum<td>20</tfoot><tr><th>Room<th>Price<tr><td>Lime<td>20",
            ["| Room | Price |", "|---|---|", "| Lime | 20 |", "| Sum | 20 |"],
        ),
        (
            "<tr><td colspan=2>Prices 2026<tr><td>Room<td>Price<tr><td>Lime<td>20",
            ["Prices 2026", "", "| Room | Price |", "|---|---|", "| Lime | 20 |"],
        ),
        (
            "<tr><th>Year<th>Month<tr><th rowspan=3>2025<tr><td>May<tr><td>June",
            ["| Year | Month |", "|---|---|", "| 2025 | May |", "| 2025 | June |"],
        ),
        ("<tr><td>a<td>1<tr><td>b<td>2", ["| a | 1 |", "| b | 2 |"]),
        (
            "<tr><th>A<th>B<tr><td><ul><li>x<li>y</ul><td>p<br>q|r",
            ["| A | B |", "|---|---|", "| x; y | p; q\\|r |"],
        ),
    ],
)  # fmt: skip
def test_tables_have_a_header_and_merged_cells_in_all_places(
    page: Callable[[str], str], table: str, rows: list[str]
) -> None:
    assert page(f"<table>{table}</table>").split("\n") == rows


def test_the_caption_stands_with_all_rows(read_bytes: ReadBytes) -> None:
    html = "<table><caption>Prices</caption><tr><th>Room<th>EUR<tr><td>Lime<td>20</table>"
    (part,) = read_bytes(f"<html>{html}", "a.html").parts
    table = next(block for block in part.blocks if block.kind == "table")
    assert table.header == "Prices\n| Room | EUR |"
    assert part.text[table.body : table.end] == "| Lime | 20 |"


def test_a_table_for_the_layout_is_read_as_text(page: Callable[[str], str]) -> None:
    inner = "<table><tr><th>A<th>B<tr><td>1<td>2</table>"
    shown = page(
        "<table><tr><td><h2>News</h2><p>One.</p></td></tr>"
        f"<tr><td>{inner}</td></tr><tr><td>Foot</td></tr></table>"
    )
    assert shown == "## News\n\nOne.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nFoot"
    labels = page(
        '<table role="presentation"><tr><td>Order no.</td><td>12345</td></tr>'
        "<tr><td><p>Thank you.</p></td></tr></table>"
    )
    assert labels == "| Order no. | 12345 |\n\nThank you."


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ('<meta charset="gb2312"><p>公司规定：镕基</p>'.encode("gb18030"), "a.htm"),
        ("<p>公司规定：镕基</p>".encode("utf-16"), "a.html"),
        ("<p>公司规定：镕基</p>".encode("gb18030"), "a.html"),
        ('<meta charset="utf-8"><p>公司规定：镕基</p>'.encode("gb18030"), "a.html"),
        ('<meta charset="punycode"><p>公司规定：镕基</p>'.encode(), "a.html"),
        ('<?xml version="1.0" encoding="gbk"?><p>公司规定：镕基</p>'.encode("gbk"), "a.xhtml"),
    ],
)
def test_pages_in_many_encodings(read_bytes: ReadBytes, data: bytes, name: str) -> None:
    reading = read_bytes(data, name)
    assert (reading.source(None), reading.lang) == ("公司规定：镕基", "zh")


def test_a_page_without_words(read_bytes: ReadBytes) -> None:
    for html in ("<html></html>", "<!-- x -->", "<frameset><frame src=a.html></frameset>"):
        with pytest.raises(ReadError) as caught:
            read_bytes(html, "a.html")
        assert caught.value.reason == "empty"


def test_a_saved_page(read_bytes: ReadBytes) -> None:
    saved = (
        "From: <Saved by Blink>\r\nSubject: Rooms\r\nDate: Mon, 30 Nov 2026 09:00:00 +0800\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n'
        "\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        '<html><head><meta charset=3D"utf-8"></head><h1>=E6=88=BF</h1>'
        "<p>=E4=BB=B7=E6=A0=BC 600\r\n"
        "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "iVBORw0KGgo=\r\n"
        "--b--\r\n"
    )
    for name in ("a.mhtml", "a.mht", "a.html"):
        reading = read_bytes(saved, name)
        assert (reading.title, reading.source(None)) == ("房", "# 房\n\n价格 600")
        assert reading.properties.changed == "2026-11-30"


def test_a_sheet_that_was_saved_as_a_page(read_bytes: ReadBytes) -> None:
    """Spreadsheets write no headers; tables stand on them with empty rows between."""

    def row(*cells: str) -> str:
        return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"

    gap = row(*["<br>"] * 3)
    page = (
        f"<table>{row('Prices', '', '')}{gap}{row('Room', 'EUR', 'From')}"
        f"{row('Lime', '20', '2026-11-30')}{row('Oak', '30', '2027-01-02')}{gap}"
        f"{row('City', 'Heads', '')}{row('Bern', '4', '')}</table>"
    )
    assert read_bytes(page, "a.xls").parts[0].text.split("\n\n") == [
        "Prices",
        "| Room | EUR | From |\n|---|---|---|\n"
        "| Lime | 20 | 2026-11-30 |\n| Oak | 30 | 2027-01-02 |",
        "| City | Heads |\n|---|---|\n| Bern | 4 |",
    ]


def test_a_header_of_two_rows_that_nothing_marks(read_bytes: ReadBytes) -> None:
    page = (
        "<table><tr><td rowspan=2>Goods<td colspan=2>Limit<tr><td>Shelf<td>Floor"
        "<tr><td>Cable<td>12<td>48<tr><td>Probe<td>7<td>31</table>"
    )
    assert read_bytes(page, "a.html").parts[0].text == (
        "| Goods | Limit · Shelf | Limit · Floor |\n|---|---|---|\n"
        "| Cable | 12 | 48 |\n| Probe | 7 | 31 |"
    )


def test_what_stands_for_frames_is_read_as_a_page(read_bytes: ReadBytes) -> None:
    html = (
        "<html><frameset cols='20%,80%'><frame src=a.html><frame src=b.html>"
        "<noframes><body><h1>Rooms</h1><p>Twenty euros.</p></body></noframes></frameset></html>"
    )
    reading = read_bytes(html, "a.html")
    assert reading.texts == ["# Rooms\n\nTwenty euros."]
    assert reading.warnings == ["2 frames left out"]


def test_a_page_of_frames_alone_says_what_to_do(read_bytes: ReadBytes) -> None:
    with pytest.raises(ReadError, match="frames, which are not fetched; save those"):
        read_bytes("<frameset><frame src=a.html></frameset>", "a.html")


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "page"])
def test_a_page_under_the_name_of_a_text(read_bytes: ReadBytes, name: str) -> None:
    html = "<!DOCTYPE html><html><head><title>Rooms</title></head><body><p>Lime</p></body></html>"
    reading = read_bytes(html, name)
    assert (reading.title, reading.texts) == ("Rooms", ["Lime"])


def test_a_text_that_shows_html_stays_text(read_bytes: ReadBytes) -> None:
    text = "Write\n<html><body>\nto begin a page."
    assert read_bytes(text, "a.txt").texts == [text]


def test_a_page_written_into_a_frame_is_told(read_bytes: ReadBytes) -> None:
    reading = read_bytes('<p>Words.</p><iframe srcdoc="<p>More.</p>"></iframe>', "a.html")
    assert reading.warnings == ["1 frame left out"]
