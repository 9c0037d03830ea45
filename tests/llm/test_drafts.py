"""What passages answer by themselves, and which of them agree."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from llm.drafts import Draft, brief_of, differ, groups, stands


@pytest.mark.parametrize(
    ("one", "other", "question"),
    [
        ("2008年5月12日", "2008年1月2日", "汶川地震的时间"),
        ("March 13, 2019", "March 3, 2017", "When was it released?"),
        ("$50 million", "$30 million", "How much was raised?"),
        ("600元", "每晚500元", "住宿上限是多少？"),
        ("成都", "湖北省武汉", "军运会在哪个城市举办"),
        ("Tim Cook", "Sundar Pichai", "Who is the CEO?"),
    ],
)
def test_two_that_cannot_both_be_right_differ(one: str, other: str, question: str) -> None:
    assert differ(one, other, question)
    assert differ(other, one, question)


@pytest.mark.parametrize(
    ("one", "other", "question"),
    [
        ("2008年5月12日", "5月12日", "汶川地震的时间"),
        ("October 19", "Oct 19, 2021", "When was it announced?"),
        ("1.41 billion", "1,411,750,000", "How many people?"),
        ("1.2亿元", "120,000,000元", "投资了多少？"),
        ("卡梅隆", "詹姆斯·卡梅隆", "导演是谁？"),
        ("Joe Biden", "President Biden", "Who won?"),
        ("Musk", "马斯克", "Who bought it?"),
        ("in spring", "2021", "When?"),
        ("NASDAQ.", "nasdaq", "Where is it listed?"),
    ],
)
def test_two_ways_to_say_one_thing_do_not(one: str, other: str, question: str) -> None:
    assert not differ(one, other, question)
    assert not differ(other, one, question)


def test_those_that_agree_stand_together_and_the_likelier_first() -> None:
    drafts = [
        Draft(0, "Apple", 1.9),
        Draft(1, "Facebook", 1.6),
        Draft(2, "Facebook, Inc.", 1.3),
        Draft(3, "Microsoft", -4.0),
    ]
    found = groups(drafts, "Who acquired Instagram?")
    assert [[draft.n for draft in group] for group in found] == [[1, 2], [0], [3]]
    assert groups([], "Who?") == []


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
    assert stands(draft, passage) is expected


def test_a_draft_is_a_few_words(scripted_chat: Any) -> None:
    model = scripted_chat(texts=[" Mara Lind\n", "word " * 100])
    brief = brief_of(model)
    assert brief([HumanMessage("Who?")], threading.Event()) == "Mara Lind"
    assert len(brief([HumanMessage("Who?")], threading.Event()).split()) < 30
