"""Months that a text names."""

from __future__ import annotations

import pytest

from ingest.text import month_words, months


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
def test_months_with_their_year(text: str, expected: set[tuple[int, int]]) -> None:
    assert months(text) == expected


def test_month_words_are_told_by_how_they_begin() -> None:
    assert month_words("On March 5 and 3 Sept.; in marches, remarkable") == {3, 9}
    assert month_words("三月五日") == set()
