"""Where a long text is cut: the better places first, and within the tokens that are allowed."""

from collections.abc import Callable

import pytest
from langchain_core.documents import Document
from tokenizers import Tokenizer

from ingest.chunks import split
from ingest.document import Reading

ReadBytes = Callable[..., Reading]
Cut = Callable[..., list[Document]]
First = Callable[..., str]
WORDS = "word " * 400


@pytest.fixture
def count(tokenizer: Tokenizer) -> Callable[[str], int]:
    return lambda text: len(tokenizer.encode(text).ids)


@pytest.fixture
def cut(read_bytes: ReadBytes, tokenizer: Tokenizer) -> Cut:
    """The chunks of a text without headings."""

    def make(text: str, most: int, overlap: int = 0) -> list[Document]:
        return split(read_bytes(text, "a.txt"), tokenizer, most, overlap)

    return make


@pytest.fixture
def first(cut: Cut, count: Callable[[str], int]) -> First:
    """What the first chunk has of a text that begins in its middle and has many words behind it.

    The chunk has room for so many tokens of it, else for all of it and three words more.
    """

    def make(text: str, tokens: int | None = None) -> str:
        half = tokens or count(text) + 3
        before = "word " * half
        found = cut(before + text + " " + WORDS, 2 * half)[0].page_content
        assert found.startswith(before)
        return found.removeprefix(before)

    return make


@pytest.mark.parametrize(
    "parts",
    [
        ["第一句。", "第二句！", "真的？！", "第四句；", "完"],
        ["他说：“好的。”", "然后（走了。）", "完"],
        ["等等……", "完"],
        ["可以吗?", "可以!", "完"],
        ["One sentence. ", "Is it two? ", 'She said "yes." ', "(So did he.) ", "End"],
        ["It was in 2019. ", "Then came more"],
        ["He said no. ", "Then he left"],
    ],
)
def test_sentences_end_after_their_marks(
    first: First, count: Callable[[str], int], parts: list[str]
) -> None:
    for n in range(2, len(parts) + 1):
        room = count("".join(parts[:n])) - 1
        assert first("".join(parts), room) == "".join(parts[: n - 1]).strip()


@pytest.mark.parametrize(
    "text",
    [
        "It cost 3.50 in all",
        "Ask Mr. Smith about it",
        "Fruit as e.g. Apples",
        "Written by J. R. Tolkien",
        "See Fig. 3 and No. 5",
        "approx. three of them etc. and more",
        "visit example.com today",
        "版本2.0已发布",
    ],
)
def test_other_full_stops_end_no_sentence(first: First, text: str) -> None:
    assert first(text) == f"{text} word word word"


def test_the_number_of_a_list_item_ends_no_sentence(first: First) -> None:
    assert first("intro\n2. Second of a list") == "intro"
    assert first("go\n2. Second of a list and more of it\n", 6) == "go"


def test_blank_lines_go_before_lines_and_lines_before_sentences(first: First) -> None:
    text = "段落一。\n段落二。\n \n- item\n- item"
    assert first(text) == "段落一。\n段落二。"
    assert first("段落一。\n段落二。甲。乙") == "段落一。"
    assert first("段落一。段落二，甲") == "段落一。"


def test_a_wrapped_line_is_no_paragraph(first: First) -> None:
    wrapped = "This line was wrapped by an editor at some\nplace and goes on here"
    assert first(f"Yes. {wrapped}") == "Yes."
    assert first(wrapped) == wrapped.partition("\n")[0], "though better than any other space"


def test_table_rows_are_lines(first: First) -> None:
    row = "Yes. | a very long cell in a table row | b |"
    assert first(f"{row}\n| c | d |") == row


@pytest.mark.parametrize(
    "introduction", ["包括以下几项：", "We offer:", "**Videos**", "## Heading", "第一章 总则"]
)
def test_what_introduces_stays_with_what_follows(first: First, introduction: str) -> None:
    for gap in ("\n", "\n\n"):
        assert first(f"Yes.{gap}{introduction}{gap}- the first thing") == "Yes."
        assert first(f"Yes.{gap}An item{gap}- the first thing") == f"Yes.{gap}An item"


