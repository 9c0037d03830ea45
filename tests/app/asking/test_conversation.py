"""Conversations: what is said after an answer, to Zhiku itself, and about the library."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.asking import turn_of
from app.service import KnowledgeBase
from llm.answer import Answer, Event, Found, Text
from llm.question import Turn
from retrieval.ledger import EVERYTHING, Filter

OpenKb = Callable[..., KnowledgeBase]
Folder = Callable[..., Path]

LEAVE = "# Leave policy\n\nYou have 25 days of leave a year.\n"
LEAVE_ZH = "# 休假制度\n\n员工每年有二十五天年假。\n"
TRAVEL = "# Travel policy\n\nThe hotel limit is 200 euros a night.\n"
DOCS = {
    "leave.md": LEAVE,
    "休假制度.md": LEAVE_ZH,
    "travel.md": TRAVEL,
    "travel-2024.md": "# Travel policy 2024\n\nThe hotel limit was 150 euros a night.\n",
    "menu.md": "# Canteen menu\n\nSoup is served on Mondays.\n",
}
TODAY = date(2026, 11, 30)
Q, ZH = "How many days of leave do I have?", "年假有几天？"
A, A_ZH = "You have 25 days of leave a year.", "员工每年有二十五天年假。"
H, HOTEL = "What is the hotel limit?", "The hotel limit is 200 euros a night."


@dataclass(frozen=True)
class Conversation:
    """What is asked in turn, what the model writes for it, and what the last answer must be.

    `shown` stands in the last prompt, `cited` are the paths that the last answer cites, `says` is
    in it. `calls` are the prompts that the model was given to write for, all turns together.
    """

    asked: tuple[str, ...]
    written: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    calls: int = 0


CONVERSATIONS = {
    "greeting en": Conversation(("Hello!",), says=("I am Zhiku", "What is “")),
    "greeting zh": Conversation(("您好",), says=("我是知库", "《休假制度》主要讲什么？")),
    "who, Traditional": Conversation(("你是誰？",), says=("我是知庫",)),
    "help": Conversation(("What can you do?",), says=("the summary of a document",)),
    "thanks": Conversation((Q, "Thanks!"), (A,), says=("You are welcome",), calls=1),
    "a greeting and a question": Conversation(
        (f"Hello, {Q}",), (A,), shown=(Q,), cited=("leave.md",), calls=1
    ),
    "date en": Conversation(("What's today's date?",), says=("Monday, 30 November 2026",)),
    "date zh": Conversation(("今天几号？",), says=("2026年11月30日，星期一",)),
    "about a topic": Conversation(
        ("Which documents are about hotel limits?",),
        cited=("travel-2024.md", "travel.md"),
        says=("Travel policy (`travel.md`",),
    ),
    "about a topic zh": Conversation(
        ("关于年假有什么文件？",), cited=("休假制度.md",), says=("`休假制度.md`",)
    ),
    "about nothing here": Conversation(
        ("Do we have any documents on submarines?",), says=("no document about “submarines”",)
    ),
    "a wish before any answer": Conversation(("Translate that.",), says=("no answer yet",)),
    "a wish twice before any answer": Conversation(("shorter", "As a table"), says=("no answer",)),
    "a wish behind a greeting": Conversation(("你好", "用表格"), says=("还没有",)),
    "all of them": Conversation(
        ("库里有什么？",),
        cited=("leave.md", "menu.md", "travel-2024.md", "travel.md", "休假制度.md"),
        says=("5 份",),
    ),
    "how many": Conversation(("How many documents are there?",), says=("5 documents",)),
    "of a kind": Conversation(
        ("有哪些制度？",), cited=("leave.md", "travel-2024.md", "travel.md", "休假制度.md")
    ),
    "about what was spoken of": Conversation(
        (H, "Which documents are about that?"),
        (HOTEL, "Which documents are about hotel limits?"),
        cited=("travel-2024.md", "travel.md"),
        calls=2,
    ),
    "follow-up": Conversation(
        (Q, "And the hotel limit?"), (A, H, HOTEL), shown=(H,), cited=("travel.md",), calls=3
    ),
    "as a table": Conversation(
        (Q, "As a table, please"),
        (A, A), shown=(f"{Q}",), cited=("leave.md",), calls=2
    ),
    "shorter, after thanks": Conversation(
        (H, "thanks", "shorter"), (HOTEL, HOTEL), shown=(f"{H}",), calls=2
    ),
    "in another form twice": Conversation(
        (ZH, "详细一点", "写成邮件"),
        (A_ZH,) * 3, shown=(f"{ZH}",), cited=("休假制度.md",), calls=3
    ),
    "translate zh": Conversation((ZH, "翻译成英文"), (A_ZH, A), shown=("in English",), calls=2),
    "translate that": Conversation((Q, "Translate that."), (A, A_ZH), shown=("用中文",), calls=2),
    "no, the Chinese one": Conversation(
        (Q, "No, the Chinese one"), (A, A_ZH), shown=(Q, A_ZH), calls=2
    ),
    "the other policy": Conversation(
        (H, "I meant the other policy"), (HOTEL, "x"), shown=(H, "150 euros"), calls=2
    ),
    "the 2024 version": Conversation(
        (H, "no, the 2024 version"), (HOTEL, "The hotel limit was 150 euros a night."),
        shown=(H, "150 euros"), cited=("travel-2024.md",), calls=2,
    ),
    "what no document is called": Conversation(
        (Q, "I meant Mondays"), (A, "x"), shown=(f"{Q} I meant Mondays",), calls=2
    ),
}  # fmt: skip


def said(
    kb: KnowledgeBase, asked: tuple[str, ...], within: Filter = EVERYTHING
) -> tuple[list[Event], list[Turn]]:
    """The events of the last question, and all turns."""
    history: list[Turn] = []
    events: list[Event] = []
    for question in asked:
        events = list(kb.ask(question, within, history=history, today=TODAY))
        assert isinstance(events[-1], Answer)
        history.append(turn_of(events[-1]))
    return events, history


def answer(kb: KnowledgeBase, *asked: str, within: Filter = EVERYTHING) -> Answer:
    last = said(kb, asked, within)[0][-1]
    assert isinstance(last, Answer)
    return last


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_conversation(open_kb: OpenKb, folder: Folder, name: str) -> None:
    told = CONVERSATIONS[name]
    kb = open_kb(texts=list(told.written), passages=1)
    kb.ingest([folder(DOCS)])
    events, _ = said(kb, told.asked)
    last = events[-1]
    assert isinstance(last, Answer)
    prompts = kb.models.written.prompts  # type: ignore[attr-defined]
    assert len(prompts) == told.calls
    for text in told.shown:
        assert text in prompts[-1][-1].content
    for text in told.says:
        assert text in last.answer
    if told.cited:
        assert sorted(c.path for c in last.citations) == list(told.cited)


def test_what_needs_no_model_is_streamed_as_it_stands(open_kb: OpenKb, folder: Folder) -> None:
    kb = open_kb()
    kb.ingest([folder(DOCS)])
    for question in (
        "hi",
        "What is the date?",
        "List all documents",
        "Which documents are about soup?",
    ):
        found, text, last = said(kb, (question,))[0]
        assert isinstance(found, Found)
        assert isinstance(last, Answer)
        assert text == Text(last.answer)
        assert not last.refused
        assert (last.usage.calls, last.usage.prompt_tokens) == (0, 0)
        assert [p.id for p in found.passages] == [c.chunk_id for c in last.citations]
        for citation, passage in zip(last.citations, found.passages, strict=True):
            assert citation.quote in passage.page_content
            assert f"[{citation.n}]" in last.answer


def test_another_form_is_written_from_the_same_passages(open_kb: OpenKb, folder: Folder) -> None:
    kb = open_kb(texts=[A, A])
    kb.ingest([folder(DOCS)])
    first = answer(kb, Q)
    searched = len(kb.models.embeddings().queries)  # type: ignore[attr-defined]
    events = list(kb.ask("as a list", history=[turn_of(first)]))
    assert len(kb.models.embeddings().queries) == searched  # type: ignore[attr-defined]
    assert isinstance(events[0], Found)
    assert [p.metadata["path"] for p in events[0].passages] == ["leave.md"]


def test_passages_that_are_gone_or_not_allowed_are_searched_for_again(
    open_kb: OpenKb, folder: Folder
) -> None:
    kb = open_kb(texts=[A, "x", "x"], passages=1)
    kb.ingest([folder(DOCS)])
    turn = turn_of(answer(kb, Q))
    (only_zh, *_) = kb.ask("shorter", Filter(lang="zh"), history=[turn])
    assert isinstance(only_zh, Found)
    assert {p.metadata["lang"] for p in only_zh.passages} == {"zh"}
    kb.remove(["leave.md"])
    (found, *_) = kb.ask("shorter", history=[turn])
    assert isinstance(found, Found)
    assert "leave.md" not in {p.metadata["path"] for p in found.passages}


def test_only_documents_that_the_question_allows_are_named(open_kb: OpenKb, folder: Folder) -> None:
    kb = open_kb()
    kb.ingest([folder({"leave.md": LEAVE}, "one")], "hr")
    kb.ingest([folder({"secret.md": "# Secret plan\n\nAll about leave.\n"}, "two")], "board")
    for question in ("hello", "List all documents", "Which documents are about leave?",
    "what's new?",
                     "list the documents in collection board"):  # fmt: skip
        text = answer(kb, question, within=Filter("hr")).answer
        assert "ecret" not in text
    assert "no collection called “board”" in text
    assert "Secret plan" in answer(kb, "list the documents in collection Board").answer
    assert "1 documents" in answer(kb, "how many documents are in collection hr").answer


def test_what_is_new_is_told_by_the_day_it_was_read(open_kb: OpenKb, folder: Folder) -> None:
    kb = open_kb()
    kb.ingest([folder({"leave.md": LEAVE})])
    now = datetime.now(UTC).date()
    for later, n in ((0, 1), (30, 0)):
        *_, last = kb.ask("What is new since yesterday?", today=now + timedelta(days=later))
        assert isinstance(last, Answer)
        assert len(last.citations) == n


def test_a_long_list_says_how_many_more_there_are(open_kb: OpenKb, folder: Folder) -> None:
    kb = open_kb()
    kb.ingest([folder({f"{n:02}.md": f"# Rule {n}\n\nText {n}.\n" for n in range(23)})])
    last = answer(kb, "What documents are there?")
    assert len(last.citations) == 20
    assert last.answer.endswith("And 3 more.")


def test_a_title_cites_and_links_nothing(open_kb: OpenKb, folder: Folder) -> None:
    kb = open_kb()
    title = "Rules [2] ![x](http://evil.example/a) <b>*bold*</b> www.evil.example"
    kb.ingest([folder({"rules.md": f"# {title}\n\nNo dogs.\n"})])
    for question in ("hello", "list all documents"):
        text = answer(kb, question).answer
        assert not any(mark in text for mark in ("[2]", "![", "](", "<b>", "evil.example/", "www."))


def test_an_empty_library_says_so(kb: KnowledgeBase) -> None:
    assert "no document in the library yet" in answer(kb, "hello").answer
    assert answer(kb, "有哪些文件？").answer == "没有可以查阅的文档。"


def test_texts_that_are_given_are_asked_whatever_is_said(open_kb: OpenKb) -> None:
    kb = open_kb(texts=["It is served on Mondays [1]."])
    *_, last = kb.ask("What is the date?", passages=["Soup day is Monday."])
    assert isinstance(last, Answer)
    assert len(kb.models.written.prompts) <= 1  # type: ignore[attr-defined]
    assert "2026" not in last.answer
