"""What is said behind an answer: other documents say something else or more, or a table has rows.

All of it is quoted word for word, with its source.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from langchain_core.documents import Document

Reply = Callable[..., Any]
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
    reply: Reply,
    passages: Sequence[Document],
    drafts: Sequence[str] = ("1991", "1987"),
    odds: Sequence[float] = (2.0, 1.5),
) -> tuple[str, list[int]]:
    """What is answered of the bridge, and the passages cited."""
    last = reply(QUESTION, passages, ANSWER, drafts=drafts, odds=odds)[1]
    for citation in last.citations:
        assert citation.quote in passages[citation.n - 1].page_content
    return last.answer, [citation.n for citation in last.citations]


# -- by what each passage answers by itself


def test_another_document_contradicts_the_answer_word_for_word(reply: Reply) -> None:
    assert bridge(reply, documents(TEXTS)) == (
        f"{ANSWER}[1]{DISAGREE}, and elsewhere it says: "
        "“In 1987 the Alm bridge was opened, as the paper of that day has it.”[2]",
        [1, 2],
    )


def test_it_is_told_of_when_both_are_if_they_say_so(reply: Reply) -> None:
    dated = documents(TEXTS, ("Bridges, 4 May 1995", "Bridges, 2001"), named=True)
    assert (
        f"{DISAGREE}. The above is from one dated 4 May 1995[1]; "
        "one dated 2001 says: “In 1987 the Alm bridge was opened"
    ) in bridge(reply, dated)[0]
    same = documents(TEXTS, ("Bridges, 2001", "Alm, 2001"), named=True)
    assert f"{DISAGREE}, and elsewhere it says" in bridge(reply, same)[0]


@pytest.mark.parametrize(
    ("drafts", "odds", "metadata"),
    [
        (("1991", "1987"), (0.5, -0.5), {}),  # unlikely
        (("1991", "1991"), (2.0, 1.5), {}),  # the same
        (("1991", "1987"), (2.0, 1.5), {"document": "one"}),  # of one document
        (("1991", ""), (2.0, 1.5), {}),
        (("1991", "1986"), (2.0, 1.5), {}),  # does not stand there
    ],
)
def test_what_is_unlikely_or_said_or_of_the_same_document_does_not(
    reply: Reply, drafts: Sequence[str], odds: Sequence[float], metadata: dict[str, str]
) -> None:
    told = bridge(reply, documents(TEXTS, **metadata), drafts, odds)
    assert told == (f"{ANSWER}[1]", [1])


def test_what_speaks_of_something_else_does_not(reply: Reply) -> None:
    texts = [TEXTS[0], "In 1987 the tunnel was opened."]
    assert "1987" not in bridge(reply, documents(texts))[0]
    assert "1987" in bridge(reply, documents(texts, ("Bridge of Alm", "Bridge of Alm, 2")))[0]


def test_documents_of_other_titles_are_what_else_may_be_meant(reply: Reply) -> None:
    texts = ["The net profit was 20 million.", "The net profit was 35 million.", "Net profit: 7."]
    for named in (False, True):
        given = documents(texts, ("Acme 2020", "Bolt 2020", "Acme 2020"), named=named)
        last = reply(
            "What was the net profit?",
            given,
            texts[0],
            drafts=("20 million", "35 million", "7"),
            odds=(2.0, 1.0, 0.6),
        )[1]
        if named:
            assert "may also mean" not in last.answer
        else:
            assert "This is from “Acme 2020”[1], and the question may also mean:" in last.answer
            assert last.answer.endswith("\n- “Bolt 2020”: “The net profit was 35 million.”[2]")
            assert [(c.n, c.quote) for c in last.citations] == [(1, texts[0]), (2, texts[1])]


def test_to_a_list_it_is_added_and_once(reply: Reply) -> None:
    texts = [
        "The mill of Alm is run by Mara Lind.",
        "Otto Kern and Mara Lind run the mill of Alm.",
        "The mill of Alm, run by Otto Kern, is old.",
    ]
    drafts = ("Mara Lind", "Otto Kern and Mara Lind", "Otto Kern")
    question = "Who are the owners that run the mill of Alm?"
    last = reply(question, documents(texts), "Mara Lind", drafts=drafts, odds=(2.0, 1.5, 1.0))[1]
    assert last.answer == f"Mara Lind[1]\n\nElsewhere it also says: “{texts[1]}”[2]"
    assert [c.n for c in last.citations] == [1, 2]


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
def test_two_that_cannot_both_be_right_disagree(
    reply: Reply, one: str, other: str, question: str
) -> None:
    for texts in ((one, other), (other, one)):
        last = reply(question, documents(texts), texts[0], drafts=texts, odds=(2.0, 1.5))[1]
        assert f"“{texts[1]}”[2]" in last.answer


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
def test_two_ways_to_say_one_thing_do_not(
    reply: Reply, one: str, other: str, question: str
) -> None:
    for texts in ((one, other), (other, one)):
        last = reply(question, documents(texts), texts[0], drafts=texts, odds=(2.0, 1.5))[1]
        assert "“" not in last.answer
        assert not last.refused


# -- by their words alone, where the model was not asked of each

CASES = [
    (
        "出差住宿的上限是多少？",
        "上限为每晚600元。",
        "员工出差住宿费用的上限为每晚600元，超出部分自理。",
        "员工出差住宿费用的上限为每晚500元，超出部分自理。",
    ),
    (
        "Who signs the travel requests?",
        "Mara Lind signs them.",
        "All travel requests are signed by Mara Lind before the journey begins.",
        "All travel requests are signed by Otto Kern before the journey begins.",
    ),
]


@pytest.mark.parametrize(("question", "says", "one", "other"), CASES)
def test_a_like_sentence_with_another_figure_or_name_is_quoted(
    reply: Reply, question: str, says: str, one: str, other: str
) -> None:
    for texts in ((one, other), (other, one)):
        last = reply(question, documents(texts), says)[1]
        assert last.answer.endswith(f"“{other}”[{texts.index(other) + 1}]")
        assert {c.quote for c in last.citations} == {one, other}


@pytest.mark.parametrize(("question", "says", "one", "other"), CASES)
def test_the_same_twice_or_within_one_document_is_no_contradiction(
    reply: Reply, question: str, says: str, one: str, other: str
) -> None:
    both = f"{other} {one}"
    for given in (
        documents((one, one)),
        documents((one, other), document="a"),
        documents((one, both)),
    ):
        assert "“" not in reply(question, given, says)[1].answer


def test_what_was_not_asked_about_contradicts_nothing(reply: Reply) -> None:
    texts = ("2031年度剧院的布景花费共计31万元。", "2032年度剧院的布景花费共计52万元。")
    question = "2031年度剧院的布景花费共计多少？"
    assert reply(question, documents(texts), "31万元。")[1].answer == "31万元。[1]"


# -- the rows of a table

TABLE = """Parking is free for these hours:

