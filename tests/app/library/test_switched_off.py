"""A passage that is switched off is in no search and no new answer; kept ones have it still."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.conversations import AnswerProgress
from app.library import restore
from app.service import KnowledgeBase
from app.settings import Settings
from llm.answer import Answer, Event, Found
from llm.question import Turn
from retrieval.ledger import EVERYTHING, Filter

OpenKb = Callable[..., KnowledgeBase]
A, B = "You have 25 days of leave a year.", "A hotel costs at most 90 euros a night."
# Each of them long enough for a passage of its own.
LEAVE = A + "".join(f" Leave of kind {n} is asked for {n} days before it begins." for n in range(5))
HOTEL = B + "".join(
    f" A hotel of class {n} is chosen by the manager of house {n}." for n in range(5)
)
RULES = f"# Rules\n\n## Leave\n\n{LEAVE}\n\n## Hotels\n\n{HOTEL}\n"
ASKED = "How many days of leave do I have?"


@pytest.fixture
def kb(open_kb: OpenKb) -> KnowledgeBase:
    kb = open_kb(texts=[A, *"xxxxxxxxx"])
    read(kb, RULES)
    return kb


def read(kb: KnowledgeBase, text: str) -> None:
    kb.upload("rules.md", text.encode())
    assert kb.work()


def document(kb: KnowledgeBase) -> str:
    return kb.document("rules.md").document


def switch(kb: KnowledgeBase, text: str, *, on: bool) -> None:
    chunk = next(c for c in kb.text(document(kb)) if text in c.page_content)
    assert kb.shelf.switch_passage(document(kb), str(chunk.id), on=on)


def found(kb: KnowledgeBase, within: Filter = EVERYTHING) -> str:
    methods: Any = ("fused", "dense", "keywords", "ranks")
    return str([kb.search(ASKED, 9, within, method).passages for method in methods])


def passages(events: list[Event]) -> str:
    return str([event.passages for event in events if isinstance(event, Found)])


def answered(events: list[Event]) -> Answer:
    assert isinstance(events[-1], Answer)
    return events[-1]


def test_no_search_finds_it_in_any_process_until_it_is_on_again(
    kb: KnowledgeBase, open_kb: OpenKb
) -> None:
    kb.sync()
    other = open_kb()
    assert LEAVE in found(kb)
    assert LEAVE in found(other)
    for _ in range(2):
        switch(kb, LEAVE, on=False)
        for one in (kb, other):
            for within in (EVERYTHING, Filter(documents=(document(kb),))):
                assert LEAVE not in found(one, within)
                assert HOTEL in found(one, within)
        kb.sync()
        assert LEAVE not in found(kb)
        assert [c for c in kb.doctor() if not c.ok and c.name != "models"] == []
        switch(kb, LEAVE, on=True)
        assert LEAVE in found(kb)
        assert LEAVE in found(other)
        kb.sync()


def test_it_stands_in_no_new_answer_and_stays_where_it_was_cited(kb: KnowledgeBase) -> None:
    events = list(kb.ask(ASKED))
    first = answered(events)
    assert "25 days" in first.citations[0].quote
    conversation = kb.conversations.new_id()
    exchange = kb.conversations.begin(conversation, ASKED)
    cited = tuple(p for e in events if isinstance(e, Found) for p in e.passages)
    kb.conversations.finish(exchange, AnswerProgress(phase="done", passages=cited, result=first))
    (before,) = kb.conversations.read(conversation)

    switch(kb, LEAVE, on=False)
    events = list(kb.ask(ASKED))
    assert LEAVE not in passages(events)
    assert HOTEL in passages(events)
    assert "25 days" not in str(answered(events))
    history = [Turn(ASKED, first.answer, chunk_ids=tuple(c.chunk_id for c in first.citations))]
    assert LEAVE not in passages(list(kb.ask("shorter", history=history)))
    assert LEAVE not in passages(list(kb.ask("Summarise rules.md")))
    assert LEAVE not in passages(list(kb.ask("Which documents are there?")))

    kb.__dict__.pop("conversations")  # as after a restart
    (after,) = kb.conversations.read(conversation)
    assert after.progress.result == before.progress.result == first
    texts = [p.page_content for p in after.progress.passages]
    assert texts == [p.page_content for p in before.progress.passages]
    assert LEAVE in str(texts)
    place = (document(kb), first.citations[0].chunk_id, None)
    assert kb.evidence.standing(*place).state == "current"


def test_a_document_of_which_all_is_off_is_not_answered_from(kb: KnowledgeBase) -> None:
    for text in (LEAVE, HOTEL):
        switch(kb, text, on=False)
    for asked in (ASKED, "Summarise rules.md", "Which documents are there?"):
        events = list(kb.ask(asked))
        assert passages(events) == "[[]]"
        assert answered(events).citations == ()


def test_no_question_is_made_of_it(open_kb: OpenKb) -> None:
    kb = open_kb(texts=["What does a hotel cost at most?", B])
    read(kb, RULES)
    switch(kb, LEAVE, on=False)
    assert kb.suggestions.make_one(threading.Event())
    (made,) = kb.suggestions.picked("en")
    assert "hotel" in made.question
    assert not kb.suggestions.make_one(threading.Event())
    switch(kb, HOTEL, on=False)
    assert kb.suggestions.picked("en") == []


def test_it_is_off_when_its_document_is_read_again_or_replaced_or_had_back(
    kb: KnowledgeBase,
) -> None:
    switch(kb, LEAVE, on=False)
    old = [c.id for c in kb.text(document(kb))]

    def is_off() -> bool:
        assert LEAVE in str(kb.text(document(kb)))
        return LEAVE not in found(kb) and kb.inspector.look(document(kb)).facts.off == 1  # type: ignore[union-attr]

    kb.read_again(document(kb))
    assert kb.work()
    assert is_off()
    read(kb, f"# New rules\n\n## Dogs\n\n{HOTEL}\n\n## Leave\n\n{LEAVE}\n")
    assert not set(old) & {c.id for c in kb.text(document(kb))}
    assert is_off()
    kb.shelf.restore(kb.shelf.throw([document(kb)]))
    assert is_off()
    read(kb, RULES.replace("25 days", "26 days"))
    assert kb.inspector.look(document(kb)).facts.off == 0  # type: ignore[union-attr]
    assert "26 days" in found(kb)


def test_a_backup_has_it_off(
    kb: KnowledgeBase, open_kb: OpenKb, empty: Settings, tmp_path: Path
) -> None:
    switch(kb, LEAVE, on=False)
    restore(empty, Path(kb.backup(tmp_path / "b.tar").file))
    restored = open_kb(data_dir=empty.data_dir)
    assert LEAVE not in found(restored)
    assert HOTEL in found(restored)
    restored.read_again(document(restored))
    assert restored.work()
    assert LEAVE not in found(restored)
    switch(restored, LEAVE, on=True)
    assert LEAVE in found(restored)


def test_the_command_line_tells_which_are_off(kb: KnowledgeBase, cli: Any) -> None:
    switch(kb, LEAVE, on=False)
    assert cli("show", "rules.md").count("switched off") == 1
    (shown,) = cli.json("show", "rules.md")
    assert [("25 days" in p["text"], p["off"]) for p in shown["passages"]] == [
        (True, True),
        (False, False),
    ]
