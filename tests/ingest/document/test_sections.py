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
