"""Whatever a text is: its words are found, and the keyword index can hold them."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

from hypothesis import example, given
from hypothesis import strategies as st

from ingest.text import folded
from retrieval.keywords import terms

PIECES = [
    "a", "a's", "s'", "'", "’", "don't", "x-", "-", "/", "GB/T 7714", "ISO 27001", "1,000",
    "1.2.3", "3.5%",
    "%", ".", "中", "国", "制度", "請假", "é", "ﬁ", "ß", "İ", "ǅ", "e\u0301", "한", "か",
    "٣", "²", "Ⅳ",
    "𝟜", "😀",
    "\ud800", "\x00", "\u202e", "\u200b", "\n", " ", "_", "@", "&", "+", ":", "q3", "5g",
    "iso27001", "ST",
]  # fmt: skip
TEXTS = st.lists(
    st.sampled_from(PIECES)
    | st.builds(lambda p, n: p * n, st.sampled_from(PIECES), st.sampled_from([2, 30, 3000]))
    | st.text(max_size=20),
    max_size=40,
).map("".join)
# What the docstring promises; a match has to be kept out of FTS5's own syntax by nothing else.
# Python does not know the newest Chinese characters as letters yet.
TERM = re.compile(r"[\w.%\U00020000-\U0003ffff]+")


@given(text=TEXTS)
@example(text="a's" * 20_000)
@example(text="中" * 20_000)
@example(text="A" * 20_000 + "1" * 20_000)
def test_terms(watch: Callable[[], AbstractContextManager[None]], text: str) -> None:
    with watch():
        found = terms(text)
        folded(text)
    assert all(TERM.fullmatch(term) for term in found)
    assert len(found) <= 3 * len(text)
