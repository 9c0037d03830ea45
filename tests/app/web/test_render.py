"""Text that others wrote stays text in the browser."""

import re
import string

import pytest

from app.web import answer_html, label, text_html

HOSTILE = [
    "![x](https://example.com/?secret)",
    "[click](https://example.com)",
    "<https://example.com>",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "[1]\n\n[1]: https://example.com",
    "https://example.com",
    "<details><summary>x</summary></details>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_an_answer_has_no_link_picture_or_html_of_the_model(text: str) -> None:
    shown = answer_html(text)
    for tag in ("<a", "<img", "<script", "<details", "<iframe"):
        assert tag not in shown


@pytest.mark.parametrize("text", HOSTILE)
def test_a_passage_is_shown_letter_for_letter(text: str) -> None:
    shown = text_html(text)
    assert shown.count("<") == 2  # its own div
    assert "&lt;img src=x onerror=alert(1)&gt;" in text_html(HOSTILE[3])


def test_an_answer_keeps_its_lists_tables_and_emphasis() -> None:
    shown = answer_html("Two **limits**:\n\n- 600\n- 450\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    for tag in ("<strong>limits</strong>", "<li>600</li>", "<td>1</td>"):
        assert tag in shown


def test_an_answer_keeps_its_numbers_and_lines() -> None:
    assert "上限是600元。\u2060<sup>[1]</sup>" in answer_html("上限是600元。[1]")
    assert "<br" in answer_html("one\ntwo")


@pytest.mark.parametrize("text", ["> 30 % RH", "2 GB\n\n> 10 years"])
def test_an_answer_keeps_the_sign_before_a_figure(text: str) -> None:
    shown = answer_html(text)
    assert "&gt; " in shown
    assert "<blockquote" not in shown


def test_what_is_shown_tells_its_language() -> None:
    assert ' lang="en">' in answer_html("The HL-200 is cheaper.[1]")
    assert ' lang="zh">' in answer_html("HL-200 更便宜。[1]")
    assert ' lang="zh">' in text_html("HL-200 更便宜。", "更便宜")


def test_the_quote_is_marked_where_it_stands() -> None:
    assert text_html("a < b. c > d. e", "c > d.") == (
        '<div class="kb-text" lang="en">a &lt; b. <mark>c &gt; d.</mark> e</div>'
    )


@pytest.mark.parametrize("quote", ["", "not in the text"])
def test_without_its_quote_a_passage_is_shown_unmarked(quote: str) -> None:
    assert "<mark>" not in text_html("some text", quote)


@pytest.mark.parametrize("text", [*HOSTILE, "**bold** _it_ `code` $x$ :red[x] # - 1. ~~no~~ \\"])
def test_a_label_has_no_markdown_left(text: str) -> None:
    rest = re.sub(r"\\[!-/:-@\[-`{-~]", "", label(text))
    assert not set(rest) & set(string.punctuation)
    assert "\n" not in rest


@pytest.mark.parametrize(
    ("text", "live"),
    [
        ("https://example.com", "://"),
        ("www.example.com", r"www\."),
        ("me@example.com", "@example"),
        ("1:100:2 :material/home:", r":\w+(/\w+)?:"),
    ],
)
def test_a_label_makes_no_link_or_picture_of_an_address(text: str, live: str) -> None:
    assert re.search(live, text)
    assert not re.search(live, label(text).replace("\\", ""))


def test_a_label_reads_as_it_was_written() -> None:
    shown = label("差旅与报销制度 (v2)_final.md · 第 3 页: 住宿")
    assert shown.replace("\\", "").replace("\u2060", "") == (
        "差旅与报销制度 (v2)_final.md · 第 3 页: 住宿"
    )


def test_rows_told_as_names_and_values_are_a_table() -> None:
    said = "Prices:\n- Model: HL-200 · CNY: 1,980[1]\n- **Model:** HL-400 · CNY: 2,380[1]\n\nNet."
    shown = answer_html(said)
    assert "<th>Model</th>" in shown
    assert "<td>HL-400</td>" in shown
    assert "<td>2,380\u2060<sup>[1]</sup></td>" in shown
    assert shown.index("<p>Prices:</p>") < shown.index("<table>") < shown.index("<p>Net.</p>")
    assert "<th>型号</th>" in answer_html("型号：HL-200 · 价格：268元\n型号：HG-10 · 价格：1980元")


@pytest.mark.parametrize(
    "text",
    [
        "Model: HL-200 · CNY: 1,980",  # one line is no table
        "Model: HL-200 · CNY: 1,980\nName: HL-400 · EUR: 2,380",
        "From 8:00 to 9:00 · closed\nFrom 8:00 to 9:00 · closed",
        "https://a.example · https://b.example\nhttps://a.example · https://b.example",
    ],
)
def test_other_lines_stay_what_they_are(text: str) -> None:
    assert "<table>" not in answer_html(text)
