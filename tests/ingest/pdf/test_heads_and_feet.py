"""Heads, feet and page numbers of a PDF are kept once, and told."""

from collections.abc import Callable

import pytest

from ingest.document import Reading

ReadPages = Callable[..., Reading]
Pages = Callable[..., tuple[list[str], list[str]]]
WORDS = [
    "amber",
    "birch",
    "cedar",
    "delta",
    "elder",
    "fjord",
    "grove",
    "heath",
    "inlet",
    "jetty",
    "knoll",
    "ledge",
]


@pytest.fixture
def pages(read_pages: ReadPages) -> Pages:
    """The lines of pages that are made of their numbers, and the warnings."""

    def make(count: int, text: Callable[[int], str]) -> tuple[list[str], list[str]]:
        reading = read_pages(*(text(n) for n in range(1, count + 1)))
        return reading.texts, reading.warnings

    return make


def squeezed(text: str) -> str:
    return " ".join(text.split())


def body(n: int) -> str:
    return f"This page is about {WORDS[n % len(WORDS)]} and nothing else.\nSecond {WORDS[n]}."


@pytest.mark.parametrize("count", [4, 6, 11])
def test_forms_one_a_page_keep_their_numbers_dates_and_sums(pages: Pages, count: int) -> None:
    def form(n: int) -> str:
        return (
            f"Delivery note {8300 + n}\nDate: {n} June 2025\nCustomer: {WORDS[n]}\n"
            f"Payable within 20 days\nSum: {n * 117} CHF"
        )

    texts, warnings = pages(count, form)
    assert list(map(squeezed, texts)) == [squeezed(form(n)) for n in range(1, count + 1)]
    assert warnings == []


@pytest.mark.parametrize(
    "line",
    [
        "Delivery note {n}",  # steps with the page, and is no page number
        "Order | {m}",
        "{m}",
        "{n} June 2025",
        "Room {n} of 12 is closed",
        "Sum: {n}00 EUR",
        "Ticket   {m}",
        "Ticket   {n}",
        "Bed | {n}",
        "Night - {n}",
        "Crate  {n}/6",
        "Serial\t{n}",
        "Part  {roman}",
        "30{n}",
        "{n}/2025",
        "{n} 200",
        "协议第20{n}号",
        "第{n}课 数字",
        "第{n}周工作小结",
        "Acme Handbook   {n}",
    ],
)
def test_a_number_that_steps_is_no_page_number_by_that_alone(
    read_pages: ReadPages, line: str
) -> None:
    roman = ["0", "I", "II", "III", "IV", "V", "VI"]
    made = [line.format(n=n, m=8300 + n, roman=roman[n]) for n in range(1, 7)]
    reading = read_pages(*[f"{body(n)}\n{made[n - 1]}" for n in range(1, 7)])
    last = [text.split("\n")[-1] for text in reading.texts]
    assert list(map(squeezed, last)) == list(map(squeezed, made))
    assert reading.warnings == []


@pytest.mark.parametrize(
    "line",
    [
        "{n}",
        "- {n} -",
        "Page {n} of 9",
        "page {n}",
        "{n}/9",
        "{n} / 9",
        "第 {n} 页 共 9 页",
        "第{n}页，共9页",
        "共 9 页 第 {n} 页",
        "{seventeen}",
        "Page {big}",
        "Acme Handbook - Page {n}",
        "Rev. 4 of 2024  p. {n}",
        "Acme 手册 第{n}页",
        "{roman}",
    ],
)
def test_page_numbers_go_but_the_first(read_pages: ReadPages, line: str) -> None:
    roman = ["0", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    made = [line.format(n=n, seventeen=n + 16, big=n + 2000, roman=roman[n]) for n in range(1, 10)]
    reading = read_pages(*[f"{body(n)}\n{made[n - 1]}" for n in range(1, 10)])
    assert squeezed(made[0]) in squeezed(reading.texts[0])
    assert reading.texts[1:] == [body(n) for n in range(2, 10)]
    first, last = squeezed(made[1]), squeezed(made[-1])
    assert reading.warnings == [f"left out as head or foot on 8 pages: '{first}' to '{last}'"]


def test_page_numbers_that_begin_anew_in_each_part_go_too(read_pages: ReadPages) -> None:
    numbers = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]
    reading = read_pages(*[f"{body(n)}\n{number}" for n, number in enumerate(numbers)])
    assert [text.split("\n")[-1].isdigit() for text in reading.texts] == [True] + [False] * 9


