"""Questions that ask for a list."""

from __future__ import annotations

import pytest

from llm.question import asks_for_all


@pytest.mark.parametrize(
    "question",
    [
        "公司在哪些城市有门店？",
        "项目组成员有谁？",
        "《明舫》的主演是谁？",
        "列出需要总监审批的费用",
        "Which cities did Mara Lind visit?",
        "What spare parts are kept in Alm?",
        "Who were the founders of Bolt?",
        "List the sites of Bolt.",
    ],
)
def test_asks_for_all(question: str) -> None:
    assert asks_for_all(question)


@pytest.mark.parametrize(
    "question",
    [
        "年假有几天？",
        "明舫在哪个城市？",
        "谁替了生病的主演上台？",
        "Which city did Mara Lind visit?",
        "What was the water bill of Bolt?",
        "What does the HL-20 cost?",
        "Who is the founder of Bolt?",
        "When are the offices closed?",
        "",
    ],
)
def test_asks_for_one(question: str) -> None:
    assert not asks_for_all(question)
