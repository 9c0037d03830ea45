"""What was read becomes chunks: by structure first, then by length in tokens."""

from collections.abc import Callable

import pytest
from langchain_core.documents import Document
from tokenizers import Tokenizer

from ingest.chunks import split
from ingest.document import PartWriter, Reading

HANDBOOK = """# 手册

## 差旅

概述。

### 住宿

每晚五百元。

### 交通

二等座。

## 假期

一年二十天。
"""


ReadBytes = Callable[..., Reading]
ReadPages = Callable[..., Reading]


def check(reading: Reading, chunks: list[Document]) -> None:
    assert [chunk.metadata["ordinal"] for chunk in chunks] == list(range(len(chunks)))
    for chunk in chunks:
        meta = chunk.metadata
        assert set(meta) == {"page", "heading", "start", "end", "ordinal", "header", "confidence"}
        assert reading.source(meta["page"])[meta["start"] : meta["end"]] == chunk.page_content
        assert chunk.page_content == chunk.page_content.strip() != ""


def test_small_sections_below_one_heading_share_a_chunk(
    read_bytes: ReadBytes, tokenizer: Tokenizer
) -> None:
    reading = read_bytes(HANDBOOK)
    chunks = split(reading, tokenizer, 40)
    check(reading, chunks)
    assert [chunk.metadata["heading"] for chunk in chunks] == ["差旅", "假期"]
    assert chunks[0].page_content == "概述。\n\n### 住宿\n\n每晚五百元。\n\n### 交通\n\n二等座。"
    assert chunks[1].page_content == "一年二十天。"


def test_sections_that_do_not_fit_together_keep_their_own_path(
    read_bytes: ReadBytes, tokenizer: Tokenizer
) -> None:
    reading = read_bytes(HANDBOOK)
    chunks = split(reading, tokenizer, 6)
    check(reading, chunks)
    assert [(chunk.metadata["heading"], chunk.page_content) for chunk in chunks] == [
        ("差旅", "概述。"),
        ("差旅 > 住宿", "每晚五百元。"),
        ("差旅 > 交通", "二等座。"),
        ("假期", "一年二十天。"),
    ]


def test_sections_side_by_side_bring_their_heading_lines(
    read_bytes: ReadBytes, tokenizer: Tokenizer
) -> None:
    reading = read_bytes("## 甲\n\n一。\n\n## 乙\n\n二。\n")
    (chunk,) = split(reading, tokenizer, 40)
    assert chunk.metadata["heading"] == ""
    assert chunk.page_content == "## 甲\n\n一。\n\n## 乙\n\n二。"


def test_headings_without_text_share_a_chunk_with_what_follows(
    read_bytes: ReadBytes, tokenizer: Tokenizer
) -> None:
    text = "# 手册\n\n## 甲\n\n## 乙\n\n二。\n\n## 丙\n"
    (chunk,) = split(read_bytes(text), tokenizer, 40)
    assert chunk.page_content == "## 甲\n\n## 乙\n\n二。\n\n## 丙"
    chunks = split(read_bytes(text), tokenizer, 3)
    assert [(chunk.metadata["heading"], chunk.page_content) for chunk in chunks] == [
        ("", "## 甲"),
        ("乙", "二。"),
        ("", "## 丙"),
    ]


def test_symbols_that_say_something_are_a_chunk(
    read_pages: ReadPages, tokenizer: Tokenizer
) -> None:
    chunks = split(read_pages("★★★☆☆", "✅", "•••"), tokenizer, 40)
    assert [chunk.page_content for chunk in chunks] == ["★★★☆☆", "✅"]


def test_a_deeper_section_does_not_join_its_grandparent(
    read_bytes: ReadBytes, tokenizer: Tokenizer
) -> None:
    reading = read_bytes("## 甲\n\n一。\n\n#### 丙\n\n三。\n\n## 乙\n\n二。\n")
    assert [chunk.metadata["heading"] for chunk in split(reading, tokenizer, 99)] == ["甲", "乙"]


def test_a_long_section_is_cut_at_sentence_ends(
    read_bytes: ReadBytes, tokenizer: Tokenizer
) -> None:
    reading = read_bytes("# 手册\n\n## 长\n\n" + "这是一个完整的句子。" * 30)
    chunks = split(reading, tokenizer, 64)
    check(reading, chunks)
    assert len(chunks) == 5
    assert all(chunk.page_content.endswith("。") for chunk in chunks)
    assert {chunk.metadata["heading"] for chunk in chunks} == {"长"}


def test_a_chunk_never_crosses_a_page(read_pages: ReadPages, tokenizer: Tokenizer) -> None:
    reading = read_pages("第一页。", "", "第三页。")
    chunks = split(reading, tokenizer, 64)
    check(reading, chunks)
    assert [(chunk.metadata["page"], chunk.page_content) for chunk in chunks] == [
        (1, "第一页。"),
        (3, "第三页。"),
    ]


def test_a_heading_carried_from_the_page_before_is_not_lost(
    read_pages: ReadPages, tokenizer: Tokenizer
) -> None:
    reading = read_pages("甲\n一。", "续。\n乙\n二。", bookmarks=[("甲", 0), ("乙", 1)])
    chunks = split(reading, tokenizer, 64)
    assert [chunk.metadata["heading"] for chunk in chunks] == ["甲", "甲", "乙"]


def test_no_chunk_consists_of_rules_only(read_pages: ReadPages, tokenizer: Tokenizer) -> None:
    reading = read_pages("一二三。\n\n" + "-" * 50)
    chunks = split(reading, tokenizer, 8)
    assert [chunk.page_content for chunk in chunks] == ["一二三。"]


def test_nothing_is_lost_between_overlapping_chunks(
    read_pages: ReadPages, tokenizer: Tokenizer
) -> None:
    reading = read_pages("这是第一句。这是第二句。" * 20)
    chunks = split(reading, tokenizer, 30, overlap_tokens=8)
    check(reading, chunks)
    ends = [0] + [chunk.metadata["end"] for chunk in chunks]
    assert all(chunk.metadata["start"] <= end for chunk, end in zip(chunks, ends, strict=False))
    assert chunks[1].metadata["start"] < chunks[0].metadata["end"]
    assert ends[-1] == len(reading.source(1))


@pytest.mark.parametrize(("most", "overlap"), [(0, 0), (10, 6), (10, -1)])
def test_lengths_that_make_no_sense_are_refused(
    read_pages: ReadPages, tokenizer: Tokenizer, most: int, overlap: int
) -> None:
    with pytest.raises(ValueError, match="max_tokens"):
        split(read_pages("text"), tokenizer, most, overlap)


def test_pages_of_an_inner_file_share_no_chunk(tokenizer: Tokenizer) -> None:
    writer = PartWriter()
    writer.heading("report.pdf", 2)
    for n in (1, 2):
        writer.page_name(f"Page {n}")
        writer.paragraph(f"Words of page {n}.")
    reading = Reading(None, "en", (writer.part(),), [])
    found = [chunk.metadata["heading"] for chunk in split(reading, tokenizer, 128)]
    assert found == ["report.pdf > Page 1", "report.pdf > Page 2"]