| Kind | Place | Hours |
|---|---|---|
| cars | yard | 4 |
| lorries | gate | 9 |

Ask the porter."""
表 = "| 车型 | 位置 | 小时 |\n|---|---|---|\n| 轿车 | 院内 | 4 |\n| 货车 | 门口 | 9 |"
ROWS = "| cars | yard | 4 |\n| lorries | gate | 9 |"


@pytest.mark.parametrize(
    ("question", "table", "says", "told"),
    [
        (
            "How long may I park?",
            TABLE,
            "4 hours.",
            "4 hours.[1]\n\nAll rows of that table:"
            "\n- Kind: cars · Place: yard · Hours: 4[1]"
            "\n- Kind: lorries · Place: gate · Hours: 9[1]",
        ),
        (
            "可以停多久？",
            表,
            "4小时",
            "4小时[1]\n\n表中各项：\n- 车型: 轿车 · 位置: 院内 · 小时: 4[1]"
            "\n- 车型: 货车 · 位置: 门口 · 小时: 9[1]",
        ),
        (
            "How long may I park?",
            ROWS,
            "4",
            "4[1]\n\nAll rows of that table:\n- cars · yard · 4[1]\n- lorries · gate · 9[1]",
        ),
        # It names its row, or another, or tells them all; no row; another language; a long table.
        ("How long may cars park?", TABLE, "4 hours.", "4 hours.[1]"),
        ("How long may lorries park?", TABLE, "4 hours.", "4 hours.[1]"),
        ("How long may I park?", TABLE, "4 for cars, 9 others.", "4 for cars, 9 others.[1]"),
        ("Who knows?", TABLE, "The porter.", "The porter.[1]"),
        ("可以停多久？", TABLE, "4", "4[1]"),
        ("How long may I park?", "\n".join(f"| kind{n} | {n} |" for n in range(7)), "3", "3[1]"),
    ],
)  # fmt: skip
def test_all_rows_of_a_short_table_follow_where_any_may_be_meant(
    reply: Reply, question: str, table: str, says: str, told: str
) -> None:
    assert reply(question, [table], says)[1].answer == told
