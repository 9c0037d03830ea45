"""Months in questions and sentences, and whether a sentence tells of another one."""

from __future__ import annotations

import pytest

from llm.answer.months import Month, is_fuller_date, months, of_another_month, told_of_another_month


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In March 2017 and on 5 April, 2018.", {(2017, 3), (2018, 4)}),
        ("Sept. 5th, 2019; May of 2017", {(2019, 9), (2017, 5)}),
        ("from March to May 2017", {(2017, 3), (2017, 5)}),
        ("2017年3月至5月，2018年 12 月", {(2017, 3), (2017, 5), (2018, 12)}),
        ("2017-03-05, 2019/4, 2018.12.31", {(2017, 3), (2019, 4), (2018, 12)}),
        ("2017年, March of 18, 2018.5 tons, 2017-20, it may 2 017", set()),
    ],
)
def test_months_with_their_year(text: str, expected: set[Month]) -> None:
    assert months(text) == expected


@pytest.mark.parametrize(
    ("sentence", "question", "expected"),
    [
        ("In April 2020 Bolt Mills bought Alm.", "What did it buy in March 2020?", True),
        ("公司于2020年4月收购了云溪。", "2020年3月收购了哪家公司？", True),
        ("公司于2020年4月收购了云溪。", "Which company was bought in March 2020?", True),
        ("In March 2020 it bought Alm, sold in May 2021.", "What was bought in March 2020?", False),
        ("It grew from January to May 2020.", "How did it do in March 2020?", False),
        ("In 2020 Bolt Mills bought Alm.", "What did it buy in March 2020?", False),
        ("In April 2020 Bolt Mills bought Alm.", "What did it buy in 2020?", False),
        ("In April 2020 Bolt Mills bought Alm.", "What did it buy?", False),
    ],
)
def test_a_sentence_of_another_month(sentence: str, question: str, expected: bool) -> None:
    assert of_another_month(sentence, question) is expected


def test_words_count_where_one_sentence_with_them_is_of_the_month() -> None:
    question, source = (
        "Who joined in May 2020?",
        "In April 2020 Ms. Lind joined. In May 2020 she left.",
    )
    assert told_of_another_month("Ms. Lind", source, question)
    assert not told_of_another_month("she", source, question)
    assert not told_of_another_month("Lind", source.replace("she", "Lind"), question)
    assert not told_of_another_month("Mara", source, question)  # stands nowhere
    assert not told_of_another_month("Lind", source, "Who joined?")


@pytest.mark.parametrize(
    "source",
    ["[1] (Minutes, May 2020)\nLind joins in July 2020.", "日期：2020年5月6日\nLind，2020年7月"],
)
def test_what_is_of_the_month_may_tell_of_others(source: str) -> None:
    assert not told_of_another_month("Lind", source, "Who joined, by the minutes of May 2020?")
    assert told_of_another_month("Lind", source, "Who joined in June 2020?")


@pytest.mark.parametrize(
    ("date", "other", "expected"),
    [
        ("8日", "5月8日", True),
        ("5月8日。", "2022年05月8日", True),
        ("8 May", "May 8th, 2022", True),
        ("May", "March 2022", False),
        ("5月8日", "8日", False),
        ("8日", "8日", False),
        ("8日", "5月9日", False),
        ("8 people", "8 May", False),
        ("", "5月8日", False),
    ],
)
def test_a_date_with_more_of_its_parts(date: str, other: str, expected: bool) -> None:
    assert is_fuller_date(date, other) is expected
