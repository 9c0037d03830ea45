"""What is written in a picture is found, read, and put in order, whichever way up it is."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ingest.document import Box
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.ocr import RecognisedLine, ocr_part, recognise

LIMITS = Limits()
NOTE = [
    (60, 40, "The pump stops at 85 degrees."),
    (60, 100, "Call the shift leader on 4471"),
    (60, 160, "and note the time in the book."),
]
WORDS = [text for _, _, text in NOTE]


def texts(picture: Image.Image, dpi: float = 72) -> list[str]:
    return [line.text for line in recognise(picture, dpi, LIMITS)]


@pytest.fixture(scope="module")
def note(draw: Callable[..., Image.Image]) -> Image.Image:
    return draw(NOTE)


def test_lines_are_read_with_their_places(note: Image.Image) -> None:
    lines = recognise(note, 144, LIMITS)
    assert [line.text for line in lines] == WORDS
    for line, (x, y, _) in zip(lines, NOTE, strict=True):
        left, top, right, bottom = line.box
        assert left == pytest.approx(x / 2, abs=5)  # at 144 dpi two pixels are a point
        assert y / 2 - 5 < top < y / 2 + 8
        assert y / 2 + 8 < bottom < y / 2 + 20
        assert left < right < 350
        assert line.confidence > 0.9


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_on_its_side_or_head_is_read_and_boxes_stay_where_it_is_shown(
    note: Image.Image, turns: int
) -> None:
    upright = recognise(note, 72, LIMITS)
    shown = note.rotate(90 * turns, expand=True)
    lines = recognise(shown, 72, LIMITS)
    assert [line.text for line in lines] == WORDS
    width, height = note.size
    for line, other in zip(lines, upright, strict=True):
        box = other.box
        expected = {  # turned against the clock
            1: Box(box.top, width - box.right, box.bottom, width - box.left),
            2: Box(width - box.right, height - box.bottom, width - box.left, height - box.top),
            3: Box(height - box.bottom, box.left, height - box.top, box.right),
        }[turns]
        assert line.box == pytest.approx(expected, abs=6)


def test_a_tilted_page_is_read_in_order(draw: Callable[..., Image.Image]) -> None:
    rows = [(40, 40 + 34 * n, f"left {n} of a row") for n in range(5)]
    rows += [(460, 40 + 34 * n, f"right {n} of a row") for n in range(5)]
    picture = draw(rows, (700, 260)).rotate(-4, Image.Resampling.BICUBIC, fillcolor=255)
    expected = [f"{side} {n} of a row" for n in range(5) for side in ("left", "right")]
    assert texts(picture) == expected


def test_spaces_and_marks_are_those_that_were_written(draw: Callable[..., Image.Image]) -> None:
    said = "单次费用超过8,000元的，须报批；电话：010-6588。"
    assert texts(draw([(40, 60, said)])) == [said]


@pytest.mark.parametrize("kind", ["blank", "grain", "rule", "frame"])
def test_a_picture_without_text_gives_none(kind: str) -> None:
    pixels = np.full((400, 600), 255, np.uint8)
    if kind == "grain":
        pixels = np.random.default_rng(3).integers(0, 255, (400, 600), np.uint8)
    if kind == "rule":
        pixels[200:203] = 0
    if kind == "frame":
        pixels[50:350, 50:54] = pixels[50:350, 546:550] = 0
        pixels[50:54, 50:550] = pixels[346:350, 50:550] = 0
    assert texts(Image.fromarray(pixels)) == []


@pytest.mark.parametrize("size", [(1, 1), (3, 500), (2000, 5), (5, 2000)])
def test_the_smallest_and_narrowest_pictures_do_no_harm(size: tuple[int, int]) -> None:
    assert texts(Image.new("RGB", size, "white")) == []


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    with pytest.raises(ReadError, match="101 x 100 pixels") as caught:
        recognise(Image.new("L", (101, 100)), 72, Limits(max_pixels=10_000))
    assert caught.value.reason == "too-large"


@pytest.mark.parametrize("mode", ["1", "P", "RGB", "RGBA", "LA", "CMYK", "I;16", "I", "F"])
def test_pictures_of_every_mode_are_read(note: Image.Image, mode: str) -> None:
    if mode in ("I;16", "I", "F"):
        deep = np.asarray(note).astype(np.float32) * 257
        as_type = {"I;16": np.uint16, "I": np.int32, "F": np.float32}[mode]
        picture = Image.fromarray(deep.astype(as_type))
        assert picture.mode == mode
    else:
        picture = note.convert(mode)
    assert texts(picture) == WORDS


def test_what_is_transparent_is_white(note: Image.Image) -> None:
    ink = Image.new("RGBA", note.size, (0, 0, 0, 0))
    ink.putalpha(note.point(lambda value: 255 - value))
    assert texts(ink) == WORDS


def test_a_line_that_is_very_long_is_read_in_pieces(draw: Callable[..., Image.Image]) -> None:
    said = " ".join(["the pump stops and the valve of the boiler is closed by hand"] * 9)
    (line,) = recognise(draw([(20, 20, said)], (6600, 60), 20), 72, LIMITS)
    assert line.text.split() == said.split()


def test_a_long_screenshot_is_read_piece_by_piece(draw: Callable[..., Image.Image]) -> None:
    said = [f"Message number {n} of the day" for n in range(60)]
    picture = draw([(20, 20 + 60 * n, text) for n, text in enumerate(said)], (420, 3640))
    assert texts(picture) == said


@pytest.mark.parametrize("angle", [0, 2])
def test_a_table_with_rules_is_read_cell_by_cell(
    draw: Callable[..., Image.Image], angle: int
) -> None:
    # The second head cell covers two columns, a cell has two lines, one is empty.
    words = [
        (50, 50, "Region"), (330, 50, "Pumps"), (250, 90, "sold"), (450, 90, "repaired"),
        (50, 130, "North and"), (50, 155, "east coast"), (250, 140, "1204"), (450, 140, "37"),
        (50, 190, "South"), (250, 190, "958"),
    ]  # fmt: skip
    picture = draw([(40, 10, "Table 7 of the report"), *words], (700, 300))
    pen = ImageDraw.Draw(picture)
    for y in (40, 80, 120, 182, 222):
        pen.line((40 if y != 80 else 230, y, 640, y), 0, 2)
    for x in (40, 230, 430, 640):
        pen.line((x, 40 if x != 430 else 80, x, 222), 0, 2)
    turned = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    part = ocr_part(recognise(turned, 96, LIMITS), 1, None)
    assert part.text == (
        "Table 7 of the report\n\n"
        "| Region | Pumps · sold | Pumps · repaired |\n|---|---|---|\n"
        "| North and east coast | 1204 | 37 |\n"
        "| South | 958 |  |"
    )
    assert len(part.lines) == len(words) + 1


def line(text: str, x: float, y: float, width: float, height: float = 10) -> RecognisedLine:
    box = Box(x, y, x + width, y + height)
    return RecognisedLine(text, box, box, 0.9 if text.isascii() else 0.7)


def part_text(lines: Sequence[RecognisedLine]) -> str:
    return ocr_part(lines, 1, (595, 842)).text


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [line(f"Left column, line {n} of it,", 50, 100 + 14 * n, 230) for n in range(6)]
    right = [line(f"right column, line {n} of it,", 310, 107 + 14 * n, 230) for n in range(6)]
    head = line("A heading that stands over both of the columns of this page", 50, 60, 490)
    mixed = [x for pair in zip(left, right, strict=True) for x in pair]
    said = part_text([head, *mixed])
    order = [said.index(x.text) for x in (head, *left, *right)]
    assert order == sorted(order)


def test_columns_in_the_middle_of_a_page_are_read_between_what_is_above_and_below() -> None:
    above = [line(f"A short line above, number {n}", 50, 60 + 14 * n, 150) for n in range(3)]
    left = [line(f"Left column, line {n} of it,", 50, 130 + 14 * n, 230) for n in range(6)]
    right = [line(f"right column, line {n} of it,", 310, 130 + 14 * n, 230) for n in range(7)]
    heading = line("A heading below the columns", 50, 240, 160)
    below = line(
        "A line that goes over the whole width of the page, far to the right", 50, 256, 480
    )
    mixed = [*above, *right, *left, heading, below]
    said = part_text(mixed)
    order = [said.index(x.text) for x in (*above, *left, *right, heading, below)]
    assert order == sorted(order)


def test_cells_below_each_other_are_a_table() -> None:
    rows = [("Size", "Price", "Stock"), ("A4", "12.50", "7"), ("A3", "19.00", "none")]
    lines = [
        line(text, 60 + 150 * x, 100 + 20 * y, 8 * len(text))
        for y, row in enumerate(rows)
        for x, text in enumerate(row)
    ]
    part = ocr_part(lines, 1, None)
    assert part.text == (
        "| Size | Price | Stock |\n|---|---|---|\n| A4 | 12.50 | 7 |\n| A3 | 19.00 | none |"
    )
    (table,) = part.blocks
    assert table.kind == "table"
    assert table.header == "| Size | Price | Stock |"
    assert [part.text[at.start : at.end] for at in part.lines] == [x.text for x in lines]


def test_lines_of_a_paragraph_are_joined_and_each_keeps_its_box() -> None:
    lines = [
        line("本办法适用于公司总部各部门、分公司及控股子公", 60, 100, 220),
        line("司的全体员工。", 60, 116, 70),
        line("The licence is valid for the whole com-", 60, 160, 220),
        line("pany and for its branches.", 60, 176, 150),
    ]
    part = ocr_part(lines, 4, (595, 842))
    assert part.text == (
        "本办法适用于公司总部各部门、分公司及控股子公司的全体员工。\n\n"
        "The licence is valid for the whole company and for its branches."
    )
    assert [at.box for at in part.lines] == [x.box for x in lines]
    assert part.number == 4
    assert part.size == (595, 842)
    count = [len(x.text) for x in lines]
    sure = (0.7 * (count[0] + count[1]) + 0.9 * (count[2] + count[3])) / sum(count)
    assert part.confidence == pytest.approx(sure, abs=1e-3)


def test_large_lines_and_chapters_are_headings() -> None:
    body = "员工出差前应当至少提前三个工作日在办公系统中填写申请"
    lines = [
        line("差旅费用报销管理办法", 60, 50, 160, 17),
        line("第二章 出差申请", 60, 100, 72),
        *(line(body, 60, 130 + 16 * n, 260) for n in range(4)),
    ]
    blocks = ocr_part(lines, 1, None).blocks
    headings = [(b.level, b.words) for b in blocks if b.kind == "heading"]
    assert headings == [(1, "差旅费用报销管理办法"), (2, "第二章 出差申请")]


def test_no_lines_give_an_empty_part() -> None:
    part = ocr_part([], 2, (595, 842))
    assert (part.text, part.confidence, part.lines, part.number) == ("", None, (), 2)
