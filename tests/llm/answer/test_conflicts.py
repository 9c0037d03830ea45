"""Passages that contradict an answer."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.documents import Document

from llm.answer import cite
from llm.answer.conflicts import find_conflict
from llm.answer.notes import with_notes

CASES = [
    (
        "出差住宿的上限是多少？",
        "上限为每晚600元。",
        "员工出差住宿费用的上限为每晚600元，超出部分自理。",
        "员工出差住宿费用的上限为每晚500元，超出部分自理。",
    ),
    (
        "Who signs the travel requests?",
        "Mara Lind signs them.",
        "All travel requests are signed by Mara Lind before the journey begins.",
        "All travel requests are signed by Otto Kern before the journey begins.",
    ),
]


def passages(*texts: str, **metadata: Any) -> list[Document]:
    return [
        Document(id=str(n), page_content=text, metadata={"document": str(n), **metadata})
        for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize(("question", "answer", "one", "other"), CASES)
def test_another_document_says_something_else(
    question: str, answer: str, one: str, other: str
) -> None:
    for texts in ((one, other), (other, one)):
        found = find_conflict(answer, question, passages(*texts), texts)
        assert found is not None
        assert (found.sentence, found.n) == (other, texts.index(other) + 1)


@pytest.mark.parametrize(("question", "answer", "one", "other"), CASES)
def test_the_same_twice_or_within_one_document_is_no_contradiction(
    question: str, answer: str, one: str, other: str
) -> None:
    assert find_conflict(answer, question, passages(one, one), (one, one)) is None
    assert find_conflict(answer, question, passages(one, other, document="a"), (one, other)) is None
    both = f"{other} {one}"
    assert find_conflict(answer, question, passages(one, both), (one, both)) is None


def test_what_was_not_asked_about_contradicts_nothing() -> None:
    texts = ("2017年度公司的社区投资总额为1000万元。", "2018年度公司的社区投资总额为1200万元。")
    question = "2017年度公司的社区投资总额是多少？"
    assert find_conflict("1000万元。", question, passages(*texts), texts) is None
    assert find_conflict("", question, passages(*texts), texts) is None
    assert find_conflict("1000万元。", question, [], []) is None


def test_the_answer_says_so_and_cites_it() -> None:
    question, answer, one, other = CASES[0]
    given = passages(one, other, path="a.md", page=None, heading="")
    cited = cite(answer, question, given, [one, other])
    told = with_notes(cited, question, [], "zh", given, [one, other])
    assert "600" in told.text
    assert "500" in told.text
    assert told.text.endswith(f"“{other}”[2]")
    assert [c.n for c in told.citations] == [1, 2]
    assert told.citations[1].quote == other
