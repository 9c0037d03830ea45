"""Which questions wish for a summary, and what the document is called in them."""

import time

import pytest

from app.asking.summary_wish import Wish, wishes


def named(question: str) -> set[str]:
    return {name for wish in wishes(question) for name in wish.names}


def first(question: str) -> Wish:
    return next(iter(wishes(question)))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("总结一下《差旅与报销制度》", "差旅与报销制度"),
        ("请帮我总结一下差旅与报销制度。", "差旅与报销制度"),
        ("能不能用三句话概括员工手册.pdf？", "员工手册.pdf"),
        ("把员工手册总结一下", "员工手册"),
        ("对员工手册做个总结", "员工手册"),
        ("给我写一份员工手册的摘要", "员工手册"),
        ("员工手册的主要内容是什么？", "员工手册"),
        ("员工手册主要讲什么？", "员工手册"),
        ("《员工手册》讲了些什么", "员工手册"),
        ("总结2025年度总结", "2025年度总结"),
        ("2025年度总结讲了什么？", "2025年度总结"),
        ("summarise price-list-2026.md", "price-list-2026.md"),
        ('please summarize the document "price list 2026".', "price list 2026"),
        ("can you give me a short summary of the price list?", "price list"),
        ("i'd like an overview of the price list", "price list"),
        ("what is the price list about?", "price list"),
        ("what does the price list say?", "price list"),
        ("what are the key points of price-list", "price-list"),
        ("tl;dr price-list-2026.md", "price-list-2026.md"),
    ],
)
def test_a_wish_names_its_document(question: str, name: str) -> None:
    assert name in named(question)


@pytest.mark.parametrize(
    "question",
    [
        "这份文件主要讲什么？", "总结一下", "请概括该文档的主要内容", "总结全文",
        "这份文件讲的是什么",
        "summarise", "summarise this document", "give me a summary", "what is this document about?",
        "what does it say?",
    ],
)  # fmt: skip
def test_a_wish_may_mean_the_document_that_was_chosen(question: str) -> None:
    assert () in [wish.names for wish in wishes(question)]


@pytest.mark.parametrize(
    "question",
    [
        "出差住宿的报销上限是多少？", "员工手册里年假是怎么规定的？",
        "what does the handbook say about leave?", "who wrote the summary?",
        "how many pages does the summary have?", "What is the price of the HL-300?",
    ],
)  # fmt: skip
def test_an_ordinary_question_is_no_wish(question: str) -> None:
    assert list(wishes(question)) == []


def test_a_wish_for_a_part_names_no_document_of_the_whole_name() -> None:
    assert "员工手册" not in named("总结员工手册里关于年假的规定")
    assert "handbook" not in named("summarise what the handbook says about leave")


@pytest.mark.parametrize(
    ("question", "lang", "count"),
    [
        ("用英文总结《员工手册》", "en", None),
        ("总结员工手册，用两句话", None, 2),
        ("用3句话概括员工手册", None, 3),
        ("summarise x in five sentences in chinese", "zh", 5),
        ("summarise x in ninety sentences", None, None),
        ("summarise x", None, None),
    ],
)
def test_a_wish_may_ask_for_a_language_and_a_length(
    question: str, lang: str | None, count: int | None
) -> None:
    assert (first(question).lang, first(question).count) == (lang, count)


def test_what_is_asked_without_the_name_tells_the_language() -> None:
    assert first("总结一下 hl-300-pro-user-manual.pdf").asked.strip() == "总结一下"


@pytest.mark.parametrize("text", ["总结的内容", "请", "what is a ", "in two sentences ", "讲了是"])
def test_a_long_text_costs_no_time(text: str) -> None:
    began = time.perf_counter()
    for question in (text * (400 // len(text)), f"summarise {text * 30}", text * 10_000):
        list(wishes(question[:400]))
        list(wishes(question))
    assert time.perf_counter() - began < 1.0
