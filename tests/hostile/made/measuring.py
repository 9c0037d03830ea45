"""A file is read in a watched process; what becomes of it, and what it cost."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from ingest.errors import ReadError
from ingest.limits import MIB, Limits
from ingest.sandbox import Parsed, ReadingPool, Request
from made.watched import command

_LOOK_SECONDS = 0.02
_TOLD_BYTES = 1 << 20


@dataclass(frozen=True)
class Outcome:
    """What became of a file: a reason or "read", and what was told or read.

    `memory` is what the process had at its peak, in MiB; `seconds` are those of the CPU that it
    took. `told` is what the process did beside reading.
    """

    word: str
    said: str
    parsed: Parsed | None
    memory: int
    seconds: float
    told: str


@dataclass
class _Most:
    memory: int = 0
    seconds: float = 0.0


class Watched:
    """Reads files in processes that are watched. Close it."""

    def __init__(self, folder: Path, tokenizer: Path, also: str = "") -> None:
        self._folder = folder
        self._tokenizer = tokenizer
        told = folder / "told"
        os.mkfifo(told)
        self._told = os.open(told, os.O_RDONLY | os.O_NONBLOCK)
        self._before = {child.pid for child in psutil.Process().children()}
        environment = {"PATH": os.environ["PATH"]}
        self._pool = ReadingPool(environment, command=command(told, folder, also))

    def close(self) -> None:
        """End the processes; closing twice does no harm."""
        self._pool.close()
        if self._told >= 0:
            os.close(self._told)
        self._told = -1

    def read(
        self,
        data: bytes,
        name: str,
        limits: Limits = Limits(),  # noqa: B008, it is frozen
        wait: Callable[[int, int], None] = lambda *_: None,
    ) -> Outcome:
        """Read a file of these bytes and this name."""
        path = self._folder / "blob"
        path.write_bytes(data)
        request = Request(str(path), name, str(self._tokenizer), 64, limits)
        before = self._reset()
        parsed: Parsed | None = None
        with self._looked_at(before) as most:
            try:
                parsed = self._pool.parse(request, wait)
                word = "read"
                said = "\n".join((*(part.text for part in parsed.parts), *parsed.warnings))
            except ReadError as error:
                word, said = error.reason, str(error)
        return Outcome(word, said, parsed, most.memory // MIB, most.seconds, self._heard())

    def busy(self) -> float:
        """The CPU seconds that its processes have taken, 0 where there are none."""
        return sum(_seconds_of(process) for process in self._processes())

    def _processes(self) -> list[psutil.Process]:
        children = psutil.Process().children()
        return [child for child in children if child.pid not in self._before]

    def _reset(self) -> dict[int, float]:
        """Forget the peaks of memory that there were; return the CPU seconds by process."""
        spent = {}
        for process in self._processes():
            with contextlib.suppress(OSError):
                Path(f"/proc/{process.pid}/clear_refs").write_text("5")
            spent[process.pid] = _seconds_of(process)
        return spent

    @contextlib.contextmanager
    def _looked_at(self, before: dict[int, float]) -> Iterator[_Most]:
        """What the processes had at most meanwhile."""
        most, ended = _Most(), threading.Event()

        def look() -> None:
            for process in self._processes():
                most.memory = max(most.memory, _peak_of(process.pid))
                spent = _seconds_of(process) - before.get(process.pid, 0.0)
                most.seconds = max(most.seconds, spent)

        def watch() -> None:
            while not ended.wait(_LOOK_SECONDS):
                look()

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield most
        finally:
            ended.set()
            thread.join()
            look()

    def _heard(self) -> str:
        try:
            return os.read(self._told, _TOLD_BYTES).decode("utf-8", "replace")
        except BlockingIOError:
            return ""


def _seconds_of(process: psutil.Process) -> float:
    try:
        return float(sum(process.cpu_times()[:2]))
    except psutil.Error:
        return 0.0


def _peak_of(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
        return int(status.partition("VmHWM:")[2].split(maxsplit=1)[0]) * 1024
    except (OSError, IndexError, ValueError):
        return 0
