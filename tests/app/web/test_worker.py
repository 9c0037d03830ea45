"""Uploads read in the background: nothing is lost, and one bad file holds up no other."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.service import KnowledgeBase
from app.web import Worker
from llm.errors import ModelError
from retrieval.errors import DiskFullError, LibraryError
from retrieval.ledger import Ledger
from retrieval.library import Jobs

RULES = 150
LONG = "".join(
    f"## Part {n}\n\nRule {n} {f'says {n} so ' * 30}.\n\n" for n in range(RULES)
).encode()
LEAVE, TRAVEL = b"You have 25 days of leave.\n", b"Hotels cost at most 90 euros a night.\n"


def jobs_of(kb: KnowledgeBase) -> Jobs:
    """The jobs of a library, as another process sees them."""
    return Jobs(Ledger(kb.settings.ledger_path))


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
    """Does before each step of its jobs what `act` says."""

    act: Callable[..., None] = staticmethod(lambda path, step, done, total: None)

    def work(self, progress: Any = lambda *_: None, *kinds: str) -> bool:
        def both(*step: Any) -> None:
            progress(*step)
            self.act(*step)

        return super().work(both, *kinds)


@pytest.fixture
def staged(open_kb: Any) -> Staged:
    """A library that looks at every step whether the work is still wanted."""
    kb: Staged = open_kb(kind=Staged, look_seconds=0.0)
    return kb


class Defective(KnowledgeBase):
    """Cannot read documents while it has a defect."""

    defect = False

    @property
    def pipeline(self) -> Any:  # type: ignore[override]
        if self.defect:
            raise RuntimeError("a defect")
        return super().pipeline


def ends(kb: KnowledgeBase) -> list[str]:
    """How each job ended or what it does, the oldest first."""
    return [job.status for job in reversed(kb.jobs())]


def test_an_upload_becomes_ready_and_can_be_found(
    kb: KnowledgeBase, work: Callable[[KnowledgeBase], Worker]
) -> None:
    worker = work(kb)
    document = kb.upload("leave.txt", LEAVE)
    worker.wake()
    until(lambda: not worker.busy)
    assert states(kb) == {"leave.txt": "ready"}
    assert ends(kb) == ["done"]
    assert kb.search("days of leave", 1).passages[0].metadata["document"] == document


def test_what_waited_when_the_app_was_stopped_is_read_after_the_start(
    kb: KnowledgeBase, work: Callable[[KnowledgeBase], Worker]
) -> None:
    kb.upload("leave.txt", LEAVE)
    kb.upload("travel.txt", TRAVEL)
    work(kb)
    until(lambda: states(kb) == {"leave.txt": "ready", "travel.txt": "ready"})


def test_an_upload_that_has_no_job_gets_one(
    kb: KnowledgeBase, work: Callable[[KnowledgeBase], Worker]
) -> None:
    """As those of an older release, or of a backup whose jobs are not believed."""
    kb.upload("leave.txt", LEAVE)
    kb.upload("empty.txt", b"")
    with Ledger(kb.settings.ledger_path).write() as db:
        db.execute("DELETE FROM jobs")
    work(kb)
    until(lambda: ends(kb) == ["failed", "done"])
    assert states(kb) == {"leave.txt": "ready", "empty.txt": "failed"}
    again = work(kb)
    again.stop()
    assert len(kb.jobs()) == 2  # what failed is not tried again


def test_a_bad_file_holds_up_no_other_and_is_tried_once(
    staged: Staged, work: Callable[[KnowledgeBase], Worker]
) -> None:
    tried: list[str] = []
    staged.act = lambda path, step, done, total: tried.append(path) if step == "reading" else None
    staged.upload("a-empty.txt", b"")
    staged.upload("leave.txt", LEAVE)
    worker = work(staged)
    until(lambda: not worker.busy)
    staged.upload("travel.txt", TRAVEL)
    until(lambda: not worker.busy)
    assert states(staged)["a-empty.txt"] == "failed"
    assert list(dict.fromkeys(tried)) == ["a-empty.txt", "leave.txt", "travel.txt"]
    assert ends(staged) == ["failed", "done", "done"]
    assert staged.jobs()[-1].message.startswith("empty: ")  # type: ignore[union-attr]


def test_an_unexpected_error_ends_its_own_job_and_nothing_else(
    open_kb: Any, work: Callable[[KnowledgeBase], Worker], caplog: pytest.LogCaptureFixture
) -> None:
    kb: Defective = open_kb(kind=Defective)
    kb.upload("a.txt", LEAVE)
    kb.defect = True
    worker = work(kb)
    until(lambda: ends(kb) == ["failed"])
    kb.defect = False
    kb.upload("b.txt", TRAVEL)
    until(lambda: not worker.busy)
    assert "a defect" in caplog.text
    row = kb.document("a.txt")
    assert (row.status, row.error) == ("failed", "internal: Zhiku itself failed; see the log")
    assert states(kb)["b.txt"] == "ready"
    kb.retry(kb.jobs()[-1].id)
    until(lambda: states(kb)["a.txt"] == "ready")
    assert kb.document("a.txt").error is None


def test_a_missing_model_is_waited_for(
    staged: Staged, work: Callable[[KnowledgeBase], Worker], folder: Any
) -> None:
    def act(*_: Any) -> None:
        raise ModelError("the model is not here;\nrun `kb models pull`")

    staged.act = act
    staged.upload("leave.txt", LEAVE)
    worker = work(staged)
    until(lambda: worker.problem == "the model is not here; run `kb models pull`")
    assert worker.busy
    paths = [str(folder({"a.md": "Some words.\n"}))]
    jobs_of(staged).ask("ingest", {"paths": paths, "collection": "default", "keep": False})
    until(lambda: ends(staged) == ["queued", "failed"])  # who asked for a folder is told at once
    staged.act = lambda *_: None
    until(lambda: states(staged)["leave.txt"] == "ready")
    assert staged.jobs()[-1].attempts == 1
    until(lambda: worker.problem is None)


def test_progress_is_in_the_ledger_for_everybody(
    staged: Staged, open_kb: Any, work: Callable[[KnowledgeBase], Worker]
) -> None:
    go_on = threading.Event()

    def act(path: str, step: str, done: int, total: int) -> None:
        if step == "embedding":
            assert go_on.wait(30)

    staged.act = act
    staged.upload("leave.txt", LEAVE)
    staged.upload("travel.txt", TRAVEL)
    work(staged)
    until(lambda: open_kb().jobs()[-1].progress)
    assert ends(staged) == ["running", "queued"]
    assert staged.jobs()[-1].progress == ["leave.txt", "reading", 0, 0]
    go_on.set()
    until(lambda: ends(staged) == ["done", "done"])


def in_the_middle(what: Callable[[], object]) -> Callable[..., None]:
    """Return what does this once, when a part of long.md or long.md is embedded."""
    todo = [what]

    def act(path: str, step: str, done: int, total: int) -> None:
        if path.startswith("long") and step == "embedding" and 0 < done < total and todo:
            todo.pop()()

    return act


def embedded(kb: KnowledgeBase) -> int:
    """How many passages of the long document were embedded."""
    return sum("so says" in text for text in kb.models.embedded)  # type: ignore[attr-defined]


def read_all(kb: KnowledgeBase) -> None:
    while kb.work():
        pass


def test_a_removed_upload_is_not_read_to_its_end(staged: Staged, open_kb: Any) -> None:
    staged.upload("long.md", LONG)
    staged.upload("leave.txt", LEAVE)
    staged.act = in_the_middle(lambda: open_kb().remove(["long.md"]))
    read_all(staged)
    assert states(staged) == {"leave.txt": "ready"}
    assert ends(staged) == ["cancelled", "done"]
    assert staged.jobs()[-1].message == "the document was removed"
    assert embedded(staged) < RULES


def test_a_replaced_upload_is_read_as_it_is_now(staged: Staged, open_kb: Any) -> None:
    document = staged.upload("long.md", LONG)
    staged.act = in_the_middle(lambda: open_kb().upload("long.md", LEAVE))
    read_all(staged)
    assert [c.page_content for c in staged.text(document)] == [LEAVE.decode().strip()]
    assert ends(staged) == ["cancelled", "done"]
    assert embedded(staged) < RULES


def test_a_stopped_upload_says_so_and_can_be_retried(staged: Staged, open_kb: Any) -> None:
    staged.upload("long.md", TRAVEL)
    read_all(staged)
    staged.upload("long.md", LONG)
    staged.act = in_the_middle(lambda: open_kb().cancel(staged.jobs()[0].id))
    read_all(staged)
    row = staged.document("long.md")
    assert (row.status, row.chunks) == ("ready", 1), "what was visible stays"
    assert row.error == "stopped: it was stopped before it was read; retry it"
    assert staged.jobs()[0].status == "cancelled"
    assert embedded(staged) < RULES
    staged.retry(staged.jobs()[0].id)
    read_all(staged)
    row = staged.document("long.md")
    assert (row.status, row.chunks, row.error) == ("ready", RULES, None)


def test_an_upload_that_is_stopped_or_removed_while_it_waits_is_never_begun(
    staged: Staged,
) -> None:
    begun: list[str] = []
    staged.act = lambda path, *_: begun.append(path)
    for name in ("a.txt", "b.txt", "c.txt"):
        staged.upload(name, LEAVE)
    removed, stopped = staged.jobs()[2], staged.jobs()[1]
    staged.remove(["a.txt"])
    assert staged.cancel(stopped.id).status == "cancelled"
    assert staged.document("b.txt").error == "stopped: it was stopped before it was read; retry it"
    read_all(staged)
    assert set(begun) == {"c.txt"}
    assert ends(staged) == ["cancelled", "cancelled", "done"]
    with pytest.raises(LibraryError, match="was removed; add the file again"):
        staged.retry(removed.id)
    staged.read_again("b.txt")
    read_all(staged)
    assert states(staged) == {"b.txt": "ready", "c.txt": "ready"}


def test_an_upload_that_was_to_stop_when_its_owner_died_is_stopped(open_kb: Any) -> None:
    dead = open_kb()
    dead.own()
    dead.upload("leave.txt", LEAVE)
    assert jobs_of(dead).take() is not None
    dead.cancel(dead.jobs()[0].id)
    dead.owner.release()  # as the end of the process does
    kb = open_kb()
    assert kb.own()
    assert not kb.work()
    assert kb.document("leave.txt").error.startswith("stopped: ")


def test_only_what_failed_or_was_stopped_can_be_retried(kb: KnowledgeBase) -> None:
    kb.upload("leave.txt", LEAVE)
    with pytest.raises(LibraryError, match="job 1 is queued"):
        kb.retry(1)
    read_all(kb)
    with pytest.raises(LibraryError, match="job 1 is done"):
        kb.retry(1)
    with pytest.raises(LibraryError, match="no job 9"):
        kb.retry(9)


def test_a_file_removed_from_the_library_is_left_and_its_folder_goes_on(
    staged: Staged, open_kb: Any, folder: Any
) -> None:
    root = folder({"long.md": LONG, "travel.md": TRAVEL})
    act = in_the_middle(lambda: open_kb().remove(["long.md"]))
    report = staged.ingest([root], progress=act)
    assert (report.added, report.failed) == (1, [])
    assert states(staged) == {"travel.md": "ready"}
    assert embedded(staged) < RULES
    assert staged.ingest([root]).added == 1


def test_uploads_go_before_folders_and_between_their_files(
    staged: Staged, open_kb: Any, folder: Any
) -> None:
    web, read = open_kb(), list[str]()
    todo = [lambda: web.upload("second.txt", TRAVEL)]

    def act(path: str, step: str, done: int, total: int) -> None:
        if step == "reading":
            read.append(path)
            if path == "a.md" and todo:
                todo.pop()()

    staged.act = act
    root = folder({f"{name}.md": f"Rule {name}.\n" for name in "abc"})
    jobs_of(staged).ask("ingest", {"paths": [str(root)], "collection": "default", "keep": False})
    staged.upload("first.txt", LEAVE)
    read_all(staged)
    assert list(dict.fromkeys(read)) == ["first.txt", "a.md", "second.txt", "b.md", "c.md"]
    assert ends(staged) == ["done", "done", "done"]


def test_a_folder_is_stopped_while_an_upload_goes_before(
    staged: Staged, open_kb: Any, folder: Any
) -> None:
    web = open_kb()
    root = folder({"a.md": LEAVE, "b.md": TRAVEL})
    number = jobs_of(web).ask(
        "ingest", {"paths": [str(root)], "collection": "default", "keep": False}
    )
    seen: list[str] = []

    def act(path: str, step: str, done: int, total: int) -> None:
        if path == "a.md" and step == "reading" and not seen:
            web.upload("long.md", LONG)
        if path == "long.md" and step == "embedding":
            seen.append(jobs_of(web).get(number).status)
            web.cancel(number)

    staged.act = act
    read_all(staged)
    assert seen[0] == "running"
    assert seen[-1] == "cancelled", "not only after the upload"
    assert states(staged) == {"a.md": "ready", "long.md": "ready"}


def test_the_ledger_failing_for_a_moment_does_not_end_the_thread(
    staged: Staged, work: Callable[[KnowledgeBase], Worker], caplog: pytest.LogCaptureFixture
) -> None:
    class Locked(Staged):
        times = 0

        def own(self) -> bool:
            self.times += 1
            if self.times == 1:
                raise OSError("the disk is away")
            return super().own()

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
    jobs_of(dead).ask("ingest", {"paths": paths, "collection": "default", "keep": False})
    assert jobs_of(dead).take() is not None
    dead.owner.release()  # as the end of the process does
    work(kb)
    until(lambda: [(job.status, job.attempts) for job in kb.jobs()] == [("done", 2)])
    assert states(kb) == {"leave.md": "ready"}


def test_a_cancelled_job_keeps_what_it_did_and_the_next_goes_on(
    open_kb: Any, work: Callable[[KnowledgeBase], Worker], folder: Any
) -> None:
    class Cancelled(KnowledgeBase):
        def work(self, progress: Any = lambda *_: None) -> bool:
            def stop_at_the_second(path: str, *_: Any) -> None:
                if path == "b.md":
                    self.cancel(first)

            return super().work(stop_at_the_second)

    cancelled = open_kb(kind=Cancelled, look_seconds=0.0)
    root = folder({"a.md": LEAVE, "b.md": TRAVEL, "c.md": b"Rule.\n"})
    arguments = {"collection": "default", "keep": False}
    first = jobs_of(cancelled).ask("ingest", {**arguments, "paths": [str(root)]})
    other = folder({"d.md": b"Another rule.\n"}, "other")
    jobs_of(cancelled).ask("ingest", {**arguments, "paths": [str(other)]})
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
    open_kb: Any, work: Callable[[KnowledgeBase], Worker], caplog: pytest.LogCaptureFixture
) -> None:
    kb: Defective = open_kb(kind=Defective)
    kb.defect = True
    jobs_of(kb).ask("ingest", {"paths": [], "collection": "default", "keep": False})
    work(kb)
    until(lambda: kb.jobs()[0].status == "failed")
    kb.defect = False
    kb.upload("leave.txt", LEAVE)
    until(lambda: states(kb) == {"leave.txt": "ready"})
    assert "a defect" in caplog.text


def test_the_keeper_is_told_of_every_change(kb: KnowledgeBase, folder: Any) -> None:
    told: list[dict[str, str]] = []
    worker = Worker(kb, lambda: told.append(states(kb)), retry_seconds=0.01, look_seconds=0.01)
    worker.start()
    until(lambda: kb.owner.held)
    kb.upload("leave.txt", LEAVE)
    until(lambda: told)
    paths = [str(folder({"travel.md": TRAVEL}))]
    jobs_of(kb).ask("ingest", {"paths": paths, "collection": "default", "keep": False})
    until(lambda: len(told) == 2)
    worker.stop()
    assert told == [{"leave.txt": "ready"}, {"leave.txt": "ready", "travel.md": "ready"}]


def test_it_waits_while_another_owns_the_library(
    kb: KnowledgeBase, open_kb: Any, work: Callable[[KnowledgeBase], Worker]
) -> None:
    other = open_kb()
    assert other.own()
    looked: list[bool] = []

    class Looking(KnowledgeBase):
        def own(self) -> bool:
            looked.append(super().own())
            return looked[-1]

    looking = Looking(kb.settings, Ledger(kb.settings.ledger_path), kb.models)
    worker = work(looking)
    kb.upload("leave.txt", LEAVE)
    jobs_of(other).ask("ingest", {"paths": [], "collection": "default", "keep": False})
    until(lambda: len(looked) > 5)
    assert states(kb) == {"leave.txt": "queued"}
    assert ends(kb) == ["queued", "queued"]
    assert not kb.owner.held
    other.owner.release()
    until(lambda: states(kb) == {"leave.txt": "ready"})
    until(lambda: kb.jobs()[0].status == "done")
    worker.stop()
    looking.close()


def test_a_full_disk_is_waited_for(staged: Staged, work: Callable[[KnowledgeBase], Worker]) -> None:
    full = threading.Event()
    full.set()

    def act(*_: Any) -> None:
        if full.is_set():
            raise DiskFullError("the disk is full; free some space")

    staged.act = act
    staged.upload("leave.txt", LEAVE)
    worker = work(staged)
    until(lambda: worker.problem == "the disk is full; free some space")
    assert not staged.jobs()[0].ended
    full.clear()
    until(lambda: states(staged) == {"leave.txt": "ready"})
