"""The process in which files are read and split, and pages drawn, one after the other.

A request is a line of JSON on stdin (`Request`, `DrawRequest`, `LocateRequest`); the reply is
messages on stdout, each of JSON behind its length in four bytes: `BEGAN`, `{"page", "of"}` now and
then, `{"pictures"}` before text in one more is recognised, `{"chunks"}` in parts and what else is
known of the file; of a page that is drawn `{"picture"}` in parts and `{"drawn"}`; of places
`{"marks"}`; or `{"reason", "message"}`; then `{"again"}`, whether the process can be used for
another file. It ends when its stdin does.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import select
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tokenizers import Tokenizer

from ingest.chunks import split
from ingest.document import Reading
from ingest.errors import WRONG_PASSWORD, ReadError
from ingest.limits import MIB, Limits
from ingest.marking import DrawRequest, LocateRequest
from ingest.readers import read
from ingest.sandbox.drawn_reply import drawn_messages, marks_messages
from ingest.sandbox.no_network import shut_off
from ingest.sandbox.reply import BEGAN, LONGEST_TRACE, encode, reply_messages
from ingest.sandbox.request import Request, asked_of

if TYPE_CHECKING:
    from ingest.rendering import Drawer

_MOST_MEMORY = 768 * MIB  # at its peak, of which a tokenizer of 17 MB takes 350; then a new process
_IDLE_SECONDS = 120.0  # after which its memory is given back; a new one takes 1.2 s
_OCR_MEMORY = 1536 * MIB  # of addresses: the models and their threads, of which half is used
_PAGES_SECONDS = 0.1  # between two messages of how many pages are read


def main() -> None:
    """Answer requests until stdin ends."""
    requests, drawing = sys.stdin.buffer, _Drawing()
    with os.fdopen(os.dup(1), "wb") as replies:
        os.dup2(2, 1)  # what a library prints is no reply
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that asked
        logging.disable(logging.CRITICAL)  # pypdf tells of every odd font
        _forbid_files()
        shut_off()
        while line := _next(requests):
            asked = asked_of(json.loads(line))
            answer = (
                _reader(asked, replies)
                if isinstance(asked, Request)
                else partial(_draw, asked, drawing, replies)
            )
            _say(replies, BEGAN)
            with _limited(asked.limits):
                again = _told(replies, answer)
            _say(replies, encode({"again": again and _memory() < _MOST_MEMORY}))


def _next(requests: BinaryIO) -> bytes:
    _alarm(_IDLE_SECONDS)
    line = requests.readline()
    _alarm(0)
    return line


def _told(replies: BinaryIO, answer: Callable[[], None]) -> bool:
    """Answer, or say why not; tell whether this process is sound afterwards."""
    try:
        answer()
    except ReadError as error:
        told = {"reason": error.reason, "message": str(error)}
        _say(replies, encode({**told, "detail": error.detail, "values": error.values}))
    except MemoryError:
        told = {
            "reason": "too-large",
            "message": "reading it needs more memory than allowed; split it",
            "detail": "memory",
        }
        _say(replies, encode(told))
        return False
    except Exception as error:  # a defect of ours, which one file brings out
        told = {
            "reason": "internal",
            "message": f"Zhiku itself failed on it ({type(error).__name__}); please report it",
            "trace": traceback.format_exc()[-LONGEST_TRACE:],
        }
        _say(replies, encode(told))
    return True


class _Drawing:
    """What draws pages, once a page is to be drawn: it needs libraries that reading may not."""

    @cached_property
    def drawer(self) -> Drawer:
        from ingest.rendering import Drawer

        return Drawer()


def _draw(asked: DrawRequest | LocateRequest, drawing: _Drawing, replies: BinaryIO) -> None:
    """Draw a page, or find places on pages."""
    drawer = drawing.drawer
    if isinstance(asked, DrawRequest):
        messages = drawn_messages(drawer.draw(asked))
    else:
        messages = marks_messages(drawer.locate(asked))
    for message in messages:
        _say(replies, message)


def _reader(request: Request, replies: BinaryIO) -> Callable[[], None]:
    """What reads a file; its tokenizer is loaded before the clock runs."""
    return partial(_read, request, _tokenizer(request.tokenizer), replies)


def _read(request: Request, tokenizer: Tokenizer, replies: BinaryIO) -> None:
    """Read and split a file."""
    last = 0.0
    pictures = 0

    def recognising() -> None:
        from ingest.ocr import MOST_THREADS  # numpy and Pillow, which few files need

        nonlocal pictures
        pictures += 1
        if pictures > request.limits.max_pages:
            raise ReadError("too-large", "it has too many pictures of text; split it", "pictures")
        if pictures == 1:
            _allow_memory(request.limits.max_memory_bytes + _OCR_MEMORY)
        # Its threads count each.
        _allow_seconds(request.limits.max_seconds + request.limits.picture_seconds, MOST_THREADS)
        _say(replies, encode({"pictures": pictures}))

    def report(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > _PAGES_SECONDS:
            last = time.monotonic()
            _say(replies, encode({"page": done, "of": total}))

    reading = _reading(request, report, recognising)
    for message in reply_messages(reading, split(reading, tokenizer, request.max_tokens)):
        _say(replies, message)


def _reading(
    request: Request, report: Callable[[int, int], None], recognising: Callable[[], None]
) -> Reading:
    """Read the file, without a password and then with each."""
    path = Path(request.path)
    locked: ReadError | None = None
    for password in (None, *request.passwords):
        try:
            return read(
                path,
                request.name,
                request.limits,
                report,
                password,
                ocr=request.ocr,
                recognising=recognising,
            )
        except ReadError as error:
            if error.reason != "encrypted":
                raise
            locked = locked or error
    if request.passwords or locked is None:
        raise ReadError("encrypted", WRONG_PASSWORD)
    raise locked


@lru_cache(maxsize=1)
def _tokenizer(file: str) -> Tokenizer:
    tokenizer = Tokenizer.from_file(file)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _say(replies: BinaryIO, message: bytes) -> None:
    replies.write(struct.pack(">I", len(message)) + message)
    replies.flush()


# -- limits. Windows has none of them: there the clock of the process that asked remains.


def _forbid_files() -> None:
    """Let this process write no file, and no image of its memory when it is ended."""
    sys.dont_write_bytecode = True
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextlib.contextmanager
def _limited(limits: Limits) -> Iterator[None]:
    """End this process when a file takes too much, or when nobody waits for the reply any more.

    Each of these is a signal that Python leaves to the system: it comes also while a pattern that
    backtracks keeps Python's lock.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    _allow_memory(limits.max_memory_bytes)
    _allow_seconds(limits.max_seconds)
    flags = fcntl.fcntl(0, fcntl.F_GETFL)
    with contextlib.suppress(OSError):  # where pipes have no such signal the clocks remain
        fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(0, fcntl.F_SETFL, flags | os.O_ASYNC)  # SIGIO when the parent is gone
    if select.select([0], [], [], 0)[0]:  # it went before that
        os._exit(1)
    yield
    fcntl.fcntl(0, fcntl.F_SETFL, flags)
    _alarm(0)
    _allow_memory(None)


def _allow_seconds(seconds: float, threads: int = 1) -> None:
    """Give this process so many seconds from now, in each of its threads that work."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime + seconds * threads) + 2
        _soft_limit(resource.RLIMIT_CPU, most)
        _alarm(2 * seconds + 10)  # for one that waits, and whose parent is stopped


def _allow_memory(most: int | None) -> None:
    if sys.platform != "win32":
        import resource

        _soft_limit(resource.RLIMIT_AS, most)


def _soft_limit(what: int, most: int | None) -> None:
    import resource

    hard = resource.getrlimit(what)[1]
    wanted = hard if most is None else most
    if most is not None and hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of memory
        resource.setrlimit(what, (wanted, hard))


def _alarm(seconds: float) -> None:
    """Have the system end this process after so many seconds; 0: never."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _memory() -> int:
    """The most bytes of memory that this process has had, 0 where that is not known."""
    if sys.platform == "linux":
        # Not `ru_maxrss`, which begins with what the process that started this one had by then:
        # with its models loaded that is more than any file takes.
        status = Path("/proc/self/status").read_text("ascii", "replace")
        return int(status.partition("VmHWM:")[2].split(maxsplit=1)[0]) * 1024
    if sys.platform != "darwin":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
