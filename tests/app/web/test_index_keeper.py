"""The index kept up in the background, whoever makes the changes."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.service import KnowledgeBase
from app.web import IndexKeeper
from llm.errors import ModelError
from retrieval.ledger import Ledger

Folder = Callable[..., Any]


def until(condition: Callable[[], Any]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


@pytest.fixture
def keep() -> Iterator[Callable[[KnowledgeBase], IndexKeeper]]:
    started: list[IndexKeeper] = []

    def start(kb: KnowledgeBase) -> IndexKeeper:
        started.append(IndexKeeper(kb, look_seconds=0.01))
        started[-1].start()
        return started[-1]

    yield start
    for keeper in started:
        keeper.stop()


def test_what_another_process_changes_is_told_to_the_index(
    kb: KnowledgeBase, open_kb: Any, keep: Callable[[KnowledgeBase], IndexKeeper], folder: Folder
) -> None:
    kb.ingest([folder({"leave.md": "You have 25 days of leave.\n", "a.md": "Hotels cost 90.\n"})])
    assert kb.own()
    keep(kb)
    until(lambda: kb.index_health() == ("chroma", None))
    open_kb().remove(["leave.md"])
    until(lambda: kb.status()["index"] == "ready")
    assert [d.metadata["path"] for d in kb.search("days of leave", 5).passages] == ["a.md"]


@pytest.mark.parametrize("error", [ModelError("no model"), RuntimeError("a defect")])
def test_it_outlives_errors(
    kb: KnowledgeBase, keep: Callable[[KnowledgeBase], IndexKeeper], error: Exception
) -> None:
    class Failing(KnowledgeBase):
        tried = 0
        well = threading.Event()

        def sync(self) -> None:
            self.tried += 1
            if self.tried < 3:
                raise error
            self.well.set()

    failing = Failing(kb.settings, Ledger(kb.settings.ledger_path), kb.models)
    keeper = keep(failing)
    assert failing.well.wait(30)
    keeper.stop()
    failing.close()
