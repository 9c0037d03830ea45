"""Jobs done by this process, or by the one that owns the library."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.errors import KbError
from app.library import Cancelled, problem_of
from app.service import KnowledgeBase
from llm.errors import ModelError
from retrieval.errors import DiskFullError
from retrieval.ledger import Ledger
from retrieval.library import Jobs, Library

Open = Callable[..., KnowledgeBase]
Folder = Callable[..., Path]
FILES = {"a.md": "You have 25 days of leave.\n", "b.md": "Hotels cost at most 90 euros.\n"}


def library_of(kb: KnowledgeBase) -> Library:
    """The documents of a library, as another process sees them."""
    return Library(Ledger(kb.settings.ledger_path))


def jobs_of(kb: KnowledgeBase) -> Jobs:
    """The jobs of a library, as another process sees them."""
    return Jobs(Ledger(kb.settings.ledger_path))


def status(kb: KnowledgeBase) -> list[str]:
    return [job.status for job in kb.jobs()]


def test_without_an_owner_the_command_does_it_itself(open_kb: Open, folder: Folder) -> None:
    kb = open_kb()
    report = kb.ingest([folder(FILES)])
    assert (report.added, report.documents) == (2, 2)
    assert not kb.owner.held  # another may work on the library now
    [job] = kb.jobs()
    assert (job.status, job.attempts) == ("done", 1)
    assert job.result is not None
    assert job.result["added"] == 2


def test_the_owner_does_it_and_the_command_shows_it_as_its_own(
    open_kb: Open, folder: Folder
) -> None:
    owner, command = open_kb(), open_kb()
    assert owner.own()
    reports: list[Any] = []
    steps: list[tuple[Any, ...]] = []
    root = folder({**FILES, "empty.md": "", "notes.xyz": "?"})
    thread = threading.Thread(
        target=lambda: reports.append(command.ingest([root], progress=lambda *s: steps.append(s)))
    )
    thread.start()
    while not owner.jobs():
        time.sleep(0.01)
    seen = []

    def slow(*step: Any) -> None:
        seen.append(step)
        time.sleep(0.4)  # so that the other sees some of it

    assert owner.work(slow)
    thread.join(30)
    [report] = reports
    assert (report.added, [f.reason for f in report.failed]) == (2, ["empty"])
    assert [s.path for s in report.skipped] == ["notes.xyz"]
    assert set(steps) <= set(seen)
    assert steps
    assert not command.owner.held
    assert {r.path for r in command.documents()} == {"a.md", "b.md", "empty.md"}


def test_a_command_that_waits_takes_over_when_the_owner_ends(open_kb: Open, folder: Folder) -> None:
    owner, command = open_kb(), open_kb()
    owner.own()
    reports: list[Any] = []
    root = folder(FILES)
    thread = threading.Thread(target=lambda: reports.append(command.ingest([root])))
    thread.start()
    while not owner.jobs():
        time.sleep(0.01)
    assert jobs_of(owner).take() is not None  # it has begun, and dies
    owner.owner.release()
    thread.join(30)
    assert reports[0].added == 2
    assert [(job.status, job.attempts) for job in command.jobs()] == [("done", 2)]


def test_what_a_killed_process_left_is_done_first_and_not_twice(
    open_kb: Open, folder: Folder
) -> None:
    root = folder(FILES)
    dead = open_kb()
    dead.own()
    asked = {"paths": [str(root)], "collection": "default", "keep": False, "yes": False}
    jobs_of(dead).ask("ingest", asked)
    jobs_of(dead).take()
    dead.owner.release()
    kb = open_kb()
    assert kb.ingest([root]).added == 2  # the same job: joined
    assert status(kb) == ["done"]


def test_a_relative_path_is_that_of_the_command(
    open_kb: Open, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(FILES)
    monkeypatch.chdir(root.parent)
    kb = open_kb()
    assert kb.ingest([Path(root.name)]).added == 2
    assert kb.jobs()[0].arguments["paths"] == [str(root)]
    assert kb.ingest([Path("~no such user at all")]).failed[0].reason == "vanished"


@pytest.mark.parametrize(
    "error",
    [
        ModelError("no model; pull it", "model-missing", model="tiny"),
        DiskFullError("the disk is full; free some", "disk-full", place="/library"),
    ],
)
def test_what_stops_a_job_is_its_message_and_the_next_goes_on(
    open_kb: Open, folder: Folder, error: ModelError | DiskFullError
) -> None:
    kb, root = open_kb(), folder(FILES)

    def fail(path: str, step: str, *_: Any) -> None:
        if step == "embedding":
            raise error

    with pytest.raises(KbError, match=str(error)) as found:
        kb.ingest([root], progress=fail)
    assert (found.value.reason, found.value.values) == (error.reason, error.values)
    [job] = kb.jobs()
    assert (job.status, job.message, job.result) == ("failed", str(error), None)
    assert problem_of(job) == str(error)
    assert problem_of(job).reason == error.reason
    # Nobody works on them, and the list says so.
    assert {str(r.error).partition(":")[0] for r in kb.documents()} == {"stopped"}
    report = kb.ingest([root])
    assert (report.updated + report.added, report.failed) == (2, [])
    assert {r.error for r in kb.documents()} == {None}


def test_a_cancelled_job_keeps_what_it_did(open_kb: Open, folder: Folder) -> None:
    kb, root = (
        open_kb(look_seconds=0.0),
        folder({f"{n}.md": f"Rule {n} says so.\n" for n in range(9)}),
    )

    def stop_at_the_fifth(path: str, *_: Any) -> None:
        if path == "4.md":
            kb.cancel(kb.jobs()[0].id)

    with pytest.raises(KbError, match="cancelled"):
        kb.ingest([root], progress=stop_at_the_fifth)
    ready = {r.path for r in kb.documents() if r.status == "ready"}
    assert ready == {"0.md", "1.md", "2.md", "3.md"}
    left = [r for r in kb.documents() if r.status != "ready"]
    assert [str(r.error).partition(":")[0] for r in left] == ["stopped"] * len(left)
    report = kb.ingest([root])
    assert (report.added + report.updated, report.unchanged) == (5, 4)


def test_ctrl_c_stops_the_job(open_kb: Open, folder: Folder) -> None:
    kb, root = open_kb(), folder(FILES)

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kb.ingest([root], progress=interrupt)
    assert status(kb) == ["cancelled"]
    assert kb.ingest([root]).documents == 2


def test_a_file_that_kills_whoever_reads_it_is_given_up(open_kb: Open, folder: Folder) -> None:
    root = folder(FILES)
    for _ in range(3):
        kb = open_kb()
        kb.own()
        source = library_of(kb).source("default", "folder", str(root))
        if not kb.documents():
            library_of(kb).stage(source, "a.md", "0" * 64, 3)
        library_of(kb).progress(kb.documents()[0].document, "reading")
        kb.owner.release()  # as the end of the process does
    kb = open_kb()
    kb.own()
    [record] = library_of(kb).records()
    error = kb.pipeline.run(record, lambda *_: None)
    assert error is not None
    assert error.reason == "crashed"
    report = kb.ingest([root])  # asked for again, it is read again
    assert (report.added + report.updated, report.failed) == (2, [])


def test_cancelled_is_not_taken_for_a_defect_of_the_file(open_kb: Open, folder: Folder) -> None:
    kb = open_kb()
    kb.ingest([folder(FILES)])
    record = library_of(kb).records()[0]

    def cancel(*_: Any) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        kb.pipeline.run(record, cancel)
    assert kb.documents()[0].error is None
