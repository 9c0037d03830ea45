"""A PDF as it is read: its pages, its title, the headings that its bookmarks give."""

from collections.abc import Callable

import pytest

from ingest.document import Reading
from ingest.errors import ReadError

MakePdf = Callable[..., bytes]
ReadBytes = Callable[..., Reading]
ReadPages = Callable[..., Reading]


def test_pages_are_read_in_order(read_bytes: ReadBytes, make_pdf: MakePdf) -> None:
    data = make_pdf(["出差住宿每晚不超过五百元。"], ["Leave is twenty days."], title="员工手册")
    reading = read_bytes(data, "a.pdf")
    assert (reading.title, reading.pages, reading.lang, reading.warnings) == (
        "员工手册",
        2,
        "zh",
        [],
    )
    found = [(part.metadata["page"], part.page_content) for part in reading.sections]
    assert found == [(1, "出差住宿每晚不超过五百元。"), (2, "Leave is twenty days.")]
    assert reading.source(2) == "Leave is twenty days."


def test_bookmarks_give_headings_until_the_next(read_bytes: ReadBytes, make_pdf: MakePdf) -> None:
    data = make_pdf(
        ["cover", "1 Travel", "Hotels cost money."],
        ["More on hotels."],
        ["Leave", "Twenty days."],
        bookmarks=[("Travel", 0), ("Leave", 2)],
    )
    found = [
        (part.metadata["page"], part.metadata["heading"], part.page_content)
        for part in read_bytes(data, "a.pdf").sections
    ]
    assert found == [
        (1, "", "cover"),
        (1, "Travel", "Hotels cost money."),
        (2, "Travel", "More on hotels."),
        (3, "Leave", "Twenty days."),
    ]


PAGE = "第一章 总则\n本办法适用于全体员工。\n1.2 Hotel\ncosts\nUp to 500."


def headings(reading: Reading) -> list[tuple[str, str]]:
    return [(part.metadata["heading"], part.page_content) for part in reading.sections]


@pytest.mark.parametrize(
    ("words", "above", "below"),
    [
        ("总则", "", "本办法适用于全体员工。"),  # as a line without its number
        ("第一章  总则", "", "本办法适用于全体员工。"),
        ("Hotel Costs", "第一章 总则\n本办法适用于全体员工。", "Up to 500."),  # on two lines
    ],
)
def test_a_bookmark_is_found_as_a_line(
    read_pages: ReadPages, words: str, above: str, below: str
) -> None:
    found = headings(read_pages(PAGE, bookmarks=[(words, 0)]))
    assert found[-1][0] == " ".join(words.split())
    assert found[-1][1].startswith(below)
    assert [text for _, text in found[:-1]] == ([above] if above else [])


def test_a_bookmark_without_a_line_holds_from_the_one_before(read_pages: ReadPages) -> None:
    """Words within a sentence are none."""
    title, _, rest = PAGE.partition("\n")
    for words in ("全体员工", "not there"):
        found = headings(read_pages(PAGE, bookmarks=[("总则", 0), (words, 0)]))
        assert [(heading, text.split()) for heading, text in found] == [
            ("", title.split()),
            (words, rest.split()),
        ]


def test_marks_of_programs_are_left_out(read_pages: ReadPages) -> None:
    for marks in ([("OLE_LINK5", 0)], [("_Toc123", 0), ("书签1", 0)]):
        reading = read_pages(PAGE, bookmarks=marks)
        assert [heading for heading, _ in headings(reading)] == ["第一章 总则"]


def test_many_bookmarks_of_one_page_are_found_in_order(read_pages: ReadPages) -> None:
    """Each looked for in the whole page, 20,000 took minutes."""
    lines = [f"{n}. Part {n}\nIt has {n} words." for n in range(1, 1500)]
    marks = [(f"Part {n}", 0) for n in range(1, 1500)]
    found = headings(read_pages("\n".join(lines), bookmarks=marks))
    assert found == [(f"Part {n}", f"It has {n} words.") for n in range(1, 1500)]


def test_slides_of_which_only_the_bookmark_can_be_read_stay(
    read_bytes: ReadBytes, make_pdf: MakePdf
) -> None:
    data = make_pdf(
        ["Spring plan"],
        ["Budget"],
        ["Hotels"],
        ["Two nights."],
        ["Thank you"],
        bookmarks=[("Spring plan", 0), ("Budget", 1), ("Hotels", 2), ("Thank you", 4)],
    )
    found = [
        (part.metadata["page"], part.metadata["heading"], part.page_content)
        for part in read_bytes(data, "a.pdf").sections
    ]
    assert found == [
        (1, "", "Spring plan"),
        (2, "", "Budget"),
        (4, "Hotels", "Two nights."),
        (5, "", "Thank you"),
    ]


def test_a_page_without_text_is_told(read_bytes: ReadBytes, make_pdf: MakePdf) -> None:
    reading = read_bytes(make_pdf(["words"], [], ["words again"]), "a.pdf")
    assert reading.warnings == ["no text on page 2"]
    assert reading.pages == 3


def test_an_owner_password_does_not_lock_reading(read_bytes: ReadBytes, make_pdf: MakePdf) -> None:
    reading = read_bytes(make_pdf(["open to read"], user_password=""), "a.pdf")
    assert reading.source(1) == "open to read"


@pytest.mark.parametrize(
    ("pages", "options", "limits", "reason"),
    [
        ([["secret"]], {"user_password": "foo"}, {}, "encrypted"),
        ([[], []], {}, {}, "empty"),
        ([], {}, {}, "damaged"),
        ([None, None], {}, {}, "damaged"),
        ([["a"], ["b"], ["c"]], {}, {"max_pages": 2}, "too-large"),
        ([["many words " * 600]], {}, {"max_bytes": 2000}, "too-large"),
    ],
)
def test_what_cannot_be_read_has_a_reason(
    read_bytes: ReadBytes,
    make_pdf: MakePdf,
    pages: list[list[str] | None],
    options: dict[str, str],
    limits: dict[str, int],
    reason: str,
) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(make_pdf(*pages, **options), "a.pdf", **limits)
    assert caught.value.reason == reason


def test_a_pdf_cut_short_is_damaged(read_bytes: ReadBytes, make_pdf: MakePdf) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(make_pdf(["words"] * 40)[:200], "a.pdf")
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize(
    "title",
    [
        "员工手册",
        "The Digital Millennium Copyright Act of 1998",
        "2023 年度报告",
        "Leave Policy v2.1",
    ],
)
def test_titles_are_kept(read_pages: ReadPages, title: str) -> None:
    assert read_pages("words", title=f"  {title}\n").title == title


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "Microsoft Word - report.doc",
        "untitled",
        "Untitled-1",
        "无标题",
        "文档1",
        "Document 3",
        "PowerPoint 演示文稿",
        "报告 终稿.docx",
        "IMR-15-238",
        "C:\\Users\\li\\plan",
        "12345",
        "上",
        "ÖÐ¹ú¹«Ë¾",
        "bad \ufffd bytes",
        "x" * 300,
    ],
)
def test_junk_is_no_title(read_pages: ReadPages, junk: str) -> None:
    assert read_pages("words", title=junk).title is None
