"""An answer as it is put on the clipboard."""

from app.web import copied_html, copied_text

TABLE = "Prices:\n\n| Model | Price |\n|---|---|\n| HL-200 | 1,980[1] |"


def test_the_text_has_the_answer_and_its_sources_below() -> None:
    told = copied_text("Tea is free.[1]", "Sources:", ["[1] tea.md · Rules", "[2] a\nb.md"])
    assert told == "Tea is free.[1]\n\nSources:\n[1] tea.md · Rules\n[2] a⏎b.md"
    assert copied_text("There is nothing.", "Sources:", []) == "There is nothing."


def test_a_table_is_one_in_both_formats() -> None:
    assert copied_text(TABLE, "Sources:", []) == TABLE
    html = copied_html(TABLE, "Sources:", ["[1] prices.md"])
    assert '<table border="1"' in html
    assert "<td>1,980[1]</td>" in html
    assert html.endswith("<p>Sources:<br>\n[1] prices.md</p>\n")


def test_nothing_that_others_wrote_is_live_where_it_is_pasted() -> None:
    said = '![x](https://evil.example/p.png) <img src="x"> [a](https://evil.example) \u202e'
    html = copied_html(said, "Sources:", ['<script src="x">.md'])
    assert not any(tag in html for tag in ("<img", "<a ", "<script"))
    assert "\u202e" not in html + copied_text(said, "Sources:", [])
    assert "\u2060" not in html
