"""A long document is read in parts that fit, in its order, with the headings above."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from langchain_core.documents import Document

from llm.answer import AnswerModel, Question, ReadingPart
from llm.summary import summarise

Read = Callable[..., list[str]]


def chunk(n: int, tokens: int = 100, heading: str = "", header: str = "") -> Document:
    """A chunk of so many tokens of a scripted model, four characters each."""
    text = f"c{n} ".ljust(4 * tokens - 4, "w")
    metadata = {"heading": heading, "header": header, "page": None, "ordinal": n, "title": "T"}
    return Document(id=str(n), page_content=text, metadata=metadata)


@pytest.fixture
def read(scripted_chat: Any) -> Read:
    """Have a document summarised; return what the model was shown of it, part by part."""

    def make(chunks: Sequence[Document], context: int = 4096, most: int = 1_000_000) -> list[str]:
        model = scripted_chat(texts=["Nothing."] * 999, context=context)
        question = Question("Summarise it", "en", chunks)
        *steps, _, _ = summarise(question, AnswerModel(model, context, 200), most)
        assert steps == [ReadingPart(n, len(steps)) for n in range(1, len(steps) + 1)]
        for prompt in model.prompts:
            written = model.get_num_tokens_from_messages(prompt) + min(200, context // 4)
            assert written <= context
        return [str(prompt[-1].content) for prompt in model.prompts]

    return make


def numbers(part: str) -> list[int]:
    return [int(n) for n in re.findall(r"\bc(\d+)\b", part)]


def test_what_fits_is_one_part(read: Read) -> None:
    (part,) = read([chunk(n) for n in range(5)])
    assert numbers(part) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("context", [512, 600, 1024, 4096])
def test_parts_fit_keep_the_order_and_leave_nothing_out(read: Read, context: int) -> None:
    chunks = [chunk(n, 20 + 9 * (n % 8), heading=f"h{n // 4}") for n in range(40)]
    parts = read(chunks, context)
    assert len(parts) > 1
    assert [n for part in parts for n in numbers(part)] == list(range(40))


def test_parts_are_of_like_length(read: Read) -> None:
    parts = read([chunk(n) for n in range(11)])
    assert sorted(len(numbers(part)) for part in parts) == [5, 6]


@pytest.mark.parametrize("end", [6, 7, 8])
def test_a_part_ends_where_a_section_does(read: Read, end: int) -> None:
    chunks = [chunk(n, 80, heading="one" if n < end else "two") for n in range(15)]
    assert numbers(read(chunks)[0]) == list(range(end))


def test_headings_and_table_headers_stand_above_once(read: Read) -> None:
    chunks = [chunk(0, 3, "A"), chunk(1, 3, "A"), chunk(2, 3, "A > B", "| x | y |")]
    texts = [c.page_content for c in chunks]
    (part,) = read(chunks)
    shown = f"# A\n{texts[0]}\n{texts[1]}\n\n# A > B\n| x | y |\n{texts[2]}"
    assert f"\n\n{shown}\n\n" in part


def test_a_chunk_longer_than_the_room_is_cut(read: Read) -> None:
    (part,) = read([chunk(0, 5000)])
    assert 500 < part.count("w") < 10_000


def test_of_a_very_long_document_samples_are_read_from_all_of_it(read: Read) -> None:
    parts = read([chunk(n) for n in range(1000)], most=7000)
    begins = [numbers(part)[0] for part in parts]
    assert begins[0] == 0
    assert begins[-1] >= 900 - begins[1]
    assert max(b - a for a, b in pairwise(begins)) - min(b - a for a, b in pairwise(begins)) <= 1
    assert 0.8 * 70 <= sum(len(numbers(part)) for part in parts) <= 70  # 100 tokens each
