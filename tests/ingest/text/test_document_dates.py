"""The date of a document, by what it says of itself."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document

from ingest.text import dated, in_force_from, written_dates


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("policy_2024-07, 20240703 and 01.07.2024", ["2024-07", "2024-07-03", "2024-07-01"]),
        ("2024年7月1日，二〇二四年；2025年度", ["2024-07-01", "2024", "2025"]),
        ("1 July 2024, July 2nd, 2024, Sept 2025", ["2024-07-01", "2024-07-02", "2025-09"]),
        ("HL-2000, ISO 9001:2015, XZ-2023-04 and 2,024 EUR", []),
    ],
)  # fmt: skip
def test_dates_in_one_form(text: str, expected: list[str]) -> None:
    assert [iso for iso, *_ in written_dates(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SLA-3 · in force from 1 July 2026 · replaces that of 1 January 2025", "2026-07-01"),
        ("| Effective date: | 2024-01-01 |", "2024-01-01"),
        ("This policy takes effect on 1 May 2024.", "2024-05-01"),
        ("施行日期：2025年1月1日（2023年7月1日施行的1.0版同时废止）", "2025-01-01"),
        ("本办法自2025年1月1日起施行。", "2025-01-01"),
        ("gültig ab 01.02.2025", "2025-02-01"),
        ("Valid until 31 December 2025. The fair is on 3 May 2024.", ""),
    ],
)
def test_the_day_from_which_a_text_holds(text: str, expected: str) -> None:
    assert in_force_from(text) == expected
