"""Uploads read in the background: nothing is lost, and one bad file holds up no other."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.service import KnowledgeBase
from app.worker import Step, Worker
from llm.errors import ModelError
from retrieval.errors import DiskFullError
from retrieval.ledger import Ledger
from retrieval.records import Record

LEAVE, TRAVEL = b"You have 25 days of leave.\n", b"Hotels cost at most 90 euros a night.\n"


def until(condition: Callable[[], Any]) -> None:
    """Wait for a thread to get somewhere; a test that waits in vain fails."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def states(kb: KnowledgeBase) -> dict[str, str]:
    return {row.path: row.status for row in kb.documents()}


@pytest.fixture
def work() -> Iterator[Callable[[KnowledgeBase], Worker]]:
    """Start a worker that ends with the test."""
    started: list[Worker] = []

    def start(kb: KnowledgeBase) -> Worker:
        started.append(Worker(kb, retry_seconds=0.01, look_seconds=0.01))
        started[-1].start()
        return started[-1]

    yield start
    for worker in started:
        worker.stop()


class Staged(KnowledgeBase):
    """Processes a document as `act` says, and really if that does nothing."""

    act: Callable[[Record, Any], None] = staticmethod(lambda record, progress: None)

    def process(self, record: Record, progress: Any = lambda *_: None) -> bool:
        self.act(record, progress)
        return super().process(record, progress)


@pytest.fixture
def staged(kb: KnowledgeBase) -> Iterator[Staged]:
    again = Staged(kb.settings, Ledger(kb.settings.ledger_path), kb.models)
    yield again
    again.close()


def test_an_upload_becomes_ready_and_can_be_found(
    kb: KnowledgeBase, work: Callable[[KnowledgeBase], Worker]
) -> None:
    worker = work(kb)
    document = kb.upload("leave.txt", LEAVE)
    worker.submit(document)
    assert worker.busy
    until(lambda: not worker.busy)
    assert states(kb) == {"leave.txt": "ready"}
    assert worker.step(document) is None
    assert kb.search("days of leave", 1).passages[0].metadata["document"] == document


def test_what_waited_when_the_app_was_stopped_is_read_after_the_start(
    kb: KnowledgeBase, work: Callable[[KnowledgeBase], Worker]
) -> None:
    kb.upload("leave.txt", LEAVE)
    kb.upload("travel.txt", TRAVEL)
    work(kb)
    until(lambda: states(kb) == {"leave.txt": "ready", "travel.txt": "ready"})


def test_a_bad_file_holds_up_no_other_and_is_tried_once(
    staged: Staged, work: Callable[[KnowledgeBase], Worker]
) -> None:
    tried: list[str] = []
    staged.act = lambda record, progress: tried.append(record.path)
    staged.upload("a-empty.txt", b"")
    staged.upload("leave.txt", LEAVE)
    worker = work(staged)
    until(lambda: states(staged)["leave.txt"] == "ready")
    until(lambda: not worker.busy)
    worker.submit(staged.upload("travel.txt", TRAVEL))
    until(lambda: not worker.busy)
    assert states(staged)["a-empty.txt"] == "failed"
    assert tried == ["a-empty.txt", "leave.txt", "travel.txt"]


