"""The header of the table that a row further down belongs to."""

import time

import pytest
from tokenizers import Tokenizer

from ingest.chunks import split
from ingest.document import Outline, Reading, cut
from ingest.text import TableHeaders, cells, count_columns, tables

TABLE = """Prices in euros:

| model | price |
|:------|------:|
| HL-100 | 90 |
| HL-200 | 120 |

After it | a line.
"""


@pytest.mark.parametrize(
    ("at", "header"),
    [
        ("| HL-100", "| model | price |"),
        ("| HL-200", "| model | price |"),
        ("120", "| model | price |"),  # in the middle of a row
        ("| model", ""),
        ("|:---", ""),
        ("Prices", ""),
        ("After it", ""),
    ],
)
def test_only_a_later_row_needs_the_header(at: str, header: str) -> None:
    assert TableHeaders(TABLE).above(TABLE.index(at)) == header


def test_the_header_is_that_of_the_nearest_table() -> None:
    text = "| a | b |\n|---|---|\n| 1 | 2 |\n\n| c | d |\n|---|---|\n| 3 | 4 |\n"
    assert TableHeaders(text).above(text.index("| 1")) == "| a | b |"
    assert TableHeaders(text).above(text.index("| 3")) == "| c | d |"


@pytest.mark.parametrize(
    "text", ["| no | table |\n| x | y |\n", "| x |", "|---|\n| x |\n", "a | b\n--- | ---\nx | y\n"]
)
def test_lines_with_bars_alone_are_no_table(text: str) -> None:
    assert TableHeaders(text).above(max(text.rfind("x"), 0)) == ""


def test_a_table_in_a_list_or_without_spaces_is_one_too() -> None:
    text = "  |甲|乙|\n  |---|:-:|\n  |一|二|\n"
    assert TableHeaders(text).above(text.index("|一")) == "|甲|乙|"


def test_chunks_carry_the_header_of_the_table_they_begin_in(tokenizer: Tokenizer) -> None:
    rows = "".join(f"| model {n} | {n * 10} |\n" for n in range(20))
    text = f"Prices:\n\n| name | price |\n|---|---|\n{rows}\nThat is all.\n"
    reading = Reading(None, None, "en", cut(text, [], Outline(None), page=None), [], [text])
    chunks = split(reading, tokenizer, 40)
    assert len(chunks) > 3
    assert chunks[0].metadata["header"] == ""
    inside = [c for c in chunks[1:] if c.page_content.startswith("| model")]
    assert inside
    assert {c.metadata["header"] for c in inside} == {"| name | price |"}
    assert all("name" not in c.page_content for c in inside)  # it is no part of the text itself


def test_a_long_table_is_looked_through_once() -> None:
    """Looked for anew from every chunk, a table of 4 MB took two minutes."""
    text = "| a | b |\n|---|---|\n" + "| one | two |\n" * 100_000
    headers, began = TableHeaders(text), time.perf_counter()
    assert {headers.above(at) for at in range(30, len(text), 100)} == {"| a | b |"}
    assert time.perf_counter() - began < 5


def test_a_header_of_many_columns_is_kept_in_part() -> None:
    columns = "|" + "|".join(f"column {n}" for n in range(9000)) + "|\n"
    text = columns + "|" + "-|" * 9000 + "\n| 1 | 2 |\n| 3 | 4 |\n"
    header = TableHeaders(text).above(text.index("| 3"))
    assert header.startswith("|column 0|column 1|")
    assert header.endswith("|…")
    assert len(header) <= 1000


def test_tables_have_their_header_and_rows_as_they_stand() -> None:
    text = f"{TABLE}\n| no | header |\n| x | y |\n\n|---|---|\n| z |  |\n"
    first, second, third = tables(text)
    assert first.header == "| model | price |"
    assert first.rows == ("| HL-100 | 90 |", "| HL-200 | 120 |")
    assert text[first.start : first.end].split("\n") == [*first.rows, ""]
    assert (second.header, second.rows) == ("", ("| no | header |", "| x | y |"))
    assert (third.header, third.rows) == ("", ("| z |  |",))  # the header stands in another chunk
    [last] = tables("| over it\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert (last.header, last.rows) == ("| a | b |", ("| 1 | 2 |",))
    assert [cells(row) for row in second.rows] == [["no", "header"], ["x", "y"]]


@pytest.mark.parametrize(
    ("row", "count"), [("| a | b |", 2), ("a | b", 2), ("| a \\| b | |", 2), ("| |", 1)]
)
def test_columns_are_counted_as_markdown_does(row: str, count: int) -> None:
    assert count_columns(row) == count
