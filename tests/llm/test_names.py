"""Names in a question, told by their form, and whether passages have them."""

from __future__ import annotations

import pytest

from llm.names import absent, names


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When did EduCorp revise its Code of Conduct?", ["educorp", "code", "conduct"]),
        ("Who became the CEO of Hudson Goods in May 2019?", ["hudson", "goods"]),
        ("How many days of leave do I get? What about June?", []),
        ("2017年华夏娱乐有限公司和信达百货集团的净利润是多少？", ["华夏娱乐", "信达百货"]),
        ("信达百货在4月完成了对哪家公司的股权收购？", []),
        ("公司设立了什么子公司？", []),
        ("《员工手册》里Virgin Media的规定是什么？", ["员工手册", "virgin", "media"]),
        ("年假有几天？", []),
        ("", []),
    ],
)
def test_names_are_told_by_their_form(question: str, expected: list[str]) -> None:
    assert names(question) == expected


@pytest.mark.parametrize(
    ("question", "source", "expected"),
    [
        ("When did EduCorp revise its code?", "[1] (Hudson 2019)\nIt revised its code.", 1.0),
        ("When did EduCorp revise its code?", "[1] (EDUCORP 2019)\nIt revised its code.", 0.0),
        ("When did EduCorp join Hudson?", "EduCorp joined.", 0.5),
        ("华夏娱乐有限公司的净利润是多少？", "华夏娱乐的净利润为3亿元。", 0.0),
        ("华夏娱乐有限公司的净利润是多少？", "信达百货的净利润为3亿元。", 1.0),
        ("How many days?", "", 0.0),
        ("When did EduCorp join Hudson?", "教育公司加入了。", 0.0),
    ],
)
def test_the_share_that_no_source_has(question: str, source: str, expected: float) -> None:
    assert absent(question, [source]) == expected
