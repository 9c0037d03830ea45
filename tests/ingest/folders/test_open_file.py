"""A file is opened as what the scan saw, and never through a link."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.folders import blob_path, open_file, scan, stage
from ingest.limits import Limits

ROUNDS = 1000
posix = pytest.mark.skipif(os.name != "posix", reason="Windows cannot open below a folder")


def reason(step: Callable[[], object]) -> str:
    with pytest.raises(ReadError) as caught:
        step()
    return caught.value.reason


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root" / "sub" / "deep").mkdir(parents=True)
    (tmp_path / "root" / "sub" / "deep" / "a.md").write_text("inside")
    (tmp_path / "out" / "deep").mkdir(parents=True)
    (tmp_path / "out" / "deep" / "a.md").write_text("outside")
    return tmp_path / "root"


def test_a_file_is_opened_below_the_root_and_by_itself(root: Path) -> None:
    file = root / "sub" / "deep" / "a.md"
    for above in (root, root / "sub", file):
        with open_file(above, file) as source:
            assert source.read() == b"inside"
    assert reason(lambda: open_file(root, root / "gone.md")) == "vanished"
    assert reason(lambda: open_file(root, root / "sub")) == "unsupported"


@posix
def test_no_link_is_followed(root: Path) -> None:
    out = root.parent / "out"
    (root / "file.md").symlink_to(out / "deep" / "a.md")
    (root / "folder").symlink_to(out)
    (root / "inner.md").symlink_to(root / "sub" / "deep" / "a.md")
    for path in ("file.md", "inner.md", "folder/deep/a.md"):
        assert reason(lambda path=path: open_file(root, root / path)) == "vanished"
    assert reason(lambda: scan(root, "folder/deep")) == "vanished"
    assert reason(lambda: scan(root, "folder/deep/a.md")) == "vanished"


@posix
def test_what_is_no_plain_file_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "pipe.txt")
    assert reason(lambda: open_file(root, root / "pipe.txt")) == "unsupported"


def exchange(place: Path, links: Iterator[Path]) -> None:
    """Put a link in the place of a file or folder for a moment, and it itself back for another."""
    link, aside = next(links), place.with_name(f".{place.name}.aside")
    place.rename(aside)
    link.rename(place)
    time.sleep(0.0002)
    place.unlink()
    aside.rename(place)
    time.sleep(0.0002)


@contextmanager
def exchanged(*turns: Callable[[], None]) -> Iterator[None]:
    """Take turns in a thread meanwhile."""
    ended = threading.Event()

    def run() -> None:
        while not ended.is_set():
            for turn in turns:
                turn()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@posix
def test_what_is_exchanged_for_a_link_between_look_and_read_does_not_arrive(root: Path) -> None:
    out = root.parent / "out"

    def links(target: Path, name: str) -> Iterator[Path]:
        while True:
            link = root.parent / name
            link.symlink_to(target)
            yield link

    to_file = links(out / "deep" / "a.md", "link-1")
    to_folder = links(out, "link-2")
    arrived, refused = set(), set()
    found = scan(root)
    (file,) = found.files
    with exchanged(
        lambda: exchange(root / "sub" / "deep" / "a.md", to_file),
        lambda: exchange(root / "sub", to_folder),
    ):
        for _ in range(ROUNDS):
            try:
                with open_file(found.root, file.file) as source:
                    sha256, _ = stage(source, root.parent / "blobs", Limits())
                arrived.add(blob_path(root.parent / "blobs", sha256).read_text())
                scan(root)  # must not fall over what is exchanged, nor list what lies outside
            except ReadError as error:
                refused.add(error.reason)
                time.sleep(0.0002)  # or all rounds may fall into one exchange
    assert arrived == {"inside"}  # and some did get through, or this would tell nothing
    assert refused <= {"vanished", "changed"}
