"""Lines in the order in which people read them, and where they stand."""

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Given, Part, Reading
from ingest.limits import Limits
from ingest.pdf import read

ReadDrawn = Callable[..., Reading]
Place = Callable[[Part, str], tuple[float, float, float, float]]

LEFT = [
    "The oven in hall one is cleaned",
    "on Fridays after the last shift,",
    "and whoever cleans it signs the",
    "sheet beside the door. The key is",
    "kept at the reception desk below.",
]
RIGHT = [
    "Pumps are tested in the spring by",
    "the works fitter, who writes down",
    "the pressure of each of them, and",
    "closes the valve of the cellar at",
    "the end of the day for the night.",
]


def words(text: str) -> str:
    return " ".join(text.split())


def lines(canvas: Canvas, x: float, y: float, said: Sequence[str], step: float = 13) -> None:
    for n, line in enumerate(said):
        canvas.drawString(x, y - n * step, line)


@pytest.mark.parametrize("shift", [0, 5])
@pytest.mark.parametrize("gutter", [14, 60])
def test_columns_drawn_row_by_row_are_read_one_after_the_other(
    read_drawn: ReadDrawn, shift: float, gutter: float
) -> None:
    def draw(canvas: Canvas) -> None:
        for n, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            canvas.drawString(60, 700 - 13 * n, left)
            canvas.drawString(60 + 160 + gutter, 700 - shift - 13 * n, right)

    text = read_drawn(draw).texts[0]
    assert words(text) == words(" ".join([*LEFT, *RIGHT]))


def test_what_goes_across_columns_stands_between_them(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 760, "A head that goes across both of the columns of this page")
        for n, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            for top in (730, 600):
                canvas.drawString(60, top - 13 * n, left)
                canvas.drawString(240, top - 13 * n, right)
        canvas.drawString(60, 632, "A line across that parts the upper from the lower columns here")
        canvas.drawString(60, 60, "7")

    text = words(read_drawn(draw).texts[0])
    both = words(" ".join([*LEFT, *RIGHT]))
    assert text == (
        f"A head that goes across both of the columns of this page {both} A line across that"
        f" parts the upper from the lower columns here {both} 7"
    )


def test_labels_and_values_of_a_row_stay_together(read_drawn: ReadDrawn) -> None:
    rows = [
        ("Invoice number:", "7104"),
        ("Date of the invoice:", "4 May 2026"),
        ("Total due:", "13,460.00 EUR"),
        ("Payable within:", "20 days"),
    ]

    def draw(canvas: Canvas) -> None:
        for n, (_, value) in enumerate(rows):  # values first, as programs do
            canvas.drawString(220, 700 - 14 * n, value)
        for n, (label, _) in enumerate(rows):
            canvas.drawString(60, 700 - 14 * n, label)

    text = read_drawn(draw).texts[0]
    assert [words(line) for line in text.split("\n")] == [f"{a} {b}" for a, b in rows]


def test_lines_with_a_label_are_not_glued_to_each_other(read_drawn: ReadDrawn) -> None:
    said = [
        "Description of goods: pressure sensors of the second series",
        "Amount in words: eighteen thousand seven hundred and twelve",
        "Clerk: Shen Yutong",
    ]
    assert read_drawn(lambda canvas: lines(canvas, 60, 700, said)).texts == ["\n".join(said)]


def test_lines_have_boxes_that_fit_their_text(read_drawn: ReadDrawn, place_of: Place) -> None:
    said = ["Every employee must ask for reimburse-", "ment within thirty days of the journey."]
    part = read_drawn(lambda canvas: lines(canvas, 60, 700, said)).parts[0]
    assert (
        part.text == "Every employee must ask for reimbursement within thirty days of the journey."
    )
    assert part.size == pytest.approx((595, 842), abs=0.5)
    spans = [part.text[line.start : line.end] for line in part.lines]
    assert spans == ["Every employee must ask for reimburse", said[1]]
    left, top, right, bottom = place_of(part, "ment within")
    assert (left, bottom) == (pytest.approx(60, abs=1), pytest.approx(842 - 687 + 2, abs=1))
    assert top == pytest.approx(bottom - 10.6, abs=1)
    assert right == pytest.approx(60 + 165, abs=2)


