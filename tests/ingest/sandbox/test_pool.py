"""Reading and splitting in processes of their own: the same result, and limits that hold."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfWriter
from tokenizers import Tokenizer

from ingest.chunks import split
from ingest.errors import ReadError
from ingest.limits import MIB, Limits
from ingest.readers import read
from ingest.sandbox import PoolClosed, ReadingPool, Request

MakePdf = Callable[..., bytes]
MakeRequest = Callable[..., Request]

SEEN = {"PATH": os.environ["PATH"], "POOL": "of this test"}
LONG = "Every journey is paid for by the company, see part 7. " * 200_000  # seconds of work
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory, or has /proc")


@pytest.fixture
def make_pool() -> Iterator[Callable[..., ReadingPool]]:
    made: list[ReadingPool] = []

    def make(**options: int) -> ReadingPool:
        made.append(ReadingPool(SEEN, **options))
        return made[-1]

    yield make
    for pool in made:
        pool.close()


@pytest.fixture
def pool(make_pool: Callable[..., ReadingPool]) -> ReadingPool:
    return make_pool()


@pytest.fixture
def request_of(tmp_path: Path, tokenizer: Tokenizer) -> MakeRequest:
    """Write a file and ask for it; `limits` as keywords."""
    tokenizer.save(str(tmp_path / "tokenizer.json"))

    def make(content: str | bytes, name: str = "a.md", **limits: float) -> Request:
        path = tmp_path / "blob"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        given = Limits(**limits)  # type: ignore[arg-type]
        return Request(str(path), name, str(tmp_path / "tokenizer.json"), 64, given)

    return make


def processes() -> set[psutil.Process]:
    """The reading processes of this one, without what other tests' processes left."""
    alive = (p for p in psutil.Process().children() if p.status() != psutil.STATUS_ZOMBIE)
    return {p for p in alive if p.environ() == SEEN}


def failure(pool: ReadingPool, request: Request) -> str:
    with pytest.raises(ReadError) as caught:
        pool.parse(request)
    assert "\n" not in str(caught.value)
    return caught.value.reason


def test_it_gives_what_reading_and_splitting_here_give(
    pool: ReadingPool, request_of: MakeRequest, make_pdf: MakePdf, tokenizer: Tokenizer
) -> None:
    table = "| 名称 | 价格 |\n|---|---|\n" + "| 一个名称 | 100 |\n" * 40
    files = {
        "a.md": f"# 手册\n\n## 差旅\n\n概述。\n\n### 住宿\n\n{table}\n\U0001f600 end\n",
        "a.txt": b"caf\xe9 \xff\n" * 3 + "第一句话。".encode() * 100,
        "a.pdf": make_pdf(["Leave is twenty days."], [], ["差旅"], title="Guide", bookmarks=[]),
    }
    for name, content in files.items():
        asked = request_of(content, name)
        reading = read(Path(asked.path), name, asked.limits)
        parsed = pool.parse(asked)
        assert (parsed.title, parsed.pages, parsed.lang, parsed.warnings) == (
            reading.title, reading.pages, reading.lang, reading.warnings,
        )  # fmt: skip
        assert parsed.chunks == split(reading, tokenizer, 64)
        assert parsed.chunks


@linux
def test_text_in_pictures_is_recognised_within_the_limits(
    pool: ReadingPool, request_of: MakeRequest
) -> None:
    picture, data = Image.new("L", (500, 90), 255), io.BytesIO()
    pen = ImageDraw.Draw(picture)
    pen.text((30, 30), "The boiler is checked on Monday", 0, ImageFont.load_default(24))
    picture.save(data, "PNG")
    asked = request_of(data.getvalue(), "a.png")
    (chunk,) = pool.parse(asked).chunks
    assert chunk.page_content == "The boiler is checked on Monday"
    assert chunk.metadata["page"] == 1
    assert 0.9 < chunk.metadata["confidence"] <= 1
    assert failure(pool, replace(asked, ocr=False)) == "needs-ocr"


def test_one_process_reads_many_files_and_is_replaced_after_some(
    make_pool: Callable[..., ReadingPool], request_of: MakeRequest
) -> None:
    before, pool, seen = processes(), make_pool(files=3), []
    assert processes() == before  # none is started before there is something to read
    for _ in range(4):
        pool.parse(request_of("Some words."))
        seen.append(processes() - before)
    assert seen[0] == seen[1]
    assert len(seen[0]) == 1
    assert seen[2] == set()
    assert len(seen[3]) == 1
    pool.close()
    assert processes() == before


