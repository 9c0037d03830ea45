"""What other documents say against an answer is told behind it, word for word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from langchain_core.documents import Document

from llm.answer import Answer

Reply = Callable[..., Answer]
QUESTION = "When was the bridge of Alm opened?"
ANSWER = "It was opened in 1991."
TEXTS = [
    "The bridge of Alm was opened in 1991 by the mayor. It is long.",
    "Many came. In 1987 the Alm bridge was opened, as the paper of that day has it.",
]
DISAGREE = "\n\nNote: the documents disagree"


def documents(
    texts: Sequence[str], titles: Sequence[str] = ("",) * 9, **metadata: Any
) -> list[Document]:
    """Each text in a document of its own, if `metadata` does not say of which it is."""
    return [
        Document(
            id=str(n), page_content=text, metadata={"document": str(n), "title": title, **metadata}
        )
        for n, (text, title) in enumerate(zip(texts, titles, strict=False))
    ]


def bridge(
    reply: Reply, passages: Sequence[Document], first: str = "1991", second: str = "1987"
) -> tuple[str, list[int]]:
    """What is answered of the bridge, and the passages cited; what each answers by itself."""
    briefs = {TEXTS[0]: first, "In 1987": second}
    last = reply(QUESTION, passages, ANSWER, briefs=briefs)
    for citation in last.citations:
        assert citation.quote in passages[citation.n - 1].page_content
    return last.answer, [citation.n for citation in last.citations]


def test_another_document_contradicts_the_answer_word_for_word(reply: Reply) -> None:
    assert bridge(reply, documents(TEXTS)) == (
        f"{ANSWER}[1]{DISAGREE}, and elsewhere it says: "
        "“In 1987 the Alm bridge was opened, as the paper of that day has it.”[2]",
        [1, 2],
    )


def test_a_contradicted_answer_is_an_answer(reply: Reply) -> None:
    briefs = {TEXTS[0]: "1991", "In 1987": "1987"}
    last = reply(QUESTION, documents(TEXTS), ANSWER, briefs=briefs, least_certainty=0.3)
    assert (last.outcome, last.grounded) == ("answered", True)


def test_it_is_told_of_when_both_are_if_they_say_so(reply: Reply) -> None:
    dated = documents(TEXTS, ("Bridges, 4 May 1995", "Bridges, 2001"))
    assert (
        f"{DISAGREE}. This is from one of 4 May 1995[1]; "
        "another, of 2001, says: “In 1987 the Alm bridge was opened"
    ) in bridge(reply, dated)[0]
    same = documents(TEXTS, ("Bridges, 2001", "Alm, 2001"))
    assert f"{DISAGREE}, and elsewhere it says" in bridge(reply, same)[0]


def test_in_chinese_it_is_told_in_chinese(reply: Reply) -> None:
    texts = ["员工出差住宿的上限为每晚600元。", "员工出差住宿的上限为每晚500元。"]
    briefs = {"600": "600元", "500": "500元"}
    last = reply("出差住宿的上限是多少？", documents(texts), "上限为每晚600元。", briefs=briefs)
    assert last.answer == (
        "上限为每晚600元。[1]\n\n注意：资料说法不一，另一处写的是：“员工出差住宿的上限为每晚500元。”[2]"
    )


@pytest.mark.parametrize(
    ("second", "metadata"),
    [
        ("1991", {}),  # the same
        ("1987", {"document": "one"}),  # of one document
        ("none", {}),
        ("", {}),
        ("1986", {}),  # does not stand there
    ],
)
def test_what_is_no_answer_or_the_same_or_of_the_same_document_does_not(
    reply: Reply, second: str, metadata: dict[str, str]
) -> None:
    told = bridge(reply, documents(TEXTS, **metadata), second=second)
    assert told == (f"{ANSWER}[1]", [1])


def test_what_speaks_of_something_else_does_not(reply: Reply) -> None:
    texts = [TEXTS[0], "In 1987 the tunnel was opened."]
    assert "1987" not in bridge(reply, documents(texts))[0]
    assert "1987" in bridge(reply, documents(texts, ("Bridge of Alm", "Bridge of Alm, 2")))[0]


def test_only_a_question_for_a_fact_has_one_answer(reply: Reply) -> None:
    texts = ["Parking costs 4 euros.", "Parking costs 9 euros."]
    briefs = {"4 euros": "4 euros", "9 euros": "9 euros"}
    for question, noted in (
        ("What does parking cost?", True),
        ("Which prices of parking are there?", False),
        ("Explain what parking costs.", False),
    ):
        last = reply(question, documents(texts), "Parking costs 4 euros.", briefs=briefs)
        assert (DISAGREE in last.answer) is noted, question


def test_of_many_that_disagree_two_are_told(reply: Reply) -> None:
    texts = [f"The bridge of Alm was opened in {1980 + n}." for n in range(6)]
    briefs = {text: text[-5:-1] for text in texts}
    last = reply(QUESTION, documents(texts), "It was opened in 1980.", briefs=briefs)
    assert last.answer.count(DISAGREE) == 2


def test_a_model_without_odds_is_asked_nothing_more(reply: Reply) -> None:
    briefs = {TEXTS[0]: "1991", "In 1987": "1987"}
    last = reply(QUESTION, documents(TEXTS), ANSWER, briefs=briefs, likely=None)
    assert last.answer == f"{ANSWER}[1]"


DIFFERENT = [
    ("2018年6月17日", "2018年2月3日", "大桥通车的时间"),
    ("May 13, 2024", "May 3, 2022", "When was it released?"),
    ("$50 million", "$30 million", "How much was raised?"),
    ("600元", "每晚500元", "住宿上限是多少？"),
    ("鹭沚", "云溪省明舫", "棋赛在哪个城市举办"),
    ("Mara Lind", "Otto Kern", "Who runs the mill?"),
    ("四个月", "两个月", "试用期是多久？"),
    ("two weeks", "Six weeks.", "How long is the trial?"),
]
ALIKE = [
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
]


def noted(reply: Reply, one: str, other: str, question: str) -> bool:
    briefs = {one: one, other: other}
    return "“" in reply(question, documents((one, other)), one, briefs=briefs).answer


@pytest.mark.parametrize(("one", "other", "question"), DIFFERENT)
def test_two_that_cannot_both_be_right_disagree(
    reply: Reply, one: str, other: str, question: str
) -> None:
    assert noted(reply, one, other, question)
    assert noted(reply, other, one, question)


@pytest.mark.parametrize(("one", "other", "question"), ALIKE)
def test_two_ways_to_say_one_thing_do_not(
    reply: Reply, one: str, other: str, question: str
) -> None:
    assert not noted(reply, one, other, question)
    assert not noted(reply, other, one, question)


def test_what_was_not_asked_about_contradicts_nothing(reply: Reply) -> None:
    texts = ("2031年度剧院的布景花费共计31万元。", "2032年度剧院的布景花费共计52万元。")
    briefs = {"31万": "31万元", "52万": "52万元"}
    question = "2031年度剧院的布景花费共计多少？"
    assert reply(question, documents(texts), "31万元。", briefs=briefs).answer == "31万元。[1]"


def test_a_row_of_a_table_is_not_contradicted_by_whatever_has_its_few_words(reply: Reply) -> None:
    passages = documents(
        [
            "| A | 600 |\n| B | 450 |",
            "The limit of hotel costs on business trips is told in the travel rules.",
            "The board agreed to 6,800 euros for the line.",
        ]
    )
    last = reply(
        "What is the limit of hotel costs on business trips?",
        passages,
        "The limit of hotel costs on business trips is 600.",
        briefs={"| A": "600", "board": "6,800 euros"},
    )
    assert "6,800" not in last.answer


def test_a_name_is_contradicted_also_where_the_answer_has_a_date(reply: Reply) -> None:
    passages = documents(["Otto Kern bought the mill of Alm.", "Mara Lind bought the mill of Alm."])
    briefs = {"Otto Kern": "Otto Kern", "Mara Lind": "Mara Lind"}
    says = "Otto Kern bought the mill of Alm on 20 March 2019."
    passages[0].page_content += " It was on 20 March 2019."
    last = reply("Who bought the mill of Alm?", passages, says, briefs=briefs)
    assert DISAGREE in last.answer
    both = "Otto Kern or Mara Lind bought the mill of Alm."
    assert (
        DISAGREE not in reply("Who bought the mill of Alm?", passages, both, briefs=briefs).answer
    )


def test_a_passage_that_is_overlooked_among_others_is_read_alone(reply: Reply) -> None:
    passages = documents(["Otto Kern bought the mill of Alm.", "Mara Lind bought the mill of Alm."])
    says, question = "Otto Kern bought the mill of Alm.", "Who bought the mill of Alm?"
    briefs = {"Mara Lind": "Otto Kern", "Otto Kern": "Otto Kern"}
    assert DISAGREE not in reply(question, passages, says, briefs=briefs).answer
    alone = {"Mara Lind": "Mara Lind"}
    assert DISAGREE in reply(question, passages, says, briefs=briefs, alone=alone).answer


def test_what_one_passage_with_the_same_answer_has_of_the_question_is_enough(reply: Reply) -> None:
    texts = [
        "Otto Kern won the senior chess contest of Alm in 2019.",
        "In 2019 the contest of Alm went to Otto Kern.",
        "In 2019 Mara Lind took the contest of Alm.",
    ]
    question = "Who won the senior chess contest of Alm in 2019?"
    briefs = {"won": "Otto Kern", "went": "Otto Kern", "took": "Mara Lind"}
    assert DISAGREE in reply(question, documents(texts), texts[0], briefs=briefs).answer
    # Without the second, the third may be about another contest, that of juniors.
    two = documents([texts[0], texts[2]])
    assert DISAGREE not in reply(question, two, texts[0], briefs=briefs).answer


def test_another_sentence_of_a_passage_about_the_matter_says_nothing_against(reply: Reply) -> None:
    texts = [
        "The limit for hotels on a trip is 600 euros.",
        "The limit for hotels on a trip stays. It was long. A line is built for 6,800 euros.",
    ]
    question, briefs = "What is the limit for hotels on a trip?", {"600 euros": "600 euros"}
    wrong = briefs | {"stays": "6,800 euros"}
    assert DISAGREE not in reply(question, documents(texts), texts[0], briefs=wrong).answer
    texts[1] = "The limit for hotels on a trip is 500 euros. A line is built for 6,800 euros."
    right = briefs | {"500 euros": "500 euros"}
    assert DISAGREE in reply(question, documents(texts), texts[0], briefs=right).answer
