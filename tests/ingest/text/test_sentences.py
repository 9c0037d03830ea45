"""Where sentences end, in both languages."""

from itertools import pairwise

import pytest

from ingest.text import sentence_ends, sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("第一句。第二句！第三句？第四句；第五句……第六句", [
            "第一句。", "第二句！", "第三句？", "第四句；", "第五句……", "第六句",
        ]),
        ("它说：“可以。”然后走了。", ["它说：“可以。”", "然后走了。"]),
        ("It costs 3.5 euros. See No. 7 of v1.2.3 now.", [
            "It costs 3.5 euros.", "See No. 7 of v1.2.3 now.",
        ]),
        ("Mr. Smith met Dr. J. Brown, e.g. at noon. He left.", [
            "Mr. Smith met Dr. J. Brown, e.g. at noon.", "He left.",
        ]),
        ("A line\nanother line\n\n| a | b |", ["A line", "another line", "| a | b |"]),
        ('He said "no." She said yes.', ['He said "no."', "She said yes."]),
        ("上限为600元.[1] 另外", ["上限为600元.", "[1] 另外"]),
        ("", []),
        (" \n\t ", []),
        ("。", ["。"]),
    ],
)  # fmt: skip
def test_sentences(text: str, found: list[str]) -> None:
    assert [span.text for span in sentences(text)] == found


@pytest.mark.parametrize("text", ["  One.  Two \n\n 三。四  ", "。。\n.", "a" * 1000, "\ufeff一。"])
def test_spans_are_slices_in_order_and_lose_only_white_space(text: str) -> None:
    spans = sentences(text)
    assert all(text[s.start : s.end] == s.text == s.text.strip() for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(s.text for s in spans).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! 三。“四！”Five", ["One.", " Two!", " 三。", "“四！”", "Five"]),
        ("A line\nand another; it is 3.5 of No. 7", ["A line\nand another; it is 3.5 of No. 7"]),
        ("1. First\n2. Second", ["1. First\n2. Second"]),
        ("He said so. and went", ["He said so. and went"]),
    ],
)
def test_where_a_text_may_be_cut_between_sentences(text: str, parts: list[str]) -> None:
    ends = [0, *sentence_ends(text)]
    assert [text[a:b] for a, b in zip(ends, [*ends[1:], len(text)], strict=True)] == parts