@pytest.mark.parametrize(
    ("content", "name", "limits", "reason"),
    [
        (LONG, "a.txt", {"max_seconds": 0.3}, "timeout"),
        (LONG, "a.md", {"max_seconds": 0.3}, "timeout"),
        ("no PDF", "a.pdf", {}, "damaged"),
        ("x" * 101, "a.txt", {"max_bytes": 100}, "too-large"),
        ("", "a.txt", {}, "empty"),
        ("x", "a.exe", {}, "unsupported"),
    ],
)
def test_a_file_beyond_a_limit_has_a_reason_and_the_next_one_is_read(
    pool: ReadingPool,
    request_of: MakeRequest,
    content: str,
    name: str,
    limits: dict[str, float],
    reason: str,
) -> None:
    assert failure(pool, request_of(content, name, **limits)) == reason
    (chunk,) = pool.parse(request_of("Some words.")).chunks
    assert chunk.page_content == "Some words."


@linux
def test_too_little_memory_ends_in_a_reason(pool: ReadingPool, request_of: MakeRequest) -> None:
    assert failure(pool, request_of(LONG, "a.txt", max_memory_bytes=96 * MIB)) == "too-large"
    assert pool.parse(request_of("Some words.")).chunks


@posix
@pytest.mark.parametrize(
    ("signal_number", "reason"),
    [("SIGKILL", "too-large"), ("SIGSEGV", "damaged"), ("SIGXCPU", "timeout")],
)
def test_a_process_that_ends_over_a_file_gives_a_reason(
    pool: ReadingPool, request_of: MakeRequest, signal_number: str, reason: str
) -> None:
    before = processes()

    def end(done: int, total: int) -> None:
        for process in processes() - before:
            if process.cpu_times().user > 1.0:  # the tokenizer is loaded, the file in hand
                process.send_signal(getattr(signal, signal_number))

    with pytest.raises(ReadError) as caught:
        pool.parse(request_of(LONG, "a.txt"), end)
    assert caught.value.reason == reason
    assert pool.parse(request_of("Some words.")).chunks


@posix
def test_one_that_ended_while_it_was_idle_is_replaced(
    pool: ReadingPool, request_of: MakeRequest
) -> None:
    before = processes()
    pool.parse(request_of("Some words."))
    (process,) = processes() - before
    process.kill()
    assert pool.parse(request_of("Other words.")).chunks


def test_reading_is_stopped_from_outside(pool: ReadingPool, request_of: MakeRequest) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stop

    before = processes()
    with pytest.raises(Stop):
        pool.parse(request_of(LONG, "a.txt"), stop)
    assert processes() == before


def test_pages_are_told_while_they_are_read(
    pool: ReadingPool, request_of: MakeRequest, make_pdf: MakePdf
) -> None:
    told: list[tuple[int, int]] = []
    data = make_pdf(*[[f"line {n} of a page" for n in range(60)]] * 300)
    assert pool.parse(request_of(data, "a.pdf"), lambda *p: told.append(p)).pages == 300
    pages = [done for done, total in told if total == 300]
    assert pages
    assert pages == sorted(pages)


def test_closing_ends_a_reading(pool: ReadingPool, request_of: MakeRequest) -> None:
    before = processes()
    closer = threading.Thread(target=pool.close)
    with pytest.raises(PoolClosed):
        pool.parse(request_of(LONG, "a.txt"), lambda *_: closer.ident or closer.start())
    closer.join()
    assert processes() == before
    with pytest.raises(PoolClosed):
        pool.parse(request_of("Some words."))


def test_several_threads_read_at_once(
    pool: ReadingPool, tmp_path: Path, request_of: MakeRequest
) -> None:
    asked = request_of("Some words.")
    found: list[str] = []

    def work(number: int) -> None:
        path = tmp_path / f"{number}"
        for turn in range(5):
            path.write_text(f"File {number} of turn {turn}.")
            request = Request(str(path), "a.txt", asked.tokenizer, 64, asked.limits)
            found.extend(c.page_content for c in pool.parse(request).chunks)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [f"File {n} of turn {t}." for n in range(4) for t in range(5)]


