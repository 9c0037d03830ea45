"""The watch over readers sees a reader that does what none may."""

import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made.measuring import Watched

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory")
filtered = pytest.mark.skipif(
    platform.machine() not in ("x86_64", "aarch64"), reason="its calls are not known"
)


@pytest.fixture(scope="module")
def leaking(make_watched: Callable[..., Watched]) -> Watched:
    return make_watched(also="made.leaking")


def test_a_reader_that_connects_is_seen(leaking: Watched, server: Any) -> None:
    came = server.came
    was = leaking.read(f"connect 127.0.0.1 {server.port}".encode(), "a.txt")
    assert "socket." in was.told
    assert was.word == "damaged" or server.came == came + 1


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("ask example.org", "socket.getaddrinfo"),
        ("start", "subprocess.Popen"),
        ("write {folder}/written.txt", "open "),
        ("look /etc/hostname", "open /etc/hostname"),
    ],
)
def test_what_no_reader_may_do_is_told(
    leaking: Watched, tmp_path: Path, does: str, told: str
) -> None:
    was = leaking.read(does.format(folder=tmp_path).encode(), "a.txt")
    assert told in was.told
    written = tmp_path / "written.txt"
    assert not written.exists() or not written.read_text()


@filtered
@pytest.mark.parametrize("does", ["native", "native-start"])
def test_a_library_that_asks_without_python_is_ended(leaking: Watched, does: str) -> None:
    was = leaking.read(does.encode(), "a.txt")
    assert was.word == "damaged"
    assert "crashed" in was.said


def test_a_reader_that_does_nothing_is_not_told_of(leaking: Watched) -> None:
    was = leaking.read(b"nothing", "a.txt")
    assert (was.word, was.told) == ("read", "")
