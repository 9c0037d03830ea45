"""Files are read and split by a few processes with limits, which last for many files.

A pattern that backtracks keeps Python's lock, a hostile PDF takes all memory: neither may happen
in the process that answers people. A process for each file would load the tokenizer each time
(1.2 s); so they are kept, and replaced after some files, when they have grown, or when one broke a
limit.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from ingest.errors import ReadError
from ingest.limits import timed_out
from ingest.marking import Drawn, DrawRequest, LocateRequest, Mark
from ingest.sandbox.drawn_reply import DrawnReply
from ingest.sandbox.process import READER_COMMAND, Ended, ReadingProcess
from ingest.sandbox.reply import BEGAN, Parsed, Reply
from ingest.sandbox.request import Asked, Request

_PROCESSES = 2  # at once; each takes 350 MB with the tokenizer of multilingual-e5
_LOOK_SECONDS = 0.2  # between two calls of `wait`, through which somebody stops the reading
_START_SECONDS = 120.0  # for a process to be there; 0.5 s on a machine that is not busy

_Said = TypeVar("_Said")

# Told how many pages are read, and of how many (0 of 0: unknown); raises to stop.
Wait = Callable[[int, int], None]


class PoolClosed(Exception):
    """The pool was closed while a file was read."""


class ReadingPool:
    """Reads and splits files in processes of their own; safe for threads.

    They are started when the first file comes, and are gone after `close`. At most `processes` of
    them work at once. `environment` is all that they see of this process's variables; each is
    replaced after `files` files, as libraries leak. `command` starts one: it speaks as
    `ingest.sandbox.child` does, and is not believed.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        files: int = 1000,
        command: Sequence[str] = READER_COMMAND,
        processes: int = _PROCESSES,
    ) -> None:
        self._environment = dict(environment)
        self._command = command
        self._files = files
        self._lock = threading.Lock()
        self._places = threading.Semaphore(processes)
        self._idle: list[ReadingProcess] = []
        self._busy: set[ReadingProcess] = set()
        self._is_closed = False

    def parse(self, request: Request, wait: Wait = lambda *_: None) -> Parsed:
        """Read and split a file within its limits.

        `wait` is called five times a second; what it raises ends the reading, and goes on to the
        caller. Raises ReadError, and PoolClosed.
        """
        reply = Reply(request.limits)
        # One that was told passwords reads no other file, which could take it over and tell.
        return self._placed(request, reply, reply.parsed, wait, keep=not request.passwords)

    def draw(self, request: DrawRequest, wait: Wait = lambda *_: None) -> Drawn | int:
        """Draw a page; return how many there are if it is none of them. As `parse` otherwise."""
        reply = DrawnReply(request.limits)
        return self._placed(request, reply, reply.drawn, wait)

    def locate(self, request: LocateRequest, wait: Wait = lambda *_: None) -> list[Mark]:
        """Return where pieces of lines stand on their pages. As `parse` otherwise."""
        reply = DrawnReply(request.limits)
        return self._placed(request, reply, reply.marks, wait)

    def close(self) -> None:
        """End the processes, also those that read a file; closing twice does no harm."""
        with self._lock:
            self._is_closed = True
            processes = [*self._idle, *self._busy]
            self._idle.clear()
        for process in processes:
            process.kill()

    def _placed(
        self,
        request: Asked,
        reply: Reply | DrawnReply,
        said: Callable[[str], _Said],
        wait: Wait,
        *,
        keep: bool = True,
    ) -> _Said:
        """Have a process answer a request, once one is free."""
        while not self._places.acquire(timeout=_LOOK_SECONDS):
            wait(0, 0)
        try:
            return self._said(request, reply, said, wait, keep=keep)
        finally:
            self._places.release()

    def _said(
        self,
        request: Asked,
        reply: Reply | DrawnReply,
        said: Callable[[str], _Said],
        wait: Wait,
        *,
        keep: bool,
    ) -> _Said:
        process = self._begun(request, wait)
        is_sound = False
        try:
            self._follow(process, request, reply, wait)
            answer = said(request.name)
            is_sound = reply.is_sound
            return answer
        except ReadError:
            is_sound = reply.is_sound
            raise
        finally:
            self._give_back(process, is_sound=is_sound and keep)

    def _follow(
        self, process: ReadingProcess, request: Asked, reply: Reply | DrawnReply, wait: Wait
    ) -> None:
        """Take all that the process says of the file, within the limits."""
        limits = request.limits
        began = looked = time.monotonic()
        left = limits.max_seconds
        try:
            while not reply.is_whole:
                if frame := process.next(max(0.0, min(left, _LOOK_SECONDS))):
                    reply.add(frame)
                now = time.monotonic()
                allowed = limits.max_seconds + reply.pictures * limits.picture_seconds
                left = began + allowed - now
                if left < 0 and not reply.is_whole:
                    raise timed_out(limits, reply.pictures)
                if now - looked >= _LOOK_SECONDS:
                    looked = now
                    wait(reply.done, reply.total)
        except Ended:
            self._check_open()
            raise process.why(request.limits) from None

    def _begun(self, request: Asked, wait: Wait) -> ReadingProcess:
        """A process that has taken the request."""
        while True:
            process = self._take()
            is_fresh = process.files == 0
            try:
                process.ask(request)
                deadline = time.monotonic() + _START_SECONDS
                while (frame := process.next(_LOOK_SECONDS)) is None:
                    wait(0, 0)
                    if time.monotonic() > deadline:
                        raise Ended
            except Ended:
                self._give_back(process, is_sound=False)
                self._check_open()
                if is_fresh:
                    message = "the process that reads files does not start; run `kb doctor`"
                    raise ReadError("internal", message) from None
                continue  # an older one may have ended meanwhile, as they do when they idle
            except BaseException:
                self._give_back(process, is_sound=False)
                raise
            if frame != BEGAN:
                self._give_back(process, is_sound=False)
                continue
            return process

    def _take(self) -> ReadingProcess:
        with self._lock:
            self._check_open()
            process = (
                self._idle.pop() if self._idle else ReadingProcess(self._environment, self._command)
            )
            self._busy.add(process)
            return process

    def _check_open(self) -> None:
        if self._is_closed:
            raise PoolClosed

    def _give_back(self, process: ReadingProcess, *, is_sound: bool) -> None:
        with self._lock:
            self._busy.discard(process)
            keep = is_sound and process.files < self._files and not self._is_closed
            if keep:
                self._idle.append(process)
        if not keep:
            process.kill()