FREEZING = {
    "marks.txt": "x" + "?!." * 100_000 + "y",
    "closers.txt": "x" + ".)" * 150_000 + "y",
    "lines.txt": "\n\x0b" * 150_000 + "y",
    "letters.txt": "q" * 300_000,
    "names.md": "# " + "o'd" * 30_000 + "\n\nWords.\n",
    "columns.md": "|" + "z|" * 30_000 + "\n|" + "-|" * 30_000 + "\n" + "| 1 | 2 |\n" * 9,
    "rule.md": "| a |\n| -" + " " * 100_000 + "x\n| b |\n| c |\n",
}


@pytest.mark.parametrize("name", FREEZING)
def test_what_froze_is_read_or_refused_and_nothing_else_waits(
    name: str, pool: ReadingPool, request_of: MakeRequest
) -> None:
    """Another thread of this process gets its turn all the while."""
    pool.parse(request_of("The process is started."))
    pauses: list[float] = []
    is_over = threading.Event()

    def tick() -> None:
        last = time.monotonic()
        while not is_over.wait(0.01):
            pauses.append(time.monotonic() - last)
            last = time.monotonic()

    ticker = threading.Thread(target=tick)
    ticker.start()
    try:
        chunks = pool.parse(request_of(FREEZING[name], name, max_seconds=60)).chunks
    finally:
        is_over.set()
        ticker.join()
    assert max(pauses) < 1
    assert chunks
    assert max(len(chunk.page_content) for chunk in chunks) <= 64 * 64
    assert max(len(chunk.metadata["header"]) for chunk in chunks) <= 1000


@linux
def test_it_sees_nothing_of_the_environment_but_what_it_is_given(
    pool: ReadingPool, request_of: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_LLM_API_KEY", "secret")
    before = processes()
    pool.parse(request_of("Some words."))
    (process,) = processes() - before
    assert process.environ() == SEEN


@linux
def test_a_process_outlasts_a_file_whatever_memory_the_one_that_asks_takes(
    pool: ReadingPool, request_of: MakeRequest
) -> None:
    models = b"x" * (900 << 20)  # more than a reading process may have
    pool.parse(request_of("Some words."))
    (first,) = processes()
    pool.parse(request_of("Others."))
    assert processes() == {first}
    assert models[-1:] == b"x"


@posix
def test_it_can_write_no_file(pool: ReadingPool, request_of: MakeRequest) -> None:
    before = processes()
    pool.parse(request_of("Some words."))
    (process,) = processes() - before
    assert process.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)  # type: ignore[attr-defined]


def test_it_runs_whatever_the_folder(
    pool: ReadingPool, request_of: MakeRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong json')")
    (tmp_path / "ingest.py").write_text("raise SystemExit('the wrong ingest')")
    monkeypatch.chdir(tmp_path)
    assert pool.parse(request_of("Some words.")).chunks


PARENT = """
import sys
from ingest.limits import Limits
from ingest.sandbox import ReadingPool
from ingest.sandbox import Request
pool = ReadingPool({})
told = []
def tell(*pages):
    if len(told) == 5:
        print("reading", flush=True)
    told.append(pages)
pool.parse(Request(sys.argv[1], "a.txt", sys.argv[2], 64, Limits()), tell)
"""


@posix
def test_it_ends_with_the_process_that_asked_in_the_middle_of_a_file(
    request_of: MakeRequest,
) -> None:
    asked = request_of(LONG * 4, "a.txt")
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", PARENT, asked.path, asked.tokenizer]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"reading\n"
        (child,) = psutil.Process(parent.pid).children()
        parent.kill()
    psutil.wait_procs([child], timeout=10)
    assert not child.is_running()


def test_passwords_are_tried_in_turn_and_their_process_reads_no_other_file(
    pool: ReadingPool, request_of: MakeRequest, make_pdf: MakePdf
) -> None:
    writer, data = PdfWriter(io.BytesIO(make_pdf(["Leave is twenty days."]))), io.BytesIO()
    writer.encrypt("sesame", algorithm="AES-128")
    writer.write(data)
    before = processes()
    asked = request_of(data.getvalue(), "a.pdf")
    assert failure(pool, asked) == "encrypted"
    assert len(processes() - before) == 1
    assert failure(pool, replace(asked, passwords=("wrong", "Sesame"))) == "encrypted"
    assert processes() == before
    right = replace(asked, passwords=("wrong", "sesame"))
    assert pool.parse(right).chunks[0].page_content == "Leave is twenty days."
    assert processes() == before
    assert "sesame" not in repr(right)
