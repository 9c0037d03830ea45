"""The lock of the library's owner: one at a time, gone with its process, and it names it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.ledger import OwnerLock

ROOT = Path(__file__).parents[3]


def test_one_at_a_time(tmp_path: Path) -> None:
    one, two = (
        OwnerLock(tmp_path / "new" / "owner.lock"),
        OwnerLock(tmp_path / "new" / "owner.lock"),
    )
    assert one.holder() is None
    assert (one.acquire(), one.acquire(), two.acquire()) == (True, True, False)
    assert (one.held, two.held) == (True, False)
    assert (one.holder(), two.holder()) == (os.getpid(), os.getpid())
    one.release()
    one.release()
    assert two.holder() is None
    assert (one.held, two.held) == (False, False)
    assert two.acquire()
    two.release()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_with_its_process_whose_id_it_names(tmp_path: Path, end: signal.Signals) -> None:
    path = tmp_path / "owner.lock"
    code = (
        "import sys, pathlib; from retrieval.ledger import OwnerLock;"
        "lock = OwnerLock(pathlib.Path(sys.argv[1])); print(lock.acquire(), flush=True);"
        "sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"True\n"
        mine = OwnerLock(path)
        assert (mine.acquire(), mine.holder()) == (False, child.pid)
        child.send_signal(end)
        child.wait(10)
        assert mine.acquire()
        mine.release()


def test_a_child_process_does_not_inherit_it(tmp_path: Path) -> None:
    lock = OwnerLock(tmp_path / "owner.lock")
    assert lock.acquire()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        lock.release()
        other = OwnerLock(tmp_path / "owner.lock")
        assert other.acquire()
        other.release()
        child.kill()
