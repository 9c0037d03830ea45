"""A library with two documents, and what is asked of it."""

import threading
from collections.abc import Callable

import pytest

from app.conversations import Exchange
from app.quality import QualityRun
from app.service import KnowledgeBase
from app.web import Answering, ModelGate

LEAVE = "# Rules\n\n## Leave\n\nYou have 25 days of leave. Ask your manager first.\n"
PARKING = "# Parking\n\nVisitors park on level two. A ticket costs 4 euros.\n"


@pytest.fixture
def filled(open_kb: Callable[..., KnowledgeBase]) -> Callable[..., KnowledgeBase]:
    """Open a library with two documents; `texts` are what the model writes."""

    def make(*texts: str, **changes: object) -> KnowledgeBase:
        kb = open_kb(texts=list(texts), **changes)
        for name, text in (("leave.md", LEAVE), ("parking.md", PARKING)):
            kb.upload(name, text.encode())
            assert kb.work()
        return kb

    return make


@pytest.fixture
def asked() -> Callable[..., Exchange]:
    """Ask a question in a conversation that is kept; returns the exchange."""

    def ask(kb: KnowledgeBase, question: str, conversation: str = "") -> Exchange:
        number = conversation or kb.conversations.new_id()
        exchange = kb.conversations.begin(number, question)
        answering = Answering(
            kb,
            question,
            ModelGate(),
            conversation=number,
            exchange=exchange,
            keep=lambda progress: kb.conversations.finish(exchange, progress),
        )
        assert answering.wait(30)
        return kb.conversations.read(number)[-1]

    return ask


@pytest.fixture
def tested() -> Callable[[KnowledgeBase], str]:
    """Ask all test questions; returns the id of the run."""

    def run(kb: KnowledgeBase) -> str:
        return QualityRun(kb, threading.Lock(), threading.Event()).run(lambda *_: None)

    return run
