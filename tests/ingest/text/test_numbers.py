"""Numbers compared by what they are worth."""

from __future__ import annotations

import pytest

from ingest.text import in_digits, missing, numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("营业收入1.2亿元", {"1.2", "120000000"}),
        ("120 million yuan", {"120", "120000000"}),
        ("1,234.50 USD", {"1234.5"}),
        ("三千五百人", {"3500"}),
        ("二〇二六年", {"2026"}),
        ("一亿二千万", {"120000000"}),
        ("twelve people in March", {"12", "3"}),
        ("5k users", {"5", "5000"}),
        ("１２％", {"12"}),
        ("no number, only 万 and 亿", set()),
    ],
)
def test_a_number_has_the_values_it_may_stand_for(text: str, expected: set[str]) -> None:
    others = ["1", "2", "3", "4", "7", "10", "12", "100", "120", "1000", "5000", "120000000"]
    assert {value for value in {*others, *expected} if not missing(value, text)} == expected


def test_numbers_are_those_in_digits_in_order() -> None:
    assert [n.text for n in numbers("In 2021, 三 firms paid $1,200 (4%)")] == ["2021", "1,200", "4"]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("They counted 120 million birds in May 2017.", "2017年5月共数到1.2亿只鸟。"),
        ("共有12人。", "There were twelve people."),
        ("约3500元", "三千五百元"),
        ("0.50 percent", "0.5%"),
    ],
)
def test_a_number_written_in_another_way_is_not_missing(claim: str, source: str) -> None:
    assert missing(claim, source) == []


def test_what_stands_in_no_source_is_missing() -> None:
    assert missing("9.1级，2023年", "2023年的地震", "震级为7.8") == ["9.1"]
    assert missing("12 people", "1 and 2 people") == ["12"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("试用期两个月", "试用期2个月"),
        ("十五天，三千五百元", "15天，3500元"),
        ("统一采购", "统一采购"),
        (
            "Twenty people in May, the second in two weeks",
            "20 people in May, the second in 2 weeks",
        ),
        ("", ""),
    ],
)
def test_numbers_in_words_as_digits(text: str, expected: str) -> None:
    assert in_digits(text) == expected


@pytest.mark.parametrize(
    ("claim", "source", "lacking"),
    [
        ("They get 8 days of leave.", "An allowance of 8 % is paid; leave is 26 days.", ["8"]),
        ("有8天年假", "补贴为工资的８％，年假26天", ["8"]),
        ("有30天", "占百分之三十", ["30"]),
        ("They get 8 days of leave.", "Leave: 8 days; 8 % of them unpaid.", []),
        ("They pay 8.", "They pay 8 %.", []),
        ("They pay 8 %.", "The rate in percent is 8.", []),
        ("It takes 8 weeks.", "It takes eight weeks, for 8 percent longer.", []),
    ],
)
def test_a_count_is_not_borne_out_by_a_share(claim: str, source: str, lacking: list[str]) -> None:
    assert missing(claim, source) == lacking
