"""A chunk that begins in the middle of a table carries what stands above its rows."""

import time
from collections.abc import Callable

import pytest
from tokenizers import Tokenizer

from ingest.chunks import split
from ingest.document import PartWriter, Reading

TABLE = """Prices in euros:

| model | price |
|:------|------:|
| HL-100 | 90 |
| HL-200 | 120 |

After it | a line.
"""


Headers = Callable[..., dict[str, str]]


@pytest.fixture
def headers(read_bytes: Callable[..., Reading], tokenizer: Tokenizer) -> Headers:
    """The header of each chunk of a text, by the text of the chunk."""

    def make(text: str, most: int = 6) -> dict[str, str]:
        chunks = split(read_bytes(text, "a.txt"), tokenizer, most)
        return {chunk.page_content: chunk.metadata["header"] for chunk in chunks}

    return make


def test_only_a_later_row_needs_the_header(headers: Headers) -> None:
    found = headers(TABLE)
    rows = [text for text in found if text.startswith(("| HL", "HL", "90", "120"))]
    assert rows
    assert {found[text] for text in rows} == {"| model | price |"}
    others = [header for text, header in found.items() if "HL" not in text and "0" not in text]
    assert set(others) == {""}


@pytest.mark.parametrize("text", ["| no | table |\n| x | y |\n", "| x |", "|---|\n| x |\n"])
def test_lines_with_bars_alone_are_no_table(text: str, headers: Headers) -> None:
    assert set(headers(text).values()) == {""}


def test_chunks_carry_the_header_of_the_table_they_begin_in(headers: Headers) -> None:
    rows = "".join(f"| model {n} | {n * 10} |\n" for n in range(20))
    found = headers(f"Prices:\n\n| name | price |\n|---|---|\n{rows}\nThat is all.\n", 40)
    inside = {text: header for text, header in found.items() if text.startswith("| model")}
    assert len(inside) > 2
    assert set(inside.values()) == {"| name | price |"}
    assert not any("name" in text for text in inside)  # it is no part of the text itself


def test_a_table_that_a_reader_wrote_carries_its_caption_too(tokenizer: Tokenizer) -> None:
    sheet = PartWriter(1, "Budget")
    rows = [["item", "2026", "2026"], ["", "plan", "real"]]
    rows += [[f"item {n}", f"{n}", f"{n + 1}"] for n in range(30)]
    sheet.table(rows, header_rows=2, caption="Table 1: Costs")
    chunks = split(Reading(None, "en", (sheet.part(),), [], "sheet"), tokenizer, 40)
    later = [chunk.metadata["header"] for chunk in chunks[1:]]
    assert later
    assert set(later) == {"Table 1: Costs\n| item | 2026 · plan | 2026 · real |"}


def test_each_cell_of_a_wide_table_says_its_column(tokenizer: Tokenizer) -> None:
    head = [f"column with a long name {n}" for n in range(40)]
    sheet = PartWriter()
    sheet.table([head, [f"value{n}" for n in range(40)]])
    text = sheet.part().text
    assert "column with a long name 39: value39" in text
    assert "|" not in text


def test_a_long_table_is_looked_through_once(headers: Headers) -> None:
    """Looked for anew from every chunk, a table of 4 MB took two minutes."""
    text = "| a | b |\n|---|---|\n" + "| one | two |\n" * 20_000
    began = time.perf_counter()
    assert len(headers(text, 200)) >= 1
    assert time.perf_counter() - began < 30


def test_a_header_of_many_columns_is_kept_in_part(read_bytes: Callable[..., Reading]) -> None:
    columns = "|" + "|".join(f"column {n}" for n in range(9000)) + "|\n"
    text = columns + "|" + "-|" * 9000 + "\n| 1 | 2 |\n| 3 | 4 |\n"
    [table] = read_bytes(text, "a.txt").part(None).blocks
    header = table.header
    assert header.startswith("|column 0|column 1|")
    assert header.endswith("|…")
    assert len(header) <= 1000


def test_a_chunk_within_a_group_of_rows_carries_its_label(tokenizer: Tokenizer) -> None:
    rows = [["country", "orders", "returns"]]
    for group in ("North", "South"):
        rows += [[group, "", ""], *([f"{group} {n}", f"{n}", f"{n + 1}"] for n in range(20))]
    page = PartWriter(1)
    page.table(rows)
    chunks = split(Reading(None, "en", (page.part(),), [], "page"), tokenizer, 40)
    for chunk in chunks[1:]:
        header, begins = chunk.metadata["header"], chunk.page_content.split("\n")[0]
        group = "" if begins.endswith("|  |  |") else f"\n| {begins.split()[1]} |  |  |"
        assert header == "| country | orders | returns |" + group


def test_rows_of_one_cell_are_no_labels_where_most_are(tokenizer: Tokenizer) -> None:
    page = PartWriter(1)
    page.table([["a", "b", "c"], *([f"only {n}", "", ""] for n in range(40)), ["x", "y", "z"]])
    chunks = split(Reading(None, "en", (page.part(),), [], "page"), tokenizer, 40)
    assert {chunk.metadata["header"] for chunk in chunks[1:]} == {"| a | b | c |"}