def with_page(data: bytes, change: Callable[..., object]) -> Part:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer.pages[0])
    changed = io.BytesIO()
    writer.write(changed)
    return read(Given(changed.getvalue(), "a.pdf", Limits())).parts[0]


@pytest.mark.parametrize(
    ("turn", "size", "corner"),
    [
        (0, (595, 842), (60, 142)),
        (90, (842, 595), (700, 60)),
        (180, (595, 842), (535, 700)),
        (270, (842, 595), (142, 535)),
    ],
)
def test_boxes_are_those_of_the_page_as_it_is_shown(
    drawn: Callable[..., bytes],
    place_of: Place,
    turn: int,
    size: tuple[float, float],
    corner: tuple[float, float],
) -> None:
    data = drawn(lambda canvas: canvas.drawString(60, 700, "shown upright or turned"))
    part = with_page(data, lambda page: page.rotate(turn))
    assert part.size == pytest.approx(size, abs=0.5)
    left, top, right, bottom = place_of(part, "shown")
    assert left - 12 <= corner[0] <= right + 12
    assert top - 12 <= corner[1] <= bottom + 12
    assert (right - left > bottom - top) == (turn % 180 == 0)


def test_boxes_count_from_the_corner_of_what_is_shown(
    drawn: Callable[..., bytes], place_of: Place
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(160, 700, "inside of the crop box")
        canvas.drawString(20, 30, "outside of it")

    def crop(page: object) -> None:
        page.cropbox = RectangleObject((100, 100, 500, 800))  # type: ignore[attr-defined]

    part = with_page(drawn(draw), crop)
    assert part.text == "inside of the crop box"
    assert part.size == pytest.approx((400, 700))
    left, _, _, bottom = place_of(part, "inside")
    assert (left, bottom) == (pytest.approx(60, abs=1), pytest.approx(102, abs=1))


def test_text_that_is_written_upwards_is_read(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "The words of the page go on as usual.")
        canvas.rotate(90)
        canvas.drawString(100, -30, "Stamp at the side")

    part = read_drawn(draw).parts[0]
    assert part.text == "The words of the page go on as usual.\n\nStamp at the side"
    assert [block.kind for block in part.blocks] == ["paragraph", "note"]


def test_text_that_nobody_can_see_is_not_read(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "seen")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(60, 680, "white on white")
        canvas.setFillColorRGB(0.1, 0.1, 0.4)
        canvas.rect(50, 655, 200, 20, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(60, 660, "white on blue")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(700, 640, "beside the page")
        canvas.setFont("Helvetica", 0.5)
        canvas.drawString(60, 620, "tiny")
        text = canvas.beginText(60, 600)
        text.setFont("Helvetica", 10)
        text.setTextRenderMode(3)
        text.textOut("without ink")
        canvas.drawText(text)

    assert words(read_drawn(draw).texts[0]) == "seen white on blue"


def test_bold_that_is_drawn_twice_is_read_once(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Important notice")
        canvas.drawString(60.4, 700, "Important notice")

    assert read_drawn(draw).texts == ["Important notice"]


def test_large_letters_are_headings_where_there_are_no_bookmarks(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(60, 760, "House rules")
        canvas.setFont("Helvetica-Bold", 13)
        canvas.drawString(60, 730, "Keys")
        canvas.setFont("Helvetica", 10)
        lines(canvas, 60, 712, LEFT)
        canvas.setFont("Helvetica-Bold", 13)
        canvas.drawString(60, 620, "Pumps")
        canvas.setFont("Helvetica", 10)
        lines(canvas, 60, 600, RIGHT)

    found = [
        (section.metadata["heading"], words(section.page_content))
        for section in read_drawn(draw).sections
    ]
    assert found == [
        ("House rules > Keys", words(" ".join(LEFT))),
        ("House rules > Pumps", words(" ".join(RIGHT))),
    ]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("The members of the team who work part-", "time are paid by the hour.", "part-time are"),
        ("The members of the team who are the part-", "ners of the firm are paid.", "partners of"),
        (
            "Those who want it are asked for a follow-",
            "up letter. A follow and an up.",
            "follow-up",
        ),
    ],
)
def test_hyphens_at_the_end_of_a_line(
    read_drawn: ReadDrawn, above: str, below: str, joined: str
) -> None:
    text = read_drawn(lambda canvas: lines(canvas, 60, 700, [above, below])).texts[0]
    assert joined in text


def test_letters_without_a_shape_are_read(read_pages: Callable[..., Reading]) -> None:
    assert read_pages("甲\n✅ 乙").texts == ["甲\n✅ 乙"]


FONTS = Path("/usr/share/fonts")
VERTICAL = [
    "各部门，各分公司：为规范差旅费",
    "管理，厉行节约，现印发本办法。",
    "出差人员应当事先填写申请单，经",
]


@pytest.mark.parametrize("by_font", [True, False])
def test_vertical_chinese_is_read_from_the_right(
    read_drawn: ReadDrawn, by_font: bool, vertical_font: str
) -> None:
    if by_font and sys.platform == "linux" and not any(FONTS.rglob("*CJK*")):
        pytest.skip("no font with Chinese characters, of which pdfium takes the directions")

    def page(canvas: Canvas) -> None:
        canvas.drawString(290, 30, "- 3 -")
        canvas.setFont(vertical_font if by_font else "STSong-Light", 14)
        for n, line in enumerate(VERTICAL):
            for k, char in enumerate([line] if by_font else line):
                canvas.drawString(500 - 20 * n, 780 - 15 * k, char)

    first, second = "".join(VERTICAL[:2]), VERTICAL[2]
    assert read_drawn(page).texts == [f"{first}\n{second}\n\n- 3 -"]


@pytest.fixture
def vertical_font() -> str:
    """Fonts of that name, in which Chinese goes across, and one in which it goes down."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    font = UnicodeCIDFont("STSong-Light", isVertical=True)
    font.fontName = font.name = "Down"
    pdfmetrics.registerFont(font)
    return "Down"


def test_raised_figures_are_not_glued_to_a_number(read_drawn: ReadDrawn) -> None:
    def raised(canvas: Canvas, x: float, y: float, text: str) -> None:
        canvas.setFont("Helvetica", 6)
        canvas.drawString(x, y + 4, text)
        canvas.setFont("Helvetica", 10)

    def draw(canvas: Canvas) -> None:
        said = "The town has 83,190,556"
        canvas.drawString(60, 700, said)
        raised(canvas, 60 + canvas.stringWidth(said, "Helvetica", 10), 700, "2")
        for n in (1, 2, 3):
            raised(canvas, 60, 600 - 11 * n, str(n))
            canvas.drawString(64, 600 - 11 * n, f"estimate of 202{n}")

    text = words(read_drawn(draw).texts[0]).replace("¹ ", "¹").replace("² e", "²e")
    text = text.replace("³ ", "³")
    assert text == (
        "The town has 83,190,556² ¹estimate of 2021 ²estimate of 2022 ³estimate of 2023"
    )


def test_lines_of_a_table_of_contents_stay_apart(read_drawn: ReadDrawn) -> None:
    contents = [f"{words} {'.' * 60} {n}" for n, words in enumerate(["Scope", "rules", "fees"], 3)]
    text = read_drawn(lambda canvas: lines(canvas, 60, 700, contents)).texts[0]
    assert text.splitlines() == contents
