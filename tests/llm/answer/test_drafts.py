"""What passages answer by themselves, and which of them agree."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from llm.answer import brief_of
from llm.answer.drafts import Draft, disagree, group_agreeing, is_stated_in


@pytest.mark.parametrize(
    ("one", "other", "question"),
    [
        ("2018年6月17日", "2018年2月3日", "大桥通车的时间"),
        ("May 13, 2024", "May 3, 2022", "When was it released?"),
        ("$50 million", "$30 million", "How much was raised?"),
        ("600元", "每晚500元", "住宿上限是多少？"),
        ("鹭沚", "云溪省明舫", "棋赛在哪个城市举办"),
        ("Mara Lind", "Otto Kern", "Who runs the mill?"),
        ("四个月", "两个月", "试用期是多久？"),
        ("two weeks", "Six weeks.", "How long is the trial?"),
    ],
)
def test_two_that_cannot_both_be_right_differ(one: str, other: str, question: str) -> None:
    assert disagree(one, other, question)
    assert disagree(other, one, question)


@pytest.mark.parametrize(
    ("one", "other", "question"),
    [
        ("2018年6月17日", "6月17日", "大桥通车的时间"),
        ("October 9", "Oct 9, 2024", "When was it announced?"),
        ("1.41 billion", "1,411,750,000", "How many people?"),
        ("1.2亿元", "120,000,000元", "投资了多少？"),
        ("林德", "玛拉·林德", "导演是谁？"),
        ("两个月", "2个月", "试用期是多久？"),
        ("twelve weeks", "12 weeks", "How long is the trial?"),
        ("Mara Lind", "Captain Lind", "Who won?"),
        ("Lind", "林德", "Who bought it?"),
        ("in spring", "2021", "When?"),
        ("ALMDEX.", "almdex", "Where is it listed?"),
    ],
)
def test_two_ways_to_say_one_thing_do_not(one: str, other: str, question: str) -> None:
    assert not disagree(one, other, question)
    assert not disagree(other, one, question)


def test_those_that_agree_stand_together_and_the_likelier_first() -> None:
    drafts = [
        Draft(0, "Zeta", 1.9),
        Draft(1, "Bolt", 1.6),
        Draft(2, "Bolt, Inc.", 1.3),
        Draft(3, "Quill", -4.0),
    ]
    found = group_agreeing(drafts, "Who bought the mill?")
    assert [[draft.n for draft in group] for group in found] == [[1, 2], [0], [3]]
    assert group_agreeing([], "Who?") == []


@pytest.mark.parametrize(
    ("draft", "passage", "expected"),
    [
        ("Mara Lind", "It is signed by Mara Lind.", True),
        ("600元", "上限为每晚600元。", True),
        ("120 million", "投资1.2亿元。", False),  # its figure stands there, its words do not
        ("700元", "上限为每晚600元。", False),
        ("Otto Kern", "It is signed by Mara Lind.", False),
        ("无。", "无", False),
        ("None", "None of them.", False),
        ("", "It is signed by Mara Lind.", False),
    ],
)
def test_a_draft_stands_in_its_passage_or_does_not_count(
    draft: str, passage: str, expected: bool
) -> None:
    assert is_stated_in(draft, passage) is expected


def test_a_draft_is_a_few_words(scripted_chat: Any) -> None:
    model = scripted_chat(texts=[" Mara Lind\n", "word " * 100])
    brief = brief_of(model)
    assert brief([HumanMessage("Who?")], threading.Event()) == "Mara Lind"
    assert len(brief([HumanMessage("Who?")], threading.Event()).split()) < 30
