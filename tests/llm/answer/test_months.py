"""Whether a sentence tells of another month than the question."""

from __future__ import annotations

import pytest

from llm.answer.months import of_another_month, told_of_another_month


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
