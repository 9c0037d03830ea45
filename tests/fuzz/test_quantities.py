"""Whatever a text is: its figures are found where they stand, and a statement can be checked."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.text import list_sizes, plain, quantities
from llm.answer import Evidence, arithmetic

PIECES = [
    "1",
    "1,",
    "1.",
    "1 000 ",
    "1,000",
    "一",
    "万",
    "亿",
    "百分之",
    "第",
    "条",
    "年",
    "月",
    "日",
    "-",
    "/",
    "one ",
    "hundred and ",
    "May ",
    "march ",
    "2026",
    "9:00",
    "am",
    "US$",
    "%",
    "kg",
    " + ",
    " = ",
    "(",
    ")",
    "[1]",
    "|",
    "#",
    "* ",
    "\n",
    "A",
    "a-",
    "HL-",
    "Section ",
    "items",
    "半",
    "个",
    "½",
    "①",
    "٣",
    "²",
    "《",
    "》",
    "、",
    ", ",
    " and ",
    "Mara Lind ",
    "\ud800",
    "\x00",
]
TEXTS = st.lists(
    st.sampled_from(PIECES)
    | st.builds(lambda p, n: p * n, st.sampled_from(PIECES), st.sampled_from([2, 30, 3000]))
    | st.text(max_size=20),
    max_size=30,
).map("".join)


@given(text=TEXTS)
@example(text="1" * 20_000 + "_")
@example(text="一" * 20_000)
@example(text="1 000" * 5_000 + "_")
@example(text="A-" * 20_000)
def test_figures_of_any_text(watch: Callable[[], AbstractContextManager[None]], text: str) -> None:
    with watch():
        read = plain(text)
        for one in quantities(read):
            assert 0 <= one.start < one.end <= len(read)
        list_sizes(text)
        Evidence(text[:200], [text]).check(text[:2000])
        arithmetic("total", text[:2000], [text])


@pytest.mark.parametrize("piece", [p for p in PIECES if p.strip()])
def test_twice_the_text_has_twice_the_figures_at_most(piece: str) -> None:
    once, twice = (len(quantities(plain(f"{piece} x " * n))) for n in (200, 400))
    assert twice <= 2 * once + 1
