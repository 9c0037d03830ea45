"""One process that reads files, as the process that asks sees it."""

from __future__ import annotations

import contextlib
import json
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.errors import ReadError
from ingest.limits import Limits, timed_out
from ingest.sandbox.reply import LONGEST_FRAME
from ingest.sandbox.request import Asked, message_of

_ROOT = Path(__file__).resolve().parents[2]
# Neither the folder that one happens to be in nor the one of the script is looked through (-P).
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from ingest.sandbox.child import main; main()"
)
READER_COMMAND = (sys.executable, "-P", "-c", _START, str(_ROOT))
"""The command of a process that reads files."""
_AHEAD = 8  # messages that wait to be taken: at most so many MB
_LOOK_SECONDS = 0.2
_END_SECONDS = 2.0  # for the pipe's end; one that a file took over may have left another process


class Ended(Exception):
    """The process ended, or said what is no message."""


class ReadingProcess:
    """A process that reads and splits files; started at once."""

    def __init__(self, environment: Mapping[str, str], command: Sequence[str]) -> None:
        self.files = 0  # that it was given
        self._frames: queue.Queue[bytes | None] = queue.Queue(_AHEAD)
        self._is_wanted = True
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            cwd=_ROOT,
        )
        # A thread, as Windows cannot wait for a pipe with a clock.
        self._listener = threading.Thread(target=self._listen, name="reader", daemon=True)
        self._listener.start()

    def ask(self, request: Asked) -> None:
        """Hand over a file. Raises Ended."""
        self.files += 1
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101  # for mypy: it is a pipe
        try:
            pipe.write(json.dumps(message_of(request)).encode() + b"\n")
            pipe.flush()
        except OSError as error:
            raise Ended from error

    def next(self, seconds: float) -> bytes | None:
        """The next message, None if there is none in so many seconds. Raises Ended."""
        try:
            frame = self._frames.get(timeout=seconds)
        except queue.Empty:
            if self._is_wanted:
                return None
            raise Ended from None
        if frame is None:
            raise Ended
        return frame

    def why(self, limits: Limits) -> ReadError:
        """Why the process ended over a file, of which it did not tell itself."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_LOOK_SECONDS)
        code = -(self._process.poll() or 0)
        if sys.platform != "win32" and code in (signal.SIGXCPU, signal.SIGALRM):
            return timed_out(limits)
        if sys.platform != "win32" and code in (signal.SIGKILL, signal.SIGABRT):
            return ReadError(
                "too-large", "reading it needs more memory than there is; split it", "memory"
            )
        return ReadError(
            "damaged",
            "reading it crashed; open it in its program and save it anew",
            "reader-crashed",
        )

    def kill(self) -> None:
        """End the process at once."""
        self._is_wanted = False
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):  # what was not written yet is wanted no more
            self._process.stdin.close()  # type: ignore[union-attr]
        self._listener.join(_END_SECONDS)
        if not self._listener.is_alive():
            self._process.stdout.close()  # type: ignore[union-attr]

    def _listen(self) -> None:
        """Put what the process says into the queue, then None."""
        pipe = self._process.stdout
        assert pipe is not None  # noqa: S101  # for mypy: it is a pipe
        while self._is_wanted:
            head = pipe.read(4)
            size = struct.unpack(">I", head)[0] if len(head) == 4 else 0
            frame = pipe.read(size) if 0 < size <= LONGEST_FRAME else b""
            whole = frame if size and len(frame) == size else None
            self._put(whole)
            if whole is None:
                return

    def _put(self, frame: bytes | None) -> None:
        while self._is_wanted:
            try:
                return self._frames.put(frame, timeout=_LOOK_SECONDS)
            except queue.Full:
                continue
        return None
