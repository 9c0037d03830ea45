"""Tables of a PDF become tables of Markdown."""

from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from ingest.document import Block, Part, Reading

ReadDrawn = Callable[..., Reading]

HEAD = ["City", "Nights", "Price"]
ROWS = [["Basel", "3", "450.00"], ["Lyon", "12", "1,180.50"], ["Turin", "7", "690.00"]]


def grid(
    canvas: Canvas, rows: Sequence[Sequence[str]], top: float = 700, *, ruled: bool = True
) -> None:
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            canvas.drawString(64 + 90 * c, top - 14 - 20 * r, cell)
    if ruled:
        canvas.grid([60 + 90 * c for c in range(len(rows[0]) + 1)],
                    [top - 20 * r for r in range(len(rows) + 1)])  # fmt: skip


def tables(part: Part) -> list[Block]:
    return [block for block in part.blocks if block.kind == "table"]


TABLE = """\
| City | Nights | Price |
|---|---|---|
| Basel | 3 | 450.00 |
| Lyon | 12 | 1,180.50 |
| Turin | 7 | 690.00 |"""


def test_a_table_with_rules(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 760, "Prices hold until the end of June.")
        grid(canvas, [HEAD, *ROWS])

    part = read_drawn(draw).parts[0]
    assert part.text == f"Prices hold until the end of June.\n\n{TABLE}"
    (table,) = tables(part)
    assert table.header == "| City | Nights | Price |"
    assert part.text[table.body :].startswith("| Basel")
    rows = {part.text[line.start : line.end]: line.box for line in part.lines}
    assert 842 - 700 + 40 - 2 <= rows["| Lyon | 12 | 1,180.50 |"].top <= 842 - 700 + 40 + 2


def test_a_table_without_rules(read_drawn: ReadDrawn) -> None:
    part = read_drawn(lambda canvas: grid(canvas, [HEAD, *ROWS], ruled=False)).parts[0]
    assert part.text == TABLE
    assert tables(part)[0].header == "| City | Nights | Price |"


def test_two_columns_without_rules_stay_rows(read_drawn: ReadDrawn) -> None:
    rows = [[row[0], row[2]] for row in ROWS]
    text = read_drawn(lambda canvas: grid(canvas, rows, ruled=False)).texts[0]
    assert text.split("\n") == ["  ".join(row) for row in rows]


def test_the_caption_above_is_the_tables(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 708, "Table 3: Hotels of the fair")
        grid(canvas, [HEAD, *ROWS])

    part = read_drawn(draw).parts[0]
    assert part.text == f"Table 3: Hotels of the fair\n\n{TABLE}"
    assert tables(part)[0].header == "Table 3: Hotels of the fair\n| City | Nights | Price |"


def test_a_merged_cell_stands_in_each_of_its_places(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 620, 270, 80)
        for y in (640, 660):
            canvas.line(60 if y == 660 else 150, y, 330, y)
        canvas.line(150, 680, 330, 680)
        canvas.line(150, 620, 150, 700)
        canvas.line(240, 620, 240, 680)
        for x, y, said in (
            (64, 676, "Line"), (160, 686, "Delay in minutes"), (160, 666, "2024"),
            (250, 666, "2025"), (64, 636, "Coast"), (160, 646, "12"), (250, 646, "9"),
            (160, 626, "15"), (250, 626, "11"),
        ):  # fmt: skip
            canvas.drawString(x, y, said)

    assert read_drawn(draw).texts[0].split("\n") == [
        "| Line | Delay in minutes · 2024 | Delay in minutes · 2025 |",
        "|---|---|---|",
        "| Coast | 12 | 9 |",
        "| Coast | 15 | 11 |",
    ]


def test_rows_that_no_rule_parts_stay_apart(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, [HEAD, *ROWS], ruled=False)
        canvas.grid([60, 150, 240, 330], [700, 680, 620])

    assert read_drawn(draw).texts == [TABLE]


def test_cells_of_two_lines_stay_whole(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 260, 330], [700, 680, 640, 600])
        for x, y, said in (
            (64, 686, "What for"), (264, 686, "Days"),
            (64, 666, "Moving into another flat within"), (64, 652, "the same town"),
            (264, 666, "1"),
            (64, 626, "A wedding of one's own, or that"), (64, 612, "of a child"),
            (264, 626, "2"),
        ):  # fmt: skip
            canvas.drawString(x, y, said)

    assert read_drawn(draw).texts[0].split("\n")[2:] == [
        "| Moving into another flat within the same town | 1 |",
        "| A wedding of one's own, or that of a child | 2 |",
    ]


