"""Which questions are asked of the library itself, and which of its documents."""

from datetime import date

import pytest

from llm.question import library_question

TODAY = date(2026, 12, 2)  # a Wednesday


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Which documents are about leave?", "leave"),
        ("Do we have anything on parental leave?", "parental leave"),
        ("What documents do you have on data protection?", "data protection"),
        ("Is there anything about dogs?", "dogs"),
        ("Which policies cover remote work?", "remote work"),
        ("List all documents about travel costs, please", "travel costs, please"),
        ("Which documents mention the HL-300?", "the hl-300"),
        ("Which documents are about costs?", "costs"),
        ("关于差旅有什么文件？", "差旅"), ("哪些文件提到了社交媒体", "社交媒体"),
        ("哪些制度和报销有关？", "报销"),
        ("有没有关于保修的资料？", "保修"), ("与年假相关的文件有哪些？", "年假"),
        ("有關於差旅的文件嗎？", "差旅"),
    ],
)  # fmt: skip
def test_documents_about_a_topic(question: str, topic: str) -> None:
    asked = library_question(question, TODAY)
    assert asked is not None
    assert (asked.kind, asked.topic) == ("topic", topic)


@pytest.mark.parametrize(
    ("question", "since"),
    [
        ("What is new this week?", "2026-11-30"), ("What's new?", "2026-11-25"),
        ("what is new since Monday", "2026-11-30"), ("What is new since Friday?", "2026-11-27"),
        ("What was added in the last 10 days?", "2026-11-22"),
        ("Which documents are new?", "2026-11-25"),
        ("What's new since 3 November?", "2026-11-03"),
        ("What is new since 24 December?", "2025-12-24"),
        ("Which documents were updated last month?", "2026-11-01"),
        ("What is new since 2026-10-01?", "2026-10-01"),
        ("Show me the latest documents", "2026-11-25"),
        ("最近更新了什么", "2026-11-25"), ("本周新增了哪些文件？", "2026-11-30"),
        ("近三天更新了哪些文件", "2026-11-29"),
        ("周五以来新增了哪些文件？", "2026-11-27"), ("11月3日以来更新了什么？", "2026-11-03"),
        ("上周五以来更新了什么？", "2026-11-27"), ("有什么新文件？", "2026-11-25"),
        ("最近有什麼新文件？", "2026-11-25"),
    ],
)  # fmt: skip
def test_what_is_new_since_a_day(question: str, since: str) -> None:
    asked = library_question(question, TODAY)
    assert asked is not None
    assert (asked.kind, str(asked.since)) == ("new", since)


@pytest.mark.parametrize(
    ("question", "kind", "collection"),
    [
        ("How many documents are there?", "count", None), ("库里有多少份文件？", "count", None),
        ("Which documents are there?", "all", None), ("What documents are available?", "all", None),
        ("What documents do you have?", "all", None), ("What is in the library?", "all", None),
        ("List the documents in collection HR", "all", "hr"), ("有哪些文件？", "all", None),
        ("库里有什么", "all", None), ("庫裡有哪些文件？", "all", None),
        ("列出 hr 集合的文件", "all", "hr"),
        ("Show me all documents", "all", None),
    ],
)  # fmt: skip
def test_all_documents_and_how_many(question: str, kind: str, collection: str | None) -> None:
    asked = library_question(question, TODAY)
    assert asked is not None
    assert (asked.kind, asked.collection, asked.titles) == (kind, collection, ())


@pytest.mark.parametrize(
    ("question", "word"),
    [("有哪些制度？", "办法"), ("List all policies", "policy"), ("有哪些会议纪要", "minutes"),
     ("Which manuals do we have?", "handbook")],
)  # fmt: skip
def test_documents_of_a_kind_are_known_by_their_titles(question: str, word: str) -> None:
    asked = library_question(question, TODAY)
    assert asked is not None
    assert asked.kind == "all"
    assert word in asked.titles


@pytest.mark.parametrize(
    "question",
    [
        "", "哪些员工可以远程办公？", "which documents do I need to bring to register?",
        "有哪些假期？",
        "What documents are required for a visa?", "Which documents must the director sign?",
        "哪些文件需要盖章？", "入职需要哪些材料？", "入职要带什么资料", "报销相关的材料有哪些",
        "有哪些规定", "关于年假有什么规定？",
        "What is new in the travel policy?", "What changed in the 2026 price list?",
        "How many documents do I need?", "What files may be sent by e-mail?",
        "Do we have anything on Friday?", "Do we have a gym?",
        "Is there anything on the second floor?",
        "Which policy applies to interns?", "Which documents are about that?", "关于它有什么文件",
        "会议纪要由谁写？", "合同有哪些条款", "手册有哪些章节", "今年有什么新规定？",
        "最近有什么活动？", "最近有哪些变化？",
        "文件有哪些密级？", "What are the new rules?",
        "List the documents required for reimbursement",
        "What is new since the merger?", "What is new since 31 February?",
        "What documents are in my personnel file?", "Welche Dokumente gibt es?",
        "Which documents are about " + "leave " * 40,
    ],
)  # fmt: skip
def test_in_doubt_a_question_is_asked_of_the_documents(question: str) -> None:
    assert library_question(question, TODAY) is None


@pytest.mark.parametrize(
    "part", ["库里都", "都", "有哪些", "关于", " there", "what is new ", "最近的"]
)
def test_a_long_text_is_told_at_once(part: str) -> None:
    """With patterns that go back, one of 160 characters took longer than anybody waits."""
    assert library_question((part * 160)[:160], TODAY) is None
