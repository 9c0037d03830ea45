from ingest.pdf.outline import Bookmark, place_bookmarks

PAGE = "第一章 总则\n本办法适用于全体员工。\n1.2 Hotel\ncosts\nUp to 500.\n"


def placed(*bookmarks: Bookmark) -> list[str]:
    (headings,) = place_bookmarks(list(bookmarks), [PAGE])
    return [PAGE[heading.start : heading.end] for heading in headings]


def test_a_bookmark_is_found_as_a_line_with_or_without_its_number() -> None:
    assert placed(Bookmark(1, "总则", 0)) == ["第一章 总则\n"]
    assert placed(Bookmark(1, "第一章  总则", 0)) == ["第一章 总则\n"]


def test_a_heading_may_take_two_lines() -> None:
    assert placed(Bookmark(2, "Hotel Costs", 0)) == ["1.2 Hotel\ncosts\n"]


def test_words_within_a_sentence_are_no_heading() -> None:
    assert placed(Bookmark(1, "全体员工", 0)) == [""]


def test_a_bookmark_without_a_line_holds_from_the_one_before() -> None:
    (headings,) = place_bookmarks([Bookmark(1, "总则", 0), Bookmark(2, "not there", 0)], [PAGE])
    assert headings[1].start == headings[1].end == headings[0].end


def test_marks_of_programs_and_of_other_pages_are_left_out() -> None:
    assert (
        placed(Bookmark(1, "OLE_LINK5", 0), Bookmark(1, "_Toc123", 0), Bookmark(1, "总则", 9)) == []
    )


def test_many_bookmarks_of_one_page_are_found_in_order() -> None:
    """Each looked for in the whole page, 20,000 took minutes."""
    text = "".join(f"{n}. Part {n}\n" for n in range(20_000))
    bookmarks = [Bookmark(1, f"Part {n}", 0) for n in range(20_000)]
    (headings,) = place_bookmarks(bookmarks, [text])
    assert [text[h.start : h.end].strip() for h in headings] == text.splitlines()
