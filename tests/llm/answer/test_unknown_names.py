"""Names in a question and an answer, told by their form, and whether passages have them."""

from __future__ import annotations

import pytest

from llm.answer.unknown_names import names, unknown_name, unknown_share


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When did AlmCorp change its House of Guests?", ["almcorp", "house", "guests"]),
        ("Who became the CFO of Bolt Mills in May 2024?", ["bolt", "mills"]),
        ("How many days of leave do I get? What about June?", []),
        ("2017年云溪影业有限公司和鹭沚仪器集团的净利润是多少？", ["云溪影业", "鹭沚仪器"]),
        ("鹭沚仪器在4月完成了对哪家公司的股权收购？", []),
        ("公司设立了什么子公司？", []),
        ("《员工手册》里Alm Post的规定是什么？", ["员工手册", "alm", "post"]),
        ("年假有几天？", []),
        ("", []),
    ],
)
def test_names_are_told_by_their_form(question: str, expected: list[str]) -> None:
    assert names(question) == expected


@pytest.mark.parametrize(
    ("question", "source", "expected"),
    [
        ("When did AlmCorp change its code?", "[1] (Bolt 2024)\nIt changed its code.", 1.0),
        ("When did AlmCorp change its code?", "[1] (ALMCORP 2024)\nIt changed its code.", 0.0),
        ("When did AlmCorp join Bolt?", "AlmCorp joined.", 0.5),
        ("云溪影业有限公司的净利润是多少？", "云溪影业的净利润为3亿元。", 0.0),
        ("云溪影业有限公司的净利润是多少？", "鹭沚仪器的净利润为3亿元。", 1.0),
        ("How many days?", "", 0.0),
        ("When did AlmCorp join Bolt?", "山谷公司加入了。", 0.0),
    ],
)
def test_the_share_that_no_source_has(question: str, source: str, expected: float) -> None:
    assert unknown_share(question, [source]) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It is listed on the Oslo Stock Exchange.", "Oslo Stock Exchange"),
        ("Bolt Mills is listed on the MSE (NASDAQ).", "NASDAQ"),
        ("Oslo Stock Exchange", "Oslo Stock Exchange"),  # "stock exchange" is the question's
        ("Bolt Mills (Mara Berg)", "Mara Berg"),
        ("Bolt Mills of Oslo, by Ms. Lind, in May 2020", ""),
        ("Norwegian Mills", ""),
        ("The Bank of Norway and Ministry of Trade", ""),
        ("BoN", ""),
        ("MOT", ""),
        ("Mill Stock Exchange", ""),  # MSE
        ("External firms of the Bank", ""),  # a capital for the beginning alone
        ("", ""),
    ],
)
def test_a_name_that_no_source_has(sentence: str, expected: str) -> None:
    source = "Mara Lind runs Bolt, a company with mills in Oslo, Norway. Bank of Norway, MoT"
    source += " (ministry of trade), MSE"
    question = "On which stock exchange is Bolt Mills listed?"
    assert unknown_name(sentence, question, [source]) == expected
