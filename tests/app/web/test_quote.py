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