def texts(chunks: list[Document]) -> list[str]:
    return [chunk.page_content for chunk in chunks]


def test_a_short_text_stays_whole(cut: Cut) -> None:
    assert texts(cut("一二三。", 4)) == ["一二三。"]


def test_the_furthest_sentence_end_wins(cut: Cut) -> None:
    assert texts(cut("一二。三四五。六七。八九十一二三四五。", 10)) == [
        "一二。三四五。六七。",
        "八九十一二三四五。",
    ]


def test_a_better_break_in_the_last_half_wins(cut: Cut) -> None:
    text = "一二三四五。\n六七。八九十一二三四五六七八九十。一二三四。"
    assert texts(cut(text, 10))[0] == "一二三四五。"


def test_without_a_sentence_end_a_comma_then_a_space_then_anything(cut: Cut) -> None:
    assert texts(cut("一二三四五六，七八九十" * 2, 8))[0] == "一二三四五六，"
    assert texts(cut("aa bb cc dd ee ff gg hh", 4))[0] == "aa bb cc dd"
    assert texts(cut("一" * 20, 8))[0] == "一" * 8


def test_no_tiny_tail_remains(cut: Cut) -> None:
    assert list(map(len, texts(cut("一二三四。" * 11, 50)))) == [30, 25]


@pytest.mark.parametrize("most", [1, 2, 3, 7, 20])
@pytest.mark.parametrize("overlap", [0, 1, 3, 10])
def test_nothing_is_lost_and_nothing_too_long(
    cut: Cut, count: Callable[[str], int], most: int, overlap: int
) -> None:
    if overlap > most // 2:
        return
    text = "One two. 三四五，六七八。\n\n- nine ten, 11\n" * 7
    told = "".join(c for c in text if c.isalnum())
    place = 0
    for chunk in cut(text, most, overlap):
        start, end = chunk.metadata["start"], chunk.metadata["end"]
        assert count(text[start:end]) <= most
        # Between two chunks, as at either end, there is nothing but white space and marks.
        assert not any(c.isalnum() for c in text[place:start])
        assert overlap or start >= place
        assert end > place
        place = end
    assert not any(c.isalnum() for c in text[place:])
    if not overlap:
        said = "".join(texts(cut(text, most)))
        assert "".join(c for c in said if c.isalnum()) == told


def test_pieces_overlap_by_whole_sentences(cut: Cut) -> None:
    parts = texts(cut("一二。三四。五六。七八。九十。一二。三四。", 9, 3))
    assert parts[0] == "一二。三四。五六。"
    assert parts[1].startswith("五六。七八。")


@pytest.mark.parametrize("run", [" ", "x"])
def test_a_run_that_is_one_token_or_none_does_not_make_a_boundless_piece(
    cut: Cut, run: str
) -> None:
    text = "One two. " + run * 100_000 + " Three four."
    parts = texts(cut(text, 20))
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert max(map(len, parts)) <= 20 * 64


def test_a_long_text_is_counted_as_one(cut: Cut, count: Callable[[str], int]) -> None:
    """Longer than what the tokenizer is given at once."""
    assert [count(text) for text in texts(cut("word " * 30_000, 10_000))] == [10_000] * 3


def test_the_tokenizers_own_settings_do_not_count(
    read_bytes: ReadBytes, tokenizer: Tokenizer
) -> None:
    cutting = Tokenizer.from_str(tokenizer.to_str())
    cutting.enable_truncation(4)
    cutting.enable_padding(length=50)
    reading = read_bytes("One two. 三四五，六七八。\n" * 20, "a.txt")
    assert split(reading, cutting, 30) == split(reading, tokenizer, 30)
    assert cutting.truncation is not None
    assert cutting.padding is not None
