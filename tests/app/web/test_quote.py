"""A passage is shown as its kind of file is read, and the quote in it is marked."""

import re

import pytest

from app.web import passage_html

TABLE = "| Article | EUR |\n|---|---|\n| HL-200 | 39 |\n| HL-300 | 99 |"
NOTES = "## Launch\n\n- **Date:** 16 May\n- a <b>\n\n3. The board.\n4. The laboratory *is* late. So"


def marked(shown: str) -> str:
    return " ".join("".join(re.findall(r"<mark>(.*?)</mark>", shown)).split())


def test_a_markdown_passage_has_its_headings_and_lists() -> None:
    shown = passage_html("notes.MD", NOTES)
    for tag in ("<h2>Launch</h2>", "<strong>Date:</strong> 16 May</li>", '<ol start="3">'):
        assert tag in shown
    assert "a &lt;b&gt;" in shown
    assert "<mark>" not in shown


@pytest.mark.parametrize("path", ["notes.txt", "notes.pdf", "notes"])
def test_of_other_files_each_letter_is_shown(path: str) -> None:
    assert "## Launch\n\n- **Date:** 16 May" in passage_html(path, NOTES)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("- **Date:** 16 May", "Date: 16 May"),
        ("**Date:**", "Date:"),
        ("## Launch", "Launch"),
        ("4. The laboratory *is* late.", "The laboratory is late."),
        ("The laboratory *is*", "The laboratory is"),
        ("16 May\n- a <b>", "16 Maya &lt;b&gt;"),
    ],
)
def test_the_words_of_a_quote_are_marked(quote: str, words: str) -> None:
    shown = passage_html("notes.md", NOTES, quote)
    assert marked(shown) == words
    assert re.sub("</?mark>", "", shown) == passage_html("notes.md", NOTES)


def test_the_row_that_is_quoted_is_marked_cell_by_cell() -> None:
    shown = passage_html("prices.md", TABLE, "| HL-200 | 39 |")
    assert "<td><mark>HL-200</mark></td>\n<td><mark>39</mark></td>" in shown
    assert "<th>EUR</th>" in shown


def test_rows_from_the_middle_of_a_table_stand_below_its_header() -> None:
    rows = TABLE.split("\n", 2)[2]
    shown = passage_html("prices.md", rows, "| HL-300 | 99 |", "| Article | EUR |")
    assert shown == passage_html("prices.md", TABLE, "| HL-300 | 99 |")
    alone = passage_html("prices.md", rows)
    assert "<td>HL-200</td>" in alone
    assert alone.count("<th></th>") == 2


PDF = "Prices:\n\n| Article | EUR |\n|---|---|\n| HL-200 \\| S | 3*9*1 <b> |\n\nThat is all."


@pytest.mark.parametrize("path", ["prices.pdf", "prices.xlsx", "prices.docx", "prices.txt"])
def test_a_table_of_another_file_is_shown_as_one_and_nothing_else_of_it_is(path: str) -> None:
    shown = passage_html(path, PDF)
    assert "<th>Article</th><th>EUR</th>" in shown
    assert "<td>HL-200 | S</td><td>3*9*1 &lt;b&gt;</td>" in shown
    assert "Prices:</div>" in shown
    assert ">That is all.</div>" in shown
    assert "---" not in shown


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("| HL-200 \\| S | 3*9*1 <b> |", "HL-200 | S 3*9*1 &lt;b&gt;"),
        ("3*9*1 <b>", "3*9*1 &lt;b&gt;"),
        ("Prices:\n\n| Article | EUR |", "Prices: Article EUR"),
        ("|---|---|\n| HL-200 \\| S |", "HL-200 | S"),
        ("| EUR |\n|---|---|", "EUR"),
        ("That is all.", "That is all."),
        ("", ""),
    ],
)
def test_a_quote_is_marked_where_it_stands_in_such_a_table(quote: str, words: str) -> None:
    shown = passage_html("prices.pdf", PDF, quote)
    said = " ".join(re.findall(r"<mark>(.*?)</mark>", shown, re.DOTALL))
    assert " ".join(said.split()) == words
    assert re.sub("</?mark>", "", shown) == passage_html("prices.pdf", PDF)


def test_rows_of_another_file_stand_below_their_header_if_it_is_known() -> None:
    rows, header = "| HL-300 | 99 |\n\nThat is all.", "Table 1\n| Article | EUR |\n| Loggers | |"
    shown = passage_html("prices.pdf", rows, "| HL-300 | 99 |", header)
    assert "<th>Article</th><th>EUR</th></tr></thead>" in shown
    assert "<td>Loggers</td><td></td></tr><tr><td><mark>HL-300</mark></td>" in shown
    alone = passage_html("prices.pdf", rows)
    assert "<table><tbody><tr><td>HL-300</td>" in alone


@pytest.mark.parametrize("text", ["| HL-300 | 99 |", "|", "|| or", "ls | wc -l |", "| no end"])
def test_bars_alone_are_no_table_in_a_text(text: str) -> None:
    assert "<table>" not in passage_html("a.txt", text, text)
    if not text.endswith("99 |"):
        assert "<table>" not in passage_html("a.pdf", text, text)


def test_a_quote_that_markdown_does_not_show_is_marked_in_the_text_as_it_stands() -> None:
    assert "```<mark>python</mark>\n" in passage_html("a.md", "```python\nx\n```", "python")


def test_without_its_quote_a_markdown_passage_is_shown_unmarked() -> None:
    assert passage_html("notes.md", NOTES, "not in it") == passage_html("notes.md", NOTES)


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://example.com/?secret)",
        "[1]\n\n[1]: https://example.com",
        "<https://example.com>",
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
    ],
)
@pytest.mark.parametrize("quoted", [False, True])
def test_a_markdown_passage_has_no_link_picture_or_html_of_its_own(text: str, quoted: bool) -> None:
    shown = passage_html("a.md", text, text if quoted else "")
    for tag in ("<a", "<img", "<script"):
        assert tag not in shown
