"""Tables as Markdown has them."""

import pytest

from ingest.text import cells, count_columns, tables

TABLE = """Prices in euros:

| model | price |
|:------|------:|
| HL-100 | 90 |
| HL-200 | 120 |

After it | a line.
"""


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
