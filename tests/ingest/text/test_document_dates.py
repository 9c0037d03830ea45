"""The date of a document, by what it says of itself."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document

from ingest.text import dated


@pytest.mark.parametrize(
    ("metadata", "text", "expected"),
    [
        ({"title": "Handbook of Alm, 3 May 2024", "path": "2020/a.md"}, "", "3 May 2024"),
        ({"title": "Handbook", "path": "minutes/2026-07-02 Alm.txt"}, "In 2019.", "2026-07-02"),
        ({"title": "员工手册（2025年3月版）"}, "", "2025年3月"),
        ({"path": "rules-2024.md"}, "", "2024"),
        ({"heading": "Prices, March 1st, 2026"}, "", "March 1st, 2026"),
        ({}, "本办法自生效日期2026年1月1日起执行。", "2026年1月1日"),
        ({}, "It was built in 1987. Last updated: 2026/04/30", "2026/04/30"),
        ({}, "The fair takes place on 19 July 2026.", ""),
        ({"path": "HL-2000/20241.md"}, "", ""),
        ({}, "", ""),
    ],
)
def test_the_date_that_a_document_gives_itself(
    metadata: dict[str, str], text: str, expected: str
) -> None:
    assert dated(Document(page_content=text, metadata=metadata)) == expected
