"""Presentations: a part for each slide."""

from collections.abc import Callable

from ingest.document import Reading

ReadBytes = Callable[..., Reading]
Archive = Callable[..., bytes]


def shape(
    *paragraphs: str, role: str = "", place: tuple[int, int, int, int] | None = None, more: str = ""
) -> str:
    mark = f'<p:ph type="{role}"/>' if role else ""
    where = ""
    if place:
        left, top, wide, high = place
        where = f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr{more}/><p:nvPr>{mark}</p:nvPr></p:nvSpPr>"
        f"<p:spPr>{where}</p:spPr><p:txBody>{''.join(paragraphs)}</p:txBody></p:sp>"
    )


def a(text: str, properties: str = "<a:pPr/>") -> str:
    return f"<a:p>{properties}<a:r><a:t>{text}</a:t></a:r></a:p>"


def test_title_lists_and_reading_order(read_bytes: ReadBytes, pptx: Archive) -> None:
    numbered = '<a:pPr><a:buAutoNum type="arabicPeriod"/></a:pPr>'
    slide = (
        shape(a("Right"), place=(600, 200, 300, 300))
        + shape(a("Left"), place=(100, 200, 300, 300))
        + shape(a("7"), role="sldNum")
        + shape(a("Hidden"), more=' hidden="1"')
        + shape(a("Plan 2026"), role="title", place=(100, 900, 800, 50))
        + shape(
            a("First", numbered), a("Second", numbered), a("Detail", '<a:pPr lvl="1"/>'),
            role="body", place=(100, 600, 800, 100),
        )
    )  # fmt: skip
    reading = read_bytes(pptx(slide), "a.pptx")
    assert (reading.title, reading.unit, reading.pages) == ("Plan 2026", "slide", 1)
    assert reading.parts[0].number == 1
    assert reading.parts[0].text.split("\n") == [
        "# Plan 2026", "", "Left", "", "Right", "", "1. First", "2. Second", "   - Detail",
    ]  # fmt: skip


def test_numbers_of_items(read_bytes: ReadBytes, pptx: Archive) -> None:
    forms = {"romanUcPeriod": "II.", "alphaLcParenR": "b)", "ea1ChsPlain": "二",
             "circleNumDbPlain": "②", "arabicParenBoth": "(2)"}  # fmt: skip
    for form, second in forms.items():
        numbered = f'<a:pPr><a:buAutoNum type="{form}"/></a:pPr>'
        slide = shape(a("First", numbered), a("Second", numbered), role="body")
        assert f"\n{second} Second" in read_bytes(pptx(slide), "a.pptx").parts[0].text


def test_tables_notes_and_hidden_slides(
    read_bytes: ReadBytes, pptx: Archive, rels: Callable[..., str], xml: Callable[[str, str], str]
) -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<a:tc{more}><a:txBody>{a(text)}</a:txBody></a:tc>"

    rows = (
        cell("城市") + cell("上限", ' gridSpan="2"') + cell("", ' hMerge="1"'),
        cell("北京", ' rowSpan="2"') + cell("员工") + cell("600"),
        cell("", ' vMerge="1"') + cell("经理") + cell("750"),
    )
    lines = "".join(f"<a:tr>{row}</a:tr>" for row in rows)
    frame = f"<p:graphicFrame><a:graphic><a:tbl>{lines}</a:tbl></a:graphic></p:graphicFrame>"
    notes = xml("p:notes", f"<p:cSld><p:spTree>{shape(a('别忘了合影'), role='body')}"
                "</p:spTree></p:cSld>")  # fmt: skip
    reading = read_bytes(
        pptx(
            frame,
            shape(a("Spare")),
            members={
                "ppt/slides/_rels/s1.xml.rels": rels({"n": ("notesSlide", "../n.xml")}),
                "ppt/n.xml": notes,
            },
            hidden=2,
        ),
        "a.pptx",
    )
    assert reading.parts[0].text == (
        "| 城市 | 上限 | 上限 |\n|---|---|---|\n| 北京 | 员工 | 600 |\n| 北京 | 经理 | 750 |"
        "\n\n别忘了合影"
    )
    assert [block.kind for block in reading.parts[0].blocks] == ["table", "note"]
    assert reading.parts[1].text == "Spare"
    assert reading.warnings == ["slide 2 is hidden in the show; it was read all the same"]


def test_names_below_merged_ones_belong_to_the_header(read_bytes: ReadBytes, pptx: Archive) -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<a:tc{more}><a:txBody>{a(text)}</a:txBody></a:tc>"

    rows = (
        cell("") + cell("Class 1", ' gridSpan="2"') + cell("", ' hMerge="1"'),
        cell("") + cell("A") + cell("B"),
        cell("R1") + cell("yes") + cell("no"),
    )
    lines = "".join(f"<a:tr>{row}</a:tr>" for row in rows)
    frame = f"<p:graphicFrame><a:graphic><a:tbl>{lines}</a:tbl></a:graphic></p:graphicFrame>"
    text = read_bytes(pptx(frame), "a.pptx").parts[0].text
    assert text == "|  | Class 1 · A | Class 1 · B |\n|---|---|---|\n| R1 | yes | no |"


def test_a_broken_slide_keeps_its_number(read_bytes: ReadBytes, pptx: Archive) -> None:
    data = pptx("", shape(a("Second")), members={"ppt/slides/s1.xml": "no XML"})
    reading = read_bytes(data, "a.pptx")
    assert [(part.number, part.text) for part in reading.parts] == [(1, ""), (2, "Second")]
    assert "slide 1 is broken; left out" in reading.warnings


def test_words_of_diagrams(
    read_bytes: ReadBytes, pptx: Archive, rels: Callable[..., str], xml: Callable[[str, str], str]
) -> None:
    points = "".join(f"<dgm:pt><dgm:t>{a(text)}</dgm:t></dgm:pt>" for text in ("Plan", "Do"))
    frame = '<p:graphicFrame><a:graphic><dgm:relIds r:dm="d"/></a:graphic></p:graphicFrame>'
    members = {
        "ppt/slides/_rels/s1.xml.rels": rels({"d": ("diagramData", "../d.xml")}),
        "ppt/d.xml": xml("dgm:dataModel", f"<dgm:ptLst>{points}</dgm:ptLst>"),
    }
    assert read_bytes(pptx(frame, members=members), "a.pptx").parts[0].text == "- Plan\n- Do"


def test_a_slide_without_a_title_has_not_that_of_the_one_before(
    read_bytes: ReadBytes, pptx: Archive
) -> None:
    titled = shape(a("Prices"), role="title") + shape(a("They rise in May."), role="body")
    opening = shape(a("Plan 2026"), role="title") + shape(a("For everybody"), role="body")
    untitled = shape(a("Thank you"), role="body")
    reading = read_bytes(pptx(opening, titled, untitled), "a.pptx")
    assert [s.metadata["heading"] for s in reading.sections][1:] == ["Prices", ""]


def test_a_date_is_read_if_somebody_wrote_it(read_bytes: ReadBytes, pptx: Archive) -> None:
    kept = '<a:p><a:fld type="datetime1"><a:t>1/2/2026</a:t></a:fld></a:p>'
    slide = shape(a("Text")) + shape(a("Spring 2026"), role="dt") + shape(kept, role="dt")
    text = read_bytes(pptx(slide), "a.pptx").parts[0].text
    assert "Spring 2026" in text
    assert "1/2/2026" not in text
