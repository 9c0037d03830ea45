import pytest

from ingest.pdf.title import real_title


@pytest.mark.parametrize(
    "title",
    [
        "员工手册",
        "The Digital Millennium Copyright Act of 1998",
        "2023 年度报告",
        "Leave Policy v2.1",
    ],
)
def test_titles_are_kept(title: str) -> None:
    assert real_title(f"  {title}\n") == title


@pytest.mark.parametrize(
    "junk",
    [
        None,
        "",
        "Microsoft Word - report.doc",
        "untitled",
        "Untitled-1",
        "无标题",
        "文档1",
        "Document 3",
        "PowerPoint 演示文稿",
        "报告 终稿.docx",
        "IMR-15-238",
        "C:\\Users\\li\\plan",
        "12345",
        "上",
        "ÖÐ¹ú¹«Ë¾",
        "bad \ufffd bytes",
        "x" * 300,
    ],
)
def test_junk_is_no_title(junk: str | None) -> None:
    assert real_title(junk) is None
