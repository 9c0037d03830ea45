"""The forms in which texts are compared."""

import pytest

from ingest.text import collapsed, folded, letters, normalised


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
