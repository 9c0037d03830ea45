import pytest

from ingest.chunks.breaks import Breaks

BLANK, LINE, SENTENCE, WEAK = range(4)


def pieces(text: str, rank: int) -> list[str]:
    """The text cut at every place of a rank."""
    breaks, places, after = Breaks(text), [0], 0
    while (place := breaks.first(rank, after + 1, len(text))) is not None:
        places.append(place)
        after = place
    return [text[a:b] for a, b in zip(places, [*places[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    "parts",
    [
        ["第一句。", "第二句！", "真的？！", "第四句；", "完"],
        ["他说：“好的。”", "然后（走了。）", "完"],
        ["等等……", "完"],
        ["可以吗?", "可以!", "完"],
        ["One sentence. ", "Is it two? ", 'She said "yes." ', "(So did he.) ", "End"],
    ],
)
def test_sentences_end_after_their_marks(parts: list[str]) -> None:
    found = [piece.strip() for piece in pieces("".join(parts), SENTENCE)]
    assert found == [part.strip() for part in parts]


@pytest.mark.parametrize(
    "text",
    [
        "It cost 3.50 in all",
        "Ask Mr. Smith about it",
        "Fruit, e.g. Apples",
        "Written by J. R. Tolkien",
        "See Fig. 3 and No. 5",
        "1. First of a list",
        "intro\n2. Second of a list",
        "approx. three of them etc. and more",
        "visit example.com today",
        "版本2.0已发布",
    ],
)
def test_other_full_stops_end_no_sentence(text: str) -> None:
    assert pieces(text, SENTENCE) == [text]


@pytest.mark.parametrize("text", ["It was in 2019. Then came more", "He said no. Then he left"])
def test_a_year_or_a_short_word_may_end_a_sentence(text: str) -> None:
    assert len(pieces(text, SENTENCE)) == 2


def test_blank_lines_and_lines_are_told_apart() -> None:
    text = "段落一。\n段落二。\n \n- item\n- item"
    assert pieces(text, BLANK) == ["段落一。\n段落二。\n \n", "- item\n- item"]
    assert pieces(text, LINE) == ["段落一。\n", "段落二。\n \n- item\n", "- item"]


def test_a_wrapped_line_is_no_paragraph() -> None:
    text = "This line was wrapped by an editor at some\nplace and goes on here."
    assert pieces(text, LINE) == [text]
    assert len(pieces(text, WEAK)) == 2


def test_table_rows_are_lines() -> None:
    text = "| a very long cell in a table row | b |\n| c | d |"
    assert len(pieces(text, LINE)) == 2


@pytest.mark.parametrize(
    "introduction", ["包括以下几项：", "We offer:", "**Videos**", "## Heading", "第一章 总则"]
)
def test_what_introduces_stays_with_what_follows(introduction: str) -> None:
    for rank, gap in ((LINE, "\n"), (BLANK, "\n\n")):
        text = f"{introduction}{gap}- the first thing"
        assert pieces(text, rank) == [text]
        assert len(pieces(text, WEAK)) >= 2


def test_places_are_looked_up_by_their_bounds() -> None:
    breaks = Breaks("一。二。三。")
    assert breaks.last(SENTENCE, 0, 5) == 4
    assert breaks.last(SENTENCE, 4, 5) is None
    assert breaks.first(SENTENCE, 2, 6) == 2
    assert breaks.first(SENTENCE, 3, 4) is None
