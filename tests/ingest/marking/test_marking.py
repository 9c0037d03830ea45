"""Where quotes stand in texts, and which of the characters on a page are theirs."""

import pytest

from ingest.document import Box, Line, Part
from ingest.marking import Piece, aligned, clipped, find_quote, merged, outside, pieces_of


def quoted(texts: list[str], quote: str, part: int = 0, start: int = 0) -> list[str]:
    return [texts[s.part][s.start : s.end] for s in find_quote(texts, quote, part, start)]


def test_a_quote_is_found_though_spaces_and_forms_of_letters_are_others() -> None:
    assert quoted(["Leave is\n１２ days, “ﬁxed”."], "leave is 12  days, “fixed”.") == [
        "Leave is\n１２ days, “ﬁxed”."
    ]
    assert quoted(["差旅 标准，按职级执行。其他"], "差旅标准,按职级执行。") == [
        "差旅 标准，按职级执行。"
    ]
    assert quoted(["abc"], "xyz") == quoted(["abc"], " - ") == quoted([], "abc") == []


def test_of_several_places_the_passage_of_the_quote_decides() -> None:
    texts = ["tea is free. tea is free.", "tea is free."]
    assert find_quote(texts, "tea is free", 0, 5)[0].start == 13
    assert find_quote(texts, "tea is free", 1)[0].part == 1
    assert find_quote(texts, "tea is free", 9)[0].part == 0  # no such part


def test_a_quote_may_run_over_two_parts_and_have_a_header_between_its_lines() -> None:
    assert quoted(["It goes on", "over the page."], "goes on over the") == ["goes on", "over the"]
    rows = ["| Size | EUR |\n| A4 | 12 |\n| A5 | 7 |"]
    assert quoted(rows, "| Size | EUR |\n|---|---|\n| A5 | 7 |") == ["Size | EUR", "A5 | 7"]


def test_pieces_are_lines_with_what_of_them_is_quoted() -> None:
    box = Box(0, 0, 100, 10)
    part = Part("# One\n\nfirst line\nsecond", lines=(Line(7, 17, box), Line(18, 24, box)))
    assert pieces_of(part, 13, 21) == [
        Piece("first line", 6, 10, box),
        Piece("second", 0, 3, box),
    ]
    assert pieces_of(part, 0, 9) == [Piece("# One", 0, 5), Piece("first line", 0, 2, box)]


@pytest.mark.parametrize(
    ("text", "quote", "page", "found"),
    [
        ("Twenty days of leave", "days of", "Twentydaysofleave", ["daysof"]),
        ("the sup", "sup", "thesup-", ["sup-"]),
        ("of 10³ pieces.", "pieces.", "of103pieces.", ["pieces."]),
        ("| Rome | 12 days | 7 |", "12 days", "Rome12days7", ["12days"]),
        ("| Rome | warm and dry | 7 |", "warm and dry", "Romewarmand7dry", ["warm", "and", "dry"]),
        ("nothing of it", "of", "quiteanothertext", None),
    ],
)
def test_the_characters_of_a_line_are_found_on_the_page(
    text: str, quote: str, page: str, found: list[str] | None
) -> None:
    start = text.index(quote)
    spans = aligned(text, start, start + len(quote), page)
    assert (spans and [page[b:e] for b, e in spans]) == found


def test_cells_that_stand_elsewhere_are_told() -> None:
    text = "Table 2: Rooms\n\n| Floor | Room |"
    assert outside(text, 0, len(text), "FloorRoom") == ["Table 2: Rooms"]
    assert outside("a line", 0, 6, "") == []


def test_a_line_without_places_of_its_characters_is_cut_by_their_widths() -> None:
    line = Box(100, 50, 200, 60)
    assert clipped(line, "汉字汉字汉字汉字汉字", 2, 5) == Box(120, 50, 150, 60)
    assert clipped(line, "ill MMM", 4, 7).left < 160
    assert clipped(Box(0, 0, 10, 90), "stands", 1, 2) == Box(0, 0, 10, 90)


def test_boxes_of_one_line_become_one() -> None:
    row = [Box(0, 0, 5, 10), Box(5, 1, 12, 10), Box(200, 0, 210, 10), Box(0, 20, 80, 30)]
    assert merged(row) == [Box(0, 0, 12, 10), Box(200, 0, 210, 10), Box(0, 20, 80, 30)]
    assert merged([Box(0, 0, 10, 8), Box(0, 9, 10, 17)]) == [Box(0, 0, 10, 17)]  # it stands
    assert merged([Box(0, 0, 90, 10), Box(0, 12, 90, 22)]) == [
        Box(0, 0, 90, 10), Box(0, 12, 90, 22),
    ]  # fmt: skip
    assert merged([Box(5, 5, 5, 9)]) == []
