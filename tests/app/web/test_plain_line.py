"""Passages as one line of plain words, as the lists of sources show them."""

import re

import pytest
from langchain_core.documents import Document

from app.pages import found_html
from app.texts import Words
from app.web import AnswerProgress


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("## 第六条 住宿\n每晚600元。", "第六条 住宿 每晚600元。"),
        ("| 城市 | 上限 |\n|---|---:|\n| 上海 | 750 |", "城市 · 上限 · 上海 · 750"),
        ("Limits: | City | EUR | |---|---| | Rome | 90 |", "Limits: · City · EUR · Rome · 90"),
        ("**Decision:** C# and 5 * 3; a - b, too.", "Decision: C# and 5 * 3; a - b, too."),
    ],
)
def test_a_passage_is_shown_without_the_marks_of_markdown(text: str, shown: str) -> None:
    metadata = {"document": "d", "path": "a.md", "page": None, "heading": "", "chunk_id": "c"}
    passage = Document(page_content=text, metadata=metadata, id="c")
    drawn = found_html(AnswerProgress("reading", (passage,)), 0, Words("en"))
    quote = re.search(r'class="kb-quote"[^>]*>([^<]*)<', drawn)
    assert quote
    assert quote[1] == shown
