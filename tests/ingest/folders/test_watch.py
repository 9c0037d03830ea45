"""What changed in a folder is told once it is still."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.folders import Settling, watch


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_file_is_settled_once_it_is_still(tmp_path: Path) -> None:
    clock = Clock()
    settling = Settling(2.0, clock)
    file = tmp_path / "a.md"
    file.write_text("one", "utf-8")
    settling.touch(file)
    clock.now = 1.9
    assert settling.settled() == []
    file.write_text("one and two", "utf-8")  # no event is needed for that
    clock.now = 2.25
    assert settling.settled() == []
    clock.now = 4.125
    assert settling.settled() == []
    clock.now = 4.25
    assert settling.settled() == [file]
    assert settling.settled() == []


def test_what_has_gone_settles_too(tmp_path: Path) -> None:
    clock = Clock()
    settling = Settling(2.0, clock)
    settling.touch(tmp_path / "gone.md")
    clock.now = 2.0
    assert settling.settled() == [tmp_path / "gone.md"]


def test_a_folder_waits_for_what_lies_in_it(tmp_path: Path) -> None:
    clock = Clock()
    settling = Settling(2.0, clock)
    file = tmp_path / "new" / "deep" / "a.md"
    file.parent.mkdir(parents=True)
    file.write_text("one", "utf-8")
    settling.touch(tmp_path / "new")  # as when a whole folder is moved in: one event
    clock.now = 1.0
    settling.touch(file)
    clock.now = 2.5
    assert settling.settled() == []
    clock.now = 3.0
    assert settling.settled() == [tmp_path / "new", file]


@pytest.fixture
def ended() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def until_told(told: Iterator[list[Path]], seconds: float = 20.0) -> list[Path]:
    deadline = time.monotonic() + seconds
    for changed in told:
        if changed:
            return changed
        assert time.monotonic() < deadline, "nothing was told"
    return []


def test_changes_below_a_folder_are_told(tmp_path: Path, ended: threading.Event) -> None:
    folder = tmp_path / "docs"
    (folder / "sub").mkdir(parents=True)
    told = watch([folder], [], Settling(0.1), ended)
    assert next(told) == []
    for name in (".hidden.md", "~$lock.docx", "sub/a.md"):
        (folder / name).write_text("x", "utf-8")
    assert until_told(told) == [folder / "sub" / "a.md"]
    (folder / "sub" / "a.md").rename(folder / "b.md")
    assert until_told(told) == [folder / "b.md", folder / "sub" / "a.md"]
    ended.set()
    assert all(changed == [] for changed in told)


def test_a_file_that_is_written_anew_and_renamed_is_told(
    tmp_path: Path, ended: threading.Event
) -> None:
    file = tmp_path / "a.md"
    file.write_text("one", "utf-8")
    told = watch([], [file], Settling(0.1), ended)
    assert next(told) == []
    (tmp_path / "new").write_text("two", "utf-8")
    (tmp_path / "new").replace(file)
    assert until_told(told) == [file]
