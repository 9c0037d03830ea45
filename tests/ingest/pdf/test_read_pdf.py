from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.document import Reading
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.pdf import read_pdf

MakePdf = Callable[..., bytes]


def read_bytes(folder: Path, data: bytes, limits: Limits | None = None) -> Reading:
    path = folder / "blob"
    path.write_bytes(data)
    return read_pdf(path, limits or Limits())


def test_pages_are_read_in_order(tmp_path: Path, make_pdf: MakePdf) -> None:
    data = make_pdf(["出差住宿每晚不超过五百元。"], ["Leave is twenty days."], title="员工手册")
    reading = read_bytes(tmp_path, data)
    assert (reading.title, reading.pages, reading.lang, reading.warnings) == (
        "员工手册",
        2,
        "zh",
        [],
    )
    found = [(part.metadata["page"], part.page_content) for part in reading.sections]
    assert found == [(1, "出差住宿每晚不超过五百元。"), (2, "Leave is twenty days.")]
    assert reading.source(2) == "Leave is twenty days."


def test_bookmarks_give_headings_until_the_next(tmp_path: Path, make_pdf: MakePdf) -> None:
    data = make_pdf(
        ["cover", "1 Travel", "Hotels cost money."],
        ["More on hotels."],
        ["Leave", "Twenty days."],
        bookmarks=[("Travel", 0), ("Leave", 2)],
    )
    found = [
        (part.metadata["page"], part.metadata["heading"], part.page_content)
        for part in read_bytes(tmp_path, data).sections
    ]
    assert found == [
        (1, "", "cover"),
        (1, "Travel", "Hotels cost money."),
        (2, "Travel", "More on hotels."),
        (3, "Leave", "Twenty days."),
    ]


def test_slides_of_which_only_the_bookmark_can_be_read_stay(
    tmp_path: Path, make_pdf: MakePdf
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
        for part in read_bytes(tmp_path, data).sections
    ]
    assert found == [
        (1, "", "Spring plan"),
        (2, "", "Budget"),
        (4, "Hotels", "Two nights."),
        (5, "", "Thank you"),
    ]


def test_a_page_without_text_is_told(tmp_path: Path, make_pdf: MakePdf) -> None:
    reading = read_bytes(tmp_path, make_pdf(["words"], [], ["words again"]))
    assert reading.warnings == ["no text on page 2"]
    assert reading.pages == 3


def test_an_owner_password_does_not_lock_reading(tmp_path: Path, make_pdf: MakePdf) -> None:
    reading = read_bytes(tmp_path, make_pdf(["open to read"], user_password=""))
    assert reading.source(1) == "open to read"


@pytest.mark.parametrize(
    ("pages", "options", "limits", "reason"),
    [
        ([["secret"]], {"user_password": "foo"}, Limits(), "encrypted"),
        ([[], []], {}, Limits(), "needs-ocr"),
        ([], {}, Limits(), "damaged"),
        ([["a"], ["b"], ["c"]], {}, Limits(max_pages=2), "too-large"),
        ([["many words"]], {}, Limits(max_bytes=4), "too-large"),
    ],
)
def test_what_cannot_be_read_has_a_reason(
    tmp_path: Path,
    make_pdf: MakePdf,
    pages: list[list[str]],
    options: dict[str, str],
    limits: Limits,
    reason: str,
) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(tmp_path, make_pdf(*pages, **options), limits)
    assert caught.value.reason == reason


def test_a_pdf_cut_short_is_damaged(tmp_path: Path, make_pdf: MakePdf) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(tmp_path, make_pdf(["words"] * 40)[:200])
    assert caught.value.reason == "damaged"
