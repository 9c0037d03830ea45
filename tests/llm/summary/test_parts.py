"""Chunks of a document put into parts that fit."""

import pytest
from langchain_core.documents import Document

from llm.summary.parts import in_parts


def chunk(n: int, words: int = 10, heading: str = "", header: str = "") -> Document:
    text = " ".join([f"c{n}", *["w"] * (words - 1)])
    metadata = {"heading": heading, "header": header, "page": None, "ordinal": n}
    return Document(id=str(n), page_content=text, metadata=metadata)


def words(text: str) -> int:
    return len(text.split())


def ids(chunks: object) -> list[str]:
    return [str(c.id) for c in chunks]  # type: ignore[attr-defined]


def test_what_fits_is_one_part() -> None:
    parts, share = in_parts([chunk(n) for n in range(5)], 50, words, 1000)
    assert [ids(part.chunks) for part in parts] == [["0", "1", "2", "3", "4"]]
    assert share == 1.0


@pytest.mark.parametrize("room", [10, 25, 33, 70, 99])
def test_parts_fit_keep_the_order_and_leave_nothing_out(room: int) -> None:
    chunks = [chunk(n, 3 + n % 8, heading=f"h{n // 4}") for n in range(40)]
    parts, share = in_parts(chunks, room, words, 10_000)
    assert [i for part in parts for i in ids(part.chunks)] == ids(chunks)
    assert max(words(part.text) for part in parts) <= room
    assert share == 1.0


def test_parts_are_of_like_length() -> None:
    parts, _ = in_parts([chunk(n) for n in range(11)], 100, words, 10_000)
    assert [len(part.chunks) for part in parts] in ([6, 5], [5, 6])


def test_a_part_ends_where_a_section_does() -> None:
    chunks = [chunk(n, heading="one" if n < 7 else "two") for n in range(14)]
    parts, _ = in_parts(chunks, 100, words, 10_000)
    assert ids(parts[0].chunks) == ids(chunks[:7])


def test_headings_and_table_headers_stand_above_once() -> None:
    chunks = [chunk(0, 2, "A"), chunk(1, 2, "A"), chunk(2, 2, "A > B", "| x | y |")]
    (part,), _ = in_parts(chunks, 100, words, 10_000)
    assert part.text == "# A\nc0 w\nc1 w\n\n# A > B\n| x | y |\nc2 w"


def test_a_chunk_longer_than_the_room_is_cut() -> None:
    (part,), _ = in_parts([chunk(0, 300)], 100, words, 10_000)
    assert 80 < words(part.text) <= 100


def test_of_a_very_long_document_samples_are_read_from_all_of_it() -> None:
    chunks = [chunk(n) for n in range(1000)]
    parts, share = in_parts(chunks, 50, words, 500)
    assert len(parts) == 10
    assert max(words(part.text) for part in parts) <= 50
    begins = [int(part.chunks[0].metadata["ordinal"]) for part in parts]
    assert begins == list(range(0, 1000, 100))
    assert share == pytest.approx(0.05)
