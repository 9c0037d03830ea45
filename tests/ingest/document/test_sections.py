from ingest.document import Heading, Outline, cut_parts

TEXT = "before\nA\nfirst\nB\n\nC\nthird\n"


def heading(level: int, words: str) -> Heading:
    start = TEXT.index(f"\n{words}\n") + 1
    return Heading(level, words, start, start + 2)


def test_sections_carry_their_path_and_place() -> None:
    headings = [heading(1, "A"), heading(2, "B"), heading(2, "C")]
    sections = cut_parts([TEXT], [headings], Outline(None), [3])
    found = [(section.page_content, section.metadata["heading"]) for section in sections]
    assert found == [("before", ""), ("first", "A"), ("B", "A"), ("third", "A > C")]
    for section in sections:
        start = section.metadata["start"]
        assert TEXT[start:].startswith(section.page_content)
        assert section.metadata["page"] == 3
    assert TEXT[sections[3].metadata["heading_start"] :].startswith("C\n")


def test_the_title_is_no_part_of_the_path() -> None:
    headings = [heading(1, "A"), heading(2, "B"), heading(2, "C")]
    sections = cut_parts([TEXT], [headings], Outline("A"), [None])
    assert [section.metadata["heading"] for section in sections] == ["", "", "", "C"]


def test_an_outline_goes_on_over_pages() -> None:
    headings = [heading(1, "A"), heading(2, "B")]
    *_, last = cut_parts([TEXT, "next page"], [headings, []], Outline(None), [1, 2])
    assert (last.metadata["heading"], last.metadata["page"]) == ("A > B", 2)


def test_a_section_without_words_is_left_out() -> None:
    assert cut_parts(["***\n---\n"], [[]], Outline(None), [None]) == []


def test_the_page_of_an_inner_file_stays_in_the_path_until_the_file_ends() -> None:
    text = "F\nP1\nA\naaa\nP2\nbbb\nB\nccc\nG\nddd"
    headings = []
    for words, level in (("F", 2), ("P1", 12), ("A", 3), ("P2", 12), ("B", 3), ("G", 2)):
        start = text.index(words)
        headings.append(Heading(level, words, start, start + len(words)))
    found = [
        (section.metadata["heading"], section.page_content)
        for section in cut_parts([text], [headings], Outline(None), [None])
    ]
    assert found == [
        ("F > P1 > A", "aaa"), ("F > P2 > A", "bbb"), ("F > P2 > B", "ccc"), ("G", "ddd"),
    ]  # fmt: skip
