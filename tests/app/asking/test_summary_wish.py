"""Which questions wish for a summary, and what the document is called in them."""

from collections.abc import Callable

import pytest

from app.asking import Summariser
from app.service import KnowledgeBase
from retrieval.ledger import EVERYTHING, Filter, Ledger
from retrieval.library import Library

Wanted = Callable[..., str | None]
NAMES = (
    "差旅与报销制度.md",
    "员工手册.md",
    "2025年度总结.md",
    "price-list-2026.md",
    "price-list.md",
    "handbook.md",
)


@pytest.fixture
def summariser(kb: KnowledgeBase) -> Summariser:
    """Of a library of documents with these names, which all say something else."""
    for n, name in enumerate(NAMES):
        kb.upload(name, f"Text number {n}.\n".encode())
        assert kb.work()
    return Summariser(kb.settings, Library(Ledger(kb.settings.ledger_path)))


@pytest.fixture
def wanted(summariser: Summariser) -> Wanted:
    """The path of the one document of which a summary is wished for; None: of none."""

    def make(question: str, within: Filter = EVERYTHING) -> str | None:
        found = summariser.wanted(question, within)
        if found is None:
            return None
        (record,) = found.records
        return record.path

    return make


@pytest.fixture
def chosen(kb: KnowledgeBase) -> Filter:
    """Lets one document through."""
    return Filter(documents=(kb.document("handbook.md").document,))


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("总结一下《差旅与报销制度》", "差旅与报销制度.md"),
        ("请帮我总结一下差旅与报销制度。", "差旅与报销制度.md"),
        ("能不能用三句话概括员工手册.pdf？", "员工手册.md"),
        ("把员工手册总结一下", "员工手册.md"),
        ("对员工手册做个总结", "员工手册.md"),
        ("给我写一份员工手册的摘要", "员工手册.md"),
        ("员工手册的主要内容是什么？", "员工手册.md"),
        ("员工手册主要讲什么？", "员工手册.md"),
        ("《员工手册》讲了些什么", "员工手册.md"),
        ("总结2025年度总结", "2025年度总结.md"),
        ("2025年度总结讲了什么？", "2025年度总结.md"),
        ("summarise price-list-2026.md", "price-list-2026.md"),
        ('please summarize the document "price list 2026".', "price-list-2026.md"),
        ("can you give me a short summary of the price list?", "price-list.md"),
        ("i'd like an overview of the price list", "price-list.md"),
        ("what is the price list about?", "price-list.md"),
        ("what does the price list say?", "price-list.md"),
        ("what are the key points of price-list", "price-list.md"),
        ("tl;dr price-list-2026.md", "price-list-2026.md"),
    ],
)
def test_a_wish_names_its_document(wanted: Wanted, question: str, path: str) -> None:
    assert wanted(question) == path


@pytest.mark.parametrize(
    "question",
    [
        "这份文件主要讲什么？", "总结一下", "请概括该文档的主要内容", "总结全文",
        "这份文件讲的是什么",
        "summarise", "summarise this document", "give me a summary", "what is this document about?",
        "what does it say?",
    ],
)  # fmt: skip
def test_a_wish_may_mean_the_document_that_was_chosen(
    wanted: Wanted, summariser: Summariser, chosen: Filter, question: str
) -> None:
    assert wanted(question, chosen) == "handbook.md"
    assert summariser.wanted(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "出差住宿的报销上限是多少？", "员工手册里年假是怎么规定的？",
        "what does the handbook say about leave?", "who wrote the summary?",
        "how many pages does the summary have?", "What is the price of the HL-300?",
    ],
)  # fmt: skip
def test_an_ordinary_question_is_no_wish(wanted: Wanted, chosen: Filter, question: str) -> None:
    assert wanted(question) is None
    assert wanted(question, chosen) is None


def test_a_wish_for_a_part_names_no_document_of_the_whole_name(wanted: Wanted) -> None:
    assert wanted("总结员工手册里关于年假的规定") is None
    assert wanted("summarise what the handbook says about leave") is None


@pytest.mark.parametrize(
    ("question", "lang", "count"),
    [
        ("用英文总结《员工手册》", "en", None),
        ("总结员工手册，用两句话", "zh", 2),
        ("用3句话概括员工手册", "zh", 3),
        ("summarise handbook in five sentences in chinese", "zh", 5),
        ("summarise handbook in ninety sentences", "en", None),
        ("summarise handbook", "en", None),
        ("总结一下 handbook.md", "zh", None),  # told by what is asked without the name
    ],
)
def test_a_wish_may_ask_for_a_language_and_a_length(
    summariser: Summariser, question: str, lang: str, count: int | None
) -> None:
    found = summariser.wanted(question)
    assert found is not None
    assert (found.lang, found.count) == (lang, count)


@pytest.mark.parametrize("text", ["总结的内容", "请", "what is a ", "in two sentences ", "讲了是"])
def test_a_long_text_is_no_wish_and_is_told_at_once(
    summariser: Summariser, chosen: Filter, text: str
) -> None:
    """With patterns that go back, one of 400 characters took longer than anybody waits."""
    for question in (text * (400 // len(text)), f"summarise {text * 30}", text * 10_000):
        summariser.wanted(question[:400])
    assert summariser.wanted(f"summarise {text * 10_000}", chosen) is None


# Titles that begin or end with what may as well be a courtesy, a verb or a part of the wish.
WORDLIKE = (
    "请假制度", "要求与标准", "想法征集办法", "给付办法", "用车制度", "来访登记办法",
    "能源管理制度", "出差制度",
    "下岗安置办法", "写字楼管理规定", "把关流程", "做法说明", "会议要点", "年中", "我们的价值观",
    "Help desk guide",
    "Can policy", "Show rules", "Rules for us", "The long overview",
)  # fmt: skip


@pytest.mark.parametrize("title", WORDLIKE)
def test_a_title_may_begin_or_end_with_a_word_of_the_wish(
    wanted: Wanted, kb: KnowledgeBase, title: str
) -> None:
    kb.upload(f"{title}.txt", f"Text of {title}.\n".encode())
    assert kb.work()
    chinese = (
        "{}主要讲什么", "请问{}讲了什么？", "总结{}", "请帮我总结一下{}", "把{}总结一下",
        "{}的摘要", "写一份{}的摘要",
    )  # fmt: skip
    english = (
        "Summarise {}", "Please summarize {}", "What is {} about?", "What does {} say?",
        "{} summary", "Give me the {} summary", "A short summary of {}, please",
    )  # fmt: skip
    for form in english if title.isascii() else chinese:
        question = form.format(title)
        assert wanted(question) == f"{title}.txt", question


def test_of_two_names_in_a_wish_the_longer_is_meant(wanted: Wanted, kb: KnowledgeBase) -> None:
    for title in ("假制度", "请假制度"):
        kb.upload(f"{title}.txt", f"Text of {title}.\n".encode())
        assert kb.work()
    assert wanted("请假制度主要讲什么？") == "请假制度.txt"
    assert wanted("请总结假制度") == "假制度.txt"