def test_a_table_on_the_next_page_has_the_header_of_the_first(read_drawn: ReadDrawn) -> None:
    more = [["Genoa", "2", "310.00"], ["Trieste", "5", "505.00"]]
    reading = read_drawn(
        lambda canvas: grid(canvas, [HEAD, *ROWS]), lambda canvas: grid(canvas, more, 780)
    )
    second = reading.parts[1]
    assert second.text == "| Genoa | 2 | 310.00 |\n| Trieste | 5 | 505.00 |"
    assert tables(second)[0].header == "| City | Nights | Price |"


def test_a_frame_around_text_is_no_table(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 600, 300, 120)
        canvas.drawString(60, 700, "Read this before you begin.")
        canvas.drawString(60, 660, "Then close the cover again.")

    part = read_drawn(draw).parts[0]
    assert tables(part) == []
    assert part.text == "Read this before you begin.\n\nThen close the cover again."


def rows_at(canvas: Canvas, rows: Sequence[Sequence[str]], places: Sequence[float]) -> None:
    for r, row in enumerate(rows):
        for x, cell in zip(places, row, strict=False):
            canvas.drawString(x, 700 - 17 * r, cell)


def test_header_cells_over_several_columns_stand_above_each(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(205, 717, "2024")
        canvas.drawString(325, 717, "2025")
        names = ["Team", "Plan", "Spent", "Plan", "Spent"]
        body = [["Paint", "10", "12", "11", "9"], ["Wood", "25", "21", "28", "30"]]
        rows_at(canvas, [names, *body], [60, 185, 240, 305, 360])

    assert read_drawn(draw).texts[0].split("\n")[0] == (
        "| Team | 2024 · Plan | 2024 · Spent | 2025 · Plan | 2025 · Spent |"
    )


def test_more_groups_of_columns_than_two_are_no_columns(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        rows_at(canvas, [["First", "Second", "Third"]], [160, 260, 360])
        canvas.translate(0, -17)
        names = ["Team", "low", "high", "low", "high", "low", "high"]
        body = [["Paint", *"102130"], ["Wood", *"425161"], ["Glass", *"713290"]]
        rows_at(canvas, [names, *body], [60, 150, 190, 250, 290, 350, 390])

    assert read_drawn(draw).texts[0].split("\n")[0] == (
        "| Team | First · low | First · high | Second · low | Second · high | Third · low "
        "| Third · high |"
    )


def test_labels_of_groups_do_not_part_a_table(read_drawn: ReadDrawn) -> None:
    rows = [HEAD, ["Near by"], *ROWS, ["Farther away"], *ROWS, ["What is booked counts."]]
    text = read_drawn(lambda canvas: rows_at(canvas, rows, [60, 150, 240])).texts[0]
    assert text.split("\n")[:4] == [
        *TABLE.split("\n")[:2],
        "| Near by |  |  |",
        "| Basel | 3 | 450.00 |",
    ]
    assert "\n| Farther away |  |  |\n| Basel | 3" in text
    assert text.endswith("| Turin | 7 | 690.00 |\n\nWhat is booked counts.")


def test_a_line_without_label_goes_on_with_the_row_above(read_drawn: ReadDrawn) -> None:
    rows = [["Trip", "Rule", "Most"], ["Hotel", "With the consent of", "130"], ["", "a manager"]]
    rows += [["Taxi", "After ten at night", "40"], ["Train", "Second class", "90"]]
    text = read_drawn(lambda canvas: rows_at(canvas, rows, [60, 150, 300])).texts[0]
    assert "| Hotel | With the consent of a manager | 130 |\n| Taxi |" in text


def test_years_name_columns(read_drawn: ReadDrawn) -> None:
    rows = [["", "2023", "2024", "2025"], ["North", "10", "12", "15"], ["South", "20", "22", "25"]]
    part = read_drawn(lambda canvas: rows_at(canvas, rows, [60, 150, 240, 330])).parts[0]
    assert tables(part)[0].header == "|  | 2023 | 2024 | 2025 |"


def test_tables_beside_each_other_are_two(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        rows_at(canvas, [["Fruit", "Price"], ["Apple", "1.20"], ["Pear", "1.40"]], [60, 130])
        rows = [["Root", "Price"], ["Beet", "0.70"], ["Carrot", "0.60"], ["Radish", "0.95"]]
        rows_at(canvas, rows, [300, 370])

    assert read_drawn(draw).texts == [
        "| Fruit | Price |\n|---|---|\n| Apple | 1.20 |\n| Pear | 1.40 |\n\n"
        "| Root | Price |\n|---|---|\n| Beet | 0.70 |\n| Carrot | 0.60 |\n| Radish | 0.95 |"
    ]


def test_two_columns_of_terms_are_no_table(read_drawn: ReadDrawn) -> None:
    left = [["A", "closure of A"], ["P(A) power set"], ["B", "edge of B"], ["Q(B) its parts"]]
    left += [["C", "inside of C"]]
    right = ["Ways", "", "Be w a way.", "", "[w] class of w"]
    rows = [[*row, *[""] * (2 - len(row)), more] for row, more in zip(left, right, strict=True)]
    assert tables(read_drawn(lambda canvas: rows_at(canvas, rows, [60, 100, 320])).parts[0]) == []


def test_tables_beside_each_other_with_rules_of_their_own_are_two(read_drawn: ReadDrawn) -> None:
    """Rows at other heights, and no rule goes over the gap between the tables."""
    left = ["Costs 2023 2024", "Rent 110 120", "Wages 840 910", "Tax 7 9"]
    right = ["Sales 2023 2024", "Bread 701 733", "Cake 310 404", "Tea 55 61"]

    def draw(canvas: Canvas) -> None:
        for x, step, rows in ((60, 18, left), (300, 16, right)):
            for r, row in enumerate(rows):
                canvas.line(x, 700 - step * r, x + 220, 700 - step * r)
                for c, cell in enumerate(row.split()):
                    canvas.drawString(x + 4 + 80 * c, 700 - step * r - 12, cell)
            canvas.line(x, 700 - step * len(rows), x + 220, 700 - step * len(rows))

    part = read_drawn(draw).parts[0]
    found = [part.text[block.start : block.end].splitlines() for block in tables(part)]
    assert [table[0] for table in found] == ["| Costs | 2023 | 2024 |", "| Sales | 2023 | 2024 |"]
    assert [table[-1] for table in found] == ["| Tax | 7 | 9 |", "| Tea | 55 | 61 |"]


def test_a_caption_below_a_table_has_all_its_lines(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, [HEAD, *ROWS])
        canvas.drawString(
            60, 608, "Table 2: Nights and prices of all journeys of the company to cities of"
        )
        canvas.drawString(60, 596, "three countries in spring.")
        canvas.drawString(
            60, 540, "Whoever travels books early, as prices rise before the holidays of June."
        )

    part = read_drawn(draw).parts[0]
    caption = next(block for block in part.blocks if block.kind == "caption")
    said = part.text[caption.start : caption.end]
    assert said.startswith("Table 2: Nights")
    assert said.endswith("cities of three countries in spring.")
    assert part.text.endswith("holidays of June.")


def test_the_number_of_a_caption_may_stand_at_the_end_of_its_line(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(120, 706, "Journeys in spring")
        canvas.drawString(280, 706, "Table 1.4")
        grid(canvas, [HEAD, *ROWS])

    part = read_drawn(draw).parts[0]
    assert any(block.kind == "caption" for block in part.blocks)


def test_text_over_a_border_without_a_rule_stays_in_its_cell(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        xs, head = [60, 140, 280, 340], ["Number", "Journey", "Price"]
        for x in xs:
            canvas.line(x, 560 if x in (60, 340) else 680, x, 700)
        for y in (700, 680, 560):
            canvas.line(60, y, 340, y)
        for x, cell in zip(xs, head, strict=False):
            canvas.drawString(x + 4, 686, cell)
        for n in range(5):
            y = 664 - 22 * n
            canvas.drawString(64, y, f"D{n}")
            canvas.drawString(300, y, f"{n}40.00")
            canvas.drawString(144, y, "By train to Basel")
        canvas.drawString(144, 565, "and by ship to the south of Norway")

    text = read_drawn(draw).texts[0]
    assert "and by ship to the south of Norway | 440.00 |" in text


def test_text_in_a_frame_beside_a_table_is_no_column(read_drawn: ReadDrawn) -> None:
    beside = [
        "Ratings compare the price",
        "of a share six months",
        "after a report with the",
        "index",
    ]

    def draw(canvas: Canvas) -> None:
        for x in (60, 220):
            canvas.line(x, 620, x, 700)
        canvas.line(60, 700, 220, 700)
        canvas.line(60, 620, 220, 620)
        for n, line in enumerate(beside):
            canvas.drawString(64, 686 - 12 * n, line)
        canvas.grid([220, 310, 400, 490], [700 - 20 * r for r in range(5)])
        for r, row in enumerate([HEAD, *ROWS]):
            for c, cell in enumerate(row):
                canvas.drawString(224 + 90 * c, 686 - 20 * r, cell)

    part = read_drawn(draw).parts[0]
    assert [part.text[b.start : b.end] for b in tables(part)] == [TABLE]
    assert " ".join(beside) in " ".join(part.text.split())


def test_pieces_of_formulas_are_no_table(read_drawn: ReadDrawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Symbol", 10)
        for n in range(4):
            for c, cell in enumerate(["\u21d2 a", "b \u2208 c", "d"]):
                canvas.drawString(60 + 90 * c, 700 - 14 * n, cell)

    assert not tables(read_drawn(draw).parts[0])