def test_an_unexpected_error_is_noted_and_the_thread_lives_on(
    staged: Staged,
    work: Callable[[KnowledgeBase], Worker],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def act(record: Record, progress: Any) -> None:
        if record.path == "a.txt":
            raise RuntimeError("a defect")

    staged.act = act
    worker = work(staged)
    first, second = staged.upload("a.txt", LEAVE), staged.upload("b.txt", TRAVEL)
    worker.submit(first)
    worker.submit(second)
    until(lambda: states(staged)["b.txt"] == "ready")
    until(lambda: not worker.busy)
    assert worker.trouble(first) == "RuntimeError"
    assert worker.trouble(second) is None
    assert "a defect" in caplog.text
    staged.act = lambda record, progress: None
    worker.submit(staged.upload("a.txt", LEAVE))
    until(lambda: not worker.busy)
    assert worker.trouble(first) is None
    assert states(staged)["a.txt"] == "ready"


def test_a_missing_model_is_waited_for(
    staged: Staged, work: Callable[[KnowledgeBase], Worker]
) -> None:
    def act(record: Record, progress: Any) -> None:
        raise ModelError("the model is not here;\nrun `kb models pull`")

    staged.act = act
    worker = work(staged)
    first, second = staged.upload("leave.txt", LEAVE), staged.upload("travel.txt", TRAVEL)
    worker.submit(first)
    worker.submit(second)
    blocked = Step("blocked", problem="the model is not here; run `kb models pull`")
    until(lambda: worker.step(first) == worker.step(second) == blocked)
    assert worker.busy
    staged.act = lambda record, progress: None
    until(lambda: states(staged) == {"leave.txt": "ready", "travel.txt": "ready"})


def test_progress_is_shown_for_each_document(
    staged: Staged, work: Callable[[KnowledgeBase], Worker]
) -> None:
    go_on = threading.Event()

    def act(record: Record, progress: Any) -> None:
        progress(record.path, "embedding", 12, 40)
        assert go_on.wait(30)

    staged.act = act
    first, second = staged.upload("leave.txt", LEAVE), staged.upload("travel.txt", TRAVEL)
    worker = work(staged)
    until(lambda: worker.step(first) == Step("embedding", 12, 40))
    assert worker.step(second) == Step("queued")
    go_on.set()
    until(lambda: not worker.busy)
    assert worker.step(first) is None


def test_a_document_removed_while_it_waits_is_forgotten(
    staged: Staged, work: Callable[[KnowledgeBase], Worker]
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def act(record: Record, progress: Any) -> None:
        reached.set()
        assert go_on.wait(30)

    staged.act = act
    staged.upload("leave.txt", LEAVE)
    second = staged.upload("travel.txt", TRAVEL)
    worker = work(staged)
    assert reached.wait(30)
    staged.remove([second])
    go_on.set()
    until(lambda: not worker.busy)
    assert states(staged) == {"leave.txt": "ready"}


def test_the_ledger_failing_for_a_moment_does_not_end_the_thread(
    staged: Staged, work: Callable[[KnowledgeBase], Worker], caplog: pytest.LogCaptureFixture
) -> None:
    class Locked(Staged):
        times = 0

        def waiting(self) -> list[Record]:
            self.times += 1
            if self.times == 1:
                raise OSError("the disk is away")
            return super().waiting()

    locked = Locked(staged.settings, Ledger(staged.settings.ledger_path), staged.models)
    locked.upload("leave.txt", LEAVE)
    worker = work(locked)
    until(lambda: states(locked) == {"leave.txt": "ready"})
    worker.stop()
    locked.close()
    assert "the disk is away" in caplog.text


def test_a_job_that_another_process_left_is_done(
    kb: KnowledgeBase, open_kb: Any, work: Callable[[KnowledgeBase], Worker], folder: Any
) -> None:
    work(kb)
    until(lambda: kb.owner.held)
    command = open_kb()
    report = command.ingest([folder({"leave.md": LEAVE, "empty.md": b""})])
    assert (report.added, [f.reason for f in report.failed]) == (1, ["empty"])
    assert not command.owner.held
    assert states(kb)["leave.md"] == "ready"


def test_a_job_that_was_in_hand_when_the_app_was_stopped_goes_on(
    kb: KnowledgeBase, open_kb: Any, work: Callable[[KnowledgeBase], Worker], folder: Any
) -> None:
    dead = open_kb()
    assert dead.own()
    paths = [str(folder({"leave.md": LEAVE}))]
    dead._jobs.ask("ingest", {"paths": paths, "collection": "default", "keep": False})
    assert dead._jobs.take() is not None
    dead.owner.release()  # as the end of the process does
    work(kb)
    until(lambda: [(job.status, job.attempts) for job in kb.jobs()] == [("done", 2)])
    assert states(kb) == {"leave.md": "ready"}


def test_a_cancelled_job_keeps_what_it_did_and_the_next_goes_on(
    kb: KnowledgeBase,
    work: Callable[[KnowledgeBase], Worker],
    folder: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.running._NOTED_SECONDS", 0.0)

    class Cancelled(KnowledgeBase):
        def work(self, progress: Any = lambda *_: None) -> bool:
            def stop_at_the_second(path: str, *_: Any) -> None:
                if path == "b.md":
                    self.cancel(first)

            return super().work(stop_at_the_second)

    cancelled = Cancelled(kb.settings, Ledger(kb.settings.ledger_path), kb.models)
    root = folder({"a.md": LEAVE, "b.md": TRAVEL, "c.md": b"Rule.\n"})
    arguments = {"collection": "default", "keep": False}
    first = cancelled._jobs.ask("ingest", {**arguments, "paths": [str(root)]})
    other = folder({"d.md": b"Another rule.\n"}, "other")
    cancelled._jobs.ask("ingest", {**arguments, "paths": [str(other)]})
    worker = work(cancelled)
    until(lambda: all(job.ended for job in cancelled.jobs()))
    worker.stop()
    assert {job.id: job.status for job in cancelled.jobs()} == {
        first: "cancelled", first + 1: "done",
    }  # fmt: skip
    assert states(cancelled)["a.md"] == states(cancelled)["d.md"] == "ready"
    assert "ready" not in (states(cancelled).get("b.md"), states(cancelled).get("c.md"))
    cancelled.close()


def test_a_job_with_a_defect_does_not_end_the_thread(
    kb: KnowledgeBase,
    work: Callable[[KnowledgeBase], Worker],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("app.mirroring.Mirror.run", lambda *_: 1 / 0)
        kb._jobs.ask("ingest", {"paths": [], "collection": "default", "keep": False})
        worker = work(kb)
        until(lambda: kb.jobs()[0].status == "failed")
    worker.submit(kb.upload("leave.txt", LEAVE))
    until(lambda: states(kb) == {"leave.txt": "ready"})
    assert "ZeroDivisionError" in caplog.text


def test_the_keeper_is_told_of_every_change(kb: KnowledgeBase, folder: Any) -> None:
    told: list[dict[str, str]] = []
    worker = Worker(kb, lambda: told.append(states(kb)), retry_seconds=0.01, look_seconds=0.01)
    worker.start()
    until(lambda: kb.owner.held)
    worker.submit(kb.upload("leave.txt", LEAVE))
    until(lambda: told)
    paths = [str(folder({"travel.md": TRAVEL}))]
    kb._jobs.ask("ingest", {"paths": paths, "collection": "default", "keep": False})
    until(lambda: len(told) == 2)
    worker.stop()
    assert told == [{"leave.txt": "ready"}, {"leave.txt": "ready", "travel.md": "ready"}]


def test_it_waits_while_another_owns_the_library(
    kb: KnowledgeBase, open_kb: Any, work: Callable[[KnowledgeBase], Worker]
) -> None:
    other = open_kb()
    assert other.own()
    worker = work(kb)
    document = kb.upload("leave.txt", LEAVE)
    worker.submit(document)
    other._jobs.ask("ingest", {"paths": [], "collection": "default", "keep": False})
    until(lambda: worker.step(document) == Step("queued"))
    time.sleep(0.1)
    assert states(kb) == {"leave.txt": "queued"}
    assert kb.jobs()[0].status == "queued"
    assert not kb.owner.held
    other.owner.release()
    until(lambda: states(kb) == {"leave.txt": "ready"})
    until(lambda: kb.jobs()[0].status == "done")


def test_a_full_disk_is_waited_for(staged: Staged, work: Callable[[KnowledgeBase], Worker]) -> None:
    full = threading.Event()
    full.set()

    def act(record: Record, progress: Any) -> None:
        if full.is_set():
            raise DiskFullError("the disk is full; free some space")

    staged.act = act
    document = staged.upload("leave.txt", LEAVE)
    worker = work(staged)
    until(
        lambda: (
            worker.step(document) == Step("blocked", problem="the disk is full; free some space")
        )
    )
    full.clear()
    until(lambda: states(staged) == {"leave.txt": "ready"})
