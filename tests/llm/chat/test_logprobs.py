"""The odds of a yes against a no, from the tokens that a server lists."""

from typing import Any

import pytest

from llm.chat.logprobs import log_odds

ZH, EN = (("有",), ("没有",)), (("yes", "Yes"), ("no", "No"))


def listed(**tokens: float) -> dict[str, Any]:
    top = [{"token": token, "logprob": value} for token, value in tokens.items()]
    return {"content": [{"token": "x", "logprob": 0.0, "top_logprobs": top}]}


def test_the_likelier_spelling_of_each_side_counts() -> None:
    found = listed(**{"Yes": -0.5, " yes": -2.0, "No": -1.5, "Maybe": -0.1})
    assert log_odds(found, *EN) == pytest.approx(1.0)


def test_a_part_of_a_word_counts_for_it() -> None:
    assert log_odds(listed(没=-0.2, 有=-1.2), *ZH) == pytest.approx(-1.0)


def test_a_side_that_is_not_listed_is_at_most_as_likely_as_the_last() -> None:
    assert log_odds(listed(Yes=-0.1, Tea=-4.0, It=-6.1), *EN) == pytest.approx(6.0)
    assert log_odds(listed(No=-0.1, Tea=-4.1), *EN) == pytest.approx(-4.0)


@pytest.mark.parametrize(
    "found", [{}, {"content": []}, {"content": [{"token": "x"}]}, listed(Tea=-0.1), listed()]
)
def test_without_either_there_are_none(found: dict[str, Any]) -> None:
    assert log_odds(found, *EN) is None


def test_what_may_begin_both_says_nothing() -> None:
    assert log_odds(listed(n=-0.1, no=-1.0, nu=-2.0), ["no"], ["nu"]) == pytest.approx(1.0)


def test_without_a_no_all_else_is_one() -> None:
    found = listed(none=-0.5, Paris=-1.0, Rome=-4.0)
    assert log_odds(found, ["none"], []) == pytest.approx(0.5)
    assert log_odds(listed(Paris=-0.1, Rome=-3.0), ["none"], []) == pytest.approx(-2.9)
