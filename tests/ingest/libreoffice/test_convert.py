"""Office files converted by another program, which may hang, fail, or want the network."""

import os
import socket
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from ingest.errors import ReadError
from ingest.libreoffice import Converter

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are scripts")


@pytest.fixture
def converter(tmp_path: Path) -> Callable[..., Converter]:
    """A converter whose program is a script in Python; `out` is the folder it writes to."""

    def make(body: str, seconds: float = 60.0) -> Converter:
        program = tmp_path / "soffice"
        program.write_text(
            f"#!{sys.executable}\nimport pathlib, sys\n"
            f"out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n{body}\n"
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return Converter({"PATH": os.environ["PATH"]}, str(program), seconds)

    return make


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "file"
    file.write_bytes(b"of Word")
    return file


WRITES = "out.mkdir(); (out / 'file.pdf').write_bytes(pathlib.Path(sys.argv[-1]).read_bytes())"


def test_what_comes_out_is_kept_whole(
    converter: Callable[..., Converter], source: Path, tmp_path: Path
) -> None:
    target = tmp_path / "pages" / "ab" / "abcd"
    converter(WRITES).convert(source, ".docx", target)
    assert target.read_bytes() == b"of Word"
    assert [path.name for path in target.parent.iterdir()] == ["abcd"]


def test_one_that_makes_nothing_or_is_not_there_says_so(
    converter: Callable[..., Converter], source: Path, tmp_path: Path
) -> None:
    target = tmp_path / "pages" / "abcd"
    with pytest.raises(ReadError, match="could not open"):
        converter("sys.exit(1)").convert(source, ".docx", target)
    with pytest.raises(ReadError, match="not installed"):
        Converter({}, None).convert(source, ".docx", target)
    assert not target.exists()


def test_one_that_hangs_is_ended_with_all_that_it_started(
    converter: Callable[..., Converter], source: Path, tmp_path: Path
) -> None:
    note = tmp_path / "pid"
    hangs = (
        "import subprocess, time\n"
        "one = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path({str(note)!r}).write_text(str(one.pid))\ntime.sleep(600)"
    )

    class Enough(Exception):
        pass

    def wait() -> None:
        if note.exists() and note.read_text():
            raise Enough

    with pytest.raises(Enough):
        converter(hangs).convert(source, ".docx", tmp_path / "pages" / "abcd", wait=wait)
    for _ in range(100):
        if not psutil.pid_exists(int(note.read_text())):
            break
        if psutil.Process(int(note.read_text())).status() == psutil.STATUS_ZOMBIE:
            break
        time.sleep(0.1)
    else:
        pytest.fail("what it started goes on")
    with pytest.raises(ReadError) as caught:
        converter("import time; time.sleep(600)", 0.3).convert(source, ".doc", tmp_path / "x")
    assert caught.value.reason == "timeout"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a filter")
def test_it_reaches_nothing_outside_of_the_machine(
    converter: Callable[..., Converter], source: Path, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        tries = (
            "import socket\ntold = ''\n"
            "for family in (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6):\n"
            "    try:\n        socket.socket(family).close(); told += 'y'\n"
            "    except OSError:\n        told += 'n'\n"
            f"try:\n    socket.create_connection(('127.0.0.1', {port}), 1)\n    told += 'y'\n"
            "except OSError:\n    told += 'n'\n"
            "out.mkdir(); (out / 'file.pdf').write_text(told)"
        )
        converter(tries).convert(source, ".docx", tmp_path / "told")
    assert (tmp_path / "told").read_text() == "ynnn"
