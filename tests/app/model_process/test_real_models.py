"""The real models in their process: answers through the façade, shared, killed, waited for."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.service import KnowledgeBase, build
from app.settings import Settings
from llm.answer import Answer, Text, Waiting

pytestmark = pytest.mark.integration

PASSAGE = "Employees have 26 days of leave. {name}'s locker is number {number}. It is on floor two."
QUESTION = (
    "What is the number of {name}'s locker, on which floor is it, and how many days of leave?"
)


@pytest.fixture
def open_shared(
    tmp_path: Path, real: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], KnowledgeBase]]:
    """Open a library of its own, as another program does; all share one model process."""
    session = tmp_path / "session"
    session.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(session))
    real.folder = session / "zhiku"
    opened: list[KnowledgeBase] = []

    def make() -> KnowledgeBase:
        data = tmp_path / f"library {len(opened)}"
        opened.append(build(Settings(data_dir=data, suggest=False, translate_seconds=0.0)))
        return opened[-1]

    yield make
    for kb in opened:
        kb.close()


def asked(kb: KnowledgeBase, name: str, number: int, heard: list[Any] | None = None) -> Answer:
    passages = [PASSAGE.format(name=name, number=number)]
    *events, answer = kb.ask(QUESTION.format(name=name), passages=passages, asker=name)
    if heard is not None:
        heard += events
    assert isinstance(answer, Answer)
    return answer


def test_a_second_program_loads_nothing_and_four_people_get_their_own_answers(
    open_shared: Callable[[], KnowledgeBase], real: Any
) -> None:
    app, cli = open_shared(), open_shared()
    app.warm()
    cli.warm()
    assert len(real.pids()) == 1
    people = {"Ann": 1731, "Bea": 2984, "Cem": 3256, "Dan": 4827}
    answers: dict[str, str] = {}
    heard: dict[str, list[Any]] = {name: [] for name in people}

    def ask(name: str) -> None:
        kb = cli if name == "Dan" else app
        answers[name] = asked(kb, name, people[name], heard[name]).answer

    asking = [threading.Thread(target=ask, args=(name,)) for name in people]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join(300)
    for name, number in people.items():
        assert str(number) in answers[name]
        others = set(people.values()) - {number}
        assert not [other for other in others if str(other) in answers[name]]
    waited = [e.ahead for events in heard.values() for e in events if isinstance(e, Waiting)]
    assert max(waited) >= 2


def test_an_answer_comes_although_the_process_is_killed_in_its_middle(
    open_shared: Callable[[], KnowledgeBase], real: Any
) -> None:
    kb = open_shared()
    usual = asked(kb, "Ann", 1731)
    (first,) = real.pids()
    text, killed = "", False
    passages = [PASSAGE.format(name="Ann", number=1731)]
    for event in kb.ask(QUESTION.format(name="Ann"), passages=passages):
        match event:
            case Text(more):
                text += more
                if not killed:
                    killed = True
                    os.kill(first, signal.SIGKILL)
            case Answer(answer=answer):
                assert answer == text == usual.answer
    assert killed
    assert first not in real.pids()
    assert len(real.pids()) <= 1