def test_a_head_of_several_lines_goes_up_to_the_first_that_differs(pages: Pages) -> None:
    texts, warnings = pages(
        5, lambda n: f"Acme Ltd.\nHandbook\nPart {WORDS[n]}\nInternal\n{body(n)}"
    )
    assert texts[0].startswith("Acme Ltd.\nHandbook\nPart birch\nInternal\n")
    assert texts[2] == f"Part {WORDS[3]}\nInternal\n{body(3)}"
    assert warnings == [
        "left out as head or foot on 4 pages: 'Acme Ltd.'",
        "left out as head or foot on 4 pages: 'Handbook'",
    ]


def test_a_line_that_recurs_behind_one_that_differs_stays(pages: Pages) -> None:
    texts, _ = pages(6, lambda n: f"{body(n)}\nPayable on receipt\nNote {8300 + n}")
    assert all("Payable on receipt" in text for text in texts)


@pytest.mark.parametrize(
    "clause",
    [
        "Qty: 12",
        "Lot 12",
        "Sum 250.00",
        "Amount USD 250",
        "总计：贰佰元整",
        "Terms: net sixty days",
        "Printed on: 4 May",
        "Seller:\nAcme Works",
        "Goods may be returned within ten days",
        "Die Ware bleibt bis zur Zahlung unser Eigentum",
        "乙方未经同意不得转让本合同",
        "The goods stay our property until they are paid in full.",
        "The goods stay our property until they are paid in full, and may\nnot be sold on.",
        "货物在付清全部价款之前仍归本公司所有，不得转卖。",
        "Payable within 20 days",
        "20日内付款，逾期加收 2% 违约金",
        "Total due: 100 EUR",
        "12 40 0",
    ],
)
@pytest.mark.parametrize("number", [False, True])
def test_a_clause_or_a_sum_stays_on_every_page(pages: Pages, clause: str, number: bool) -> None:
    texts, _ = pages(6, lambda n: f"{body(n)}\n{clause}" + (f"\nPage {n} of 6" if number else ""))
    assert all(squeezed(clause) in squeezed(text) for text in texts)


@pytest.mark.parametrize(
    "said",
    [
        ["Passed"] * 5 + ["Failed"],
        ["Failed"] + ["Passed"] * 5,
        ["Sent to Oslo"] + ["Sent to Rome"] * 5,
        ["Fully paid", "Fully paid", "Still open", "Fully paid", "Fully paid", "Fully paid"],
        ["Fully paid"] * 5 + ["Still open"],
    ],
)
def test_what_differs_on_one_page_stays_on_all(read_pages: ReadPages, said: list[str]) -> None:
    made = [f"{body(n)}\n{line}" for n, line in enumerate(said)]
    reading = read_pages(*made)
    assert (reading.texts, reading.warnings) == (made, [])


@pytest.mark.parametrize(
    "head",
    [
        "Acme Instruments  Guide to the New Pumps 2024",
        "Confidential - for internal use only",
        "© 2024 Acme, all rights reserved",
        "恒远仪器股份有限公司 年度报告",
        "As of June 2025",
        "https://www.example.org/guides",
        "Internal",
    ],
)
def test_names_titles_and_notes_of_a_few_words_go(pages: Pages, head: str) -> None:
    texts, _ = pages(6, lambda n: f"{head}\n{body(n)}")
    assert texts[1:] == [body(n) for n in range(2, 7)]


def test_a_head_may_begin_behind_the_cover(pages: Pages) -> None:
    texts, _ = pages(6, lambda n: body(n) if n == 1 else f"Acme Handbook\n{body(n)}")
    assert [text.startswith("Acme Handbook") for text in texts] == [False, True] + [False] * 4


def test_heads_of_left_and_right_pages_go(pages: Pages) -> None:
    texts, _ = pages(
        12,
        lambda n: (f"page {n} | Acme Handbook\n" if n % 2 else "Travel Rules\n") + body(n - 1),
    )
    assert texts[2:] == [body(n - 1) for n in range(3, 13)]


def test_heads_that_change_with_the_chapter_stay(pages: Pages) -> None:
    texts, _ = pages(12, lambda n: f"{WORDS[n // 5].title()}\n{body(n - 1)}")
    assert all(text.startswith(WORDS[n // 5].title()) for n, text in enumerate(texts, start=1))


def test_a_last_row_that_is_the_same_by_chance_stays(read_pages: ReadPages) -> None:
    rows = ["none", "none", "one left", "none", "two left", "three left", "none"]
    reading = read_pages(*[f"{body(n)}\n{row}" for n, row in enumerate(rows)])
    assert [text.split("\n")[-1] for text in reading.texts] == rows
    assert reading.warnings == []


def test_the_same_line_at_another_place_stays(pages: Pages) -> None:
    texts, _ = pages(5, lambda n: f"Acme Handbook\n{body(n)}\nAcme Handbook\n{body(n + 1)}")
    assert all("\nAcme Handbook\n" in text for text in texts)
