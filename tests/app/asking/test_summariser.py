"""Wishes for a summary through the façade and the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.asking import Summariser
from app.service import KnowledgeBase
from llm.answer import Answer, Found, ReadingPart, Text
from retrieval.ledger import EVERYTHING, Filter, Ledger
from retrieval.library import Library

OpenKb = Callable[..., KnowledgeBase]
Folder = Callable[..., Path]

LEAVE = "# Leave rules\n\n## Days\n\nYou have 25 days of leave. Ask your manager first.\n"
TRAVEL = "# 差旅与报销制度\n\n住宿上限为每晚600元。餐费补贴为每天100元。\n"
DOCS = {
    "leave-2026.md": LEAVE,
    "差旅/制度.md": TRAVEL,
    "a/prices.txt": "The HL-300 costs 499 euros.\n",
    "b/prices.txt": "The HL-400 costs 799 euros.\n",
}


def library_of(kb: KnowledgeBase) -> Library:
    """The documents of a library, as another process sees them."""
    return Library(Ledger(kb.settings.ledger_path))


@pytest.fixture
def library(open_kb: OpenKb, folder: Folder) -> KnowledgeBase:
    kb = open_kb(texts=["You have 25 days of leave. Cats sleep a lot."])
    kb.ingest([folder(DOCS)])
    return kb


def summarised(kb: KnowledgeBase, question: str, within: Filter = EVERYTHING) -> list[str] | None:
    """The paths of the documents that a wish is about; None for an ordinary question."""
    wanted = Summariser(kb.settings, library_of(kb)).wanted(question, within)
    return [r.path for r in wanted.records] if wanted else None


def test_a_summary_comes_as_chunks_steps_words_and_result(library: KnowledgeBase) -> None:
    found, step, *words, last = list(library.ask("Summarise leave-2026.md"))
    assert isinstance(found, Found)
    assert {p.metadata["path"] for p in found.passages} == {"leave-2026.md"}
    assert step == ReadingPart(1, 1)
    assert isinstance(last, Answer)
    assert words == [Text("You have 25 days of leave.[1]")]
    assert last.answer == "You have 25 days of leave.[1]"
    assert (last.grounded, last.refused, last.searched) == (True, False, ())
    (citation,) = last.citations
    assert (citation.path, citation.heading) == ("leave-2026.md", "Days")
    assert citation.quote in found.passages[0].page_content
    assert citation.chunk_id == found.passages[0].id
    assert last.timings.retrieve_s <= (last.timings.first_token_s or -1) <= last.timings.total_s
    assert last.usage.completion_tokens == 10


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("Summarise leave-2026.md", "leave-2026.md"),
        ("summarize the file LEAVE 2026", "leave-2026.md"),
        ("What is “Leave Rules” about?", "leave-2026.md"),
        ("总结一下《差旅与报销制度》", "差旅/制度.md"),
        ("總結一下差旅與報銷制度", "差旅/制度.md"),
        ("《差旅与报销制度》主要讲什么？", "差旅/制度.md"),
        ("概括《报销制度》", "差旅/制度.md"),
        ("总结 差旅/制度.md", "差旅/制度.md"),
        ("Summarise b/prices.txt", "b/prices.txt"),
    ],
)
def test_a_document_is_known_by_title_and_file_name(
    library: KnowledgeBase, question: str, path: str
) -> None:
    assert summarised(library, question) == [path]


@pytest.mark.parametrize(
    "question",
    [
        "summarise the Q3 results",
        "总结一下第三季度的业绩",
        "总结报销制度里关于住宿的规定",
        "总结《员工手册》",
        "这份文件主要讲什么？",
        "What does it say about leave?",
        "How many days of leave?",
        "Summarise the rules",
        "谁写了这份总结？",
    ],
)
def test_what_names_no_document_is_an_ordinary_question(
    library: KnowledgeBase, question: str
) -> None:
    assert summarised(library, question) is None


def test_an_ordinary_question_is_answered_as_ever(library: KnowledgeBase) -> None:
    found, *_, last = list(library.ask("summarise the rules about leave"))
    assert isinstance(found, Found)
    assert found.searched == ("summarise the rules about leave",)
    assert isinstance(last, Answer)
    assert last.citations


def test_the_document_that_a_filter_leaves_is_meant_without_a_name(library: KnowledgeBase) -> None:
    one = library.document("leave-2026.md").document
    two = library.document("差旅/制度.md").document
    for question in ("这份文件主要讲什么？", "Summarise this document", "总结一下"):
        assert summarised(library, question, Filter(documents=(one,))) == ["leave-2026.md"]
        assert summarised(library, question, Filter(lang="zh")) == ["差旅/制度.md"]
        assert summarised(library, question, Filter(documents=(one, two))) is None
        assert summarised(library, question, Filter(collection="none")) is None


def test_only_what_the_filter_lets_through_is_named(library: KnowledgeBase) -> None:
    assert summarised(library, "Summarise leave-2026.md", Filter(lang="zh")) is None
    one = library.document("a/prices.txt").document
    assert summarised(library, "Summarise prices", Filter(documents=(one,))) == ["a/prices.txt"]


@pytest.mark.parametrize(
    ("question", "first"), [("Summarise prices.txt", "2 documents"), ("总结《prices》", "有 2 份")]
)
def test_a_name_of_two_documents_gets_one_line_that_lists_them(
    library: KnowledgeBase, question: str, first: str
) -> None:
    found, last = list(library.ask(question))
    assert isinstance(last, Answer)
    assert isinstance(found, Found)
    assert last.answer.startswith(first)
    assert "a/prices.txt" in last.answer
    assert "b/prices.txt" in last.answer
    assert (last.refused, last.grounded, last.citations) == (True, False, ())
    assert library.models.chat().prompts == []  # type: ignore[attr-defined]


def test_the_same_file_twice_is_one_document(open_kb: OpenKb, folder: Folder) -> None:
    kb = open_kb()
    kb.ingest([folder({"a/leave.md": LEAVE, "b/leave.md": LEAVE})])
    assert summarised(kb, "Summarise leave") == ["a/leave.md"]


def test_with_two_collections_the_list_names_them(open_kb: OpenKb) -> None:
    kb = open_kb()
    for collection, days in (("default", b"25 days."), ("holding", b"12 days.")):
        kb.upload("leave.txt", days, collection)
        assert kb.work()
    *_, last = kb.ask("Summarise leave.txt")
    assert isinstance(last, Answer)
    assert "leave.txt · default; leave.txt · holding" in last.answer
    assert summarised(kb, "Summarise leave.txt", Filter("holding")) == ["leave.txt"]


def test_the_summary_is_in_the_language_of_the_wish_not_of_the_name(open_kb: OpenKb) -> None:
    kb = open_kb(texts=["You have 25 days of leave.", "您有25天年假。"])
    kb.upload("A-very-long-English-name.txt", LEAVE.encode())
    assert kb.work()
    *_, last = kb.ask("总结一下 A-very-long-English-name.txt")
    assert isinstance(last, Answer)
    assert last.answer == "您有25天年假。[1]"


def test_the_command_line_prints_the_summary_and_its_sources(cli: Any, folder: Folder) -> None:
    cli("ingest", folder(DOCS))
    cli.texts = ["You have 25 days of leave. Cats sleep a lot."]
    out = cli("ask", "Summarise leave-2026.md")
    assert out.startswith("You have 25 days of leave.[1]\n")
    assert "[1] leave-2026.md · Days" in out
    assert "Cats" not in out
    assert cli.err == ""  # progress is for terminals
    result = cli.json("ask", "Summarise leave-2026.md")
    assert (cli.code, result["answer"]) == (0, "You have 25 days of leave.[1]")
    assert cli.json("ask", "Summarise", "--document", "leave-2026.md")["grounded"]
