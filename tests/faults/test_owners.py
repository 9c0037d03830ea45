"""Owners that are killed, commands that meet, and a ledger without its write-ahead log."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rig.child import Converged
from rig.commands import ingest, look, stick
from rig.documents import Folder
from rig.nursery import Child, Nursery
from rig.oracle import Oracle
from tokenizers import Tokenizer

from retrieval.ledger import OwnerLock

Fill = Callable[..., Folder]


@pytest.fixture
def oracle() -> Oracle:
    return Oracle()


@pytest.fixture
def fill(root: Path, oracle: Oracle, tokenizer: Tokenizer) -> Fill:
    """Write some documents into a folder."""

    def make(name: str = "docs", files: int = 3, seed: int = 1) -> Folder:
        folder = Folder(root / name, oracle, tokenizer, seed)
        for _ in range(files):
            folder.add(40)
        return folder

    return make


def lock(root: Path) -> OwnerLock:
    return OwnerLock(root / "library" / "owner.lock")


def converged(nursery: Nursery, root: Path) -> tuple[Converged, list[tuple[str, int]]]:
    child = nursery.start(look, root)
    assert child.recv() is True  # it owns at once
    return child.recv(), child.recv()


def assert_whole(after: Converged, oracle: Oracle, *folders: Folder) -> None:
    oracle.begin({path: sha for folder in folders for path, sha in folder.state().items()})
    faults = oracle.judge(after.seen, finished=True)
    assert [*faults.lost, *faults.half, *faults.ghosts] == []
    assert (after.misses, after.ghosts, after.jobs_left, after.ready) == (0, 0, 0, True)


def ended(child: Child) -> dict[str, object]:
    report = child.recv()
    assert isinstance(report, dict), report
    assert child.join() == 0
    return report


def test_without_its_log_a_ledger_that_was_closed_lost_nothing(
    root: Path, nursery: Nursery, fill: Fill, oracle: Oracle
) -> None:
    folder = fill()
    child = nursery.start(ingest, root, ["docs"])
    child.recv()
    child.conn.send("go")
    assert ended(child)["added"] == 3
    for suffix in ("-wal", "-shm"):
        Path(f"{root / 'library' / 'ledger.sqlite3'}{suffix}").unlink(missing_ok=True)
    after, _ = converged(nursery, root)
    assert_whole(after, oracle, folder)
    assert after.built == 0  # Chroma was sealed, and fits


def test_who_comes_after_a_killed_owner_owns_at_once_and_goes_on(
    root: Path, nursery: Nursery, fill: Fill, oracle: Oracle
) -> None:
    folder = fill()
    owner = nursery.start(stick, root, "docs", 2)
    assert owner.recv() == "stuck"
    assert lock(root).holder() == owner.process.pid
    owner.kill()
    assert lock(root).holder() is None
    after, jobs = converged(nursery, root)
    assert jobs == [("done", 2)]
    assert_whole(after, oracle, folder)


def test_a_command_that_waits_takes_over_when_the_owner_is_killed(
    root: Path, nursery: Nursery, fill: Fill, oracle: Oracle
) -> None:
    first, other = fill(), fill("other", 2, 2)
    owner = nursery.start(stick, root, "docs", 2)
    assert owner.recv() == "stuck"
    command = nursery.start(ingest, root, ["other"])
    command.recv()
    command.conn.send("go")
    assert not command.conn.poll(0.5)  # it waits: the owner is at its own job
    owner.kill()
    assert ended(command)["added"] == 2
    after, jobs = converged(nursery, root)
    assert jobs == [("done", 1), ("done", 2)]  # the dead owner's too
    seen = {path: sha for folder in (first, other) for path, sha in folder.state().items()}
    assert len(after.seen) == len(seen)
    assert (after.misses, after.ghosts, after.jobs_left, after.ready) == (0, 0, 0, True)


@pytest.mark.parametrize("folders", [("docs", "docs"), ("docs", "other")])
def test_two_that_ingest_at_once_both_report_and_everything_is_there_once(
    root: Path, nursery: Nursery, fill: Fill, folders: tuple[str, str]
) -> None:
    filled = {name: fill(name, seed=seed) for seed, name in enumerate(dict.fromkeys(folders))}
    children = [nursery.start(ingest, root, [name]) for name in folders]
    for child in children:
        child.recv()
    for child in children:
        child.conn.send("go")
    for child in children:
        report = ended(child)
        assert (report["failed"], report["added"] in (0, 3)) == ([], True)
    after, jobs = converged(nursery, root)
    assert {status for status, _ in jobs} == {"done"}
    texts = sorted(sha for sha, _ in after.seen.values())
    assert after.chunks == 40 * 3 * len(filled)
    assert texts == sorted(sha for folder in filled.values() for sha in folder.state().values())
    assert (after.misses, after.ghosts, after.jobs_left, after.ready) == (0, 0, 0, True)
