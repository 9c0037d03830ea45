"""The forms in which texts are compared."""

import pytest

from ingest.text import collapsed, folded, is_traditional, letters, normalised, traditional


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("１０ ＫＧ", "10 kg"),
        ("ﬁnal Café", "final café"),  # accents stay
        ("請假", "請假"),  # and so do Traditional characters
    ],
)
def test_normalised(text: str, plain: str) -> None:
    assert normalised(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Café Ünal", "cafe unal"),
        ("請假制度", "请假制度"),
        ("１０", "１０"),  # no NFKC
        ("a\ud800b", "ab"),  # half of a pair
        ("", ""),
    ],
)
def test_folded(text: str, plain: str) -> None:
    assert folded(text) == plain


def test_letters_and_digits_alone() -> None:
    assert letters(" Ab-c_d, 1.2 | 知库。\n") == "abcd12知库"


def test_collapsed() -> None:
    assert collapsed(" a\n\tb \u3000c\n") == "a b c"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("請假要幾天？", True),
        ("请假要几天？", False),
        ("請假要几天？", False),  # of both
        ("出差住宿上限", False),  # the same in both
        ("How many days?", False),
        ("a\ud800b", False),
        ("", False),
    ],
)
def test_what_only_traditional_chinese_has_tells_it(text: str, told: bool) -> None:
    assert is_traditional(text) is told


def test_simplified_characters_as_traditional_ones() -> None:
    assert traditional("请假3天，HL-400。") == "請假3天，HL-400。"
    assert traditional("請假") == "請假"
    assert traditional("leave") == "leave"
