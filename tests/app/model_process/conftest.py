"""Model processes: one in a thread of the test with stand-ins, and real ones with a tiny model."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.model_process import (
    HeldModels,
    ModelClient,
    ModelProcess,
    ModelSet,
    ProcessFiles,
    listen,
)


def until(happens: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    """A private folder for the sockets of a test's processes."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    return folder


class InThread:
    """A model process in a thread of the test; `ended` is set when it would end."""

    def __init__(self, folder: Path, embeddings: Any, chat: Any, idle_seconds: float) -> None:
        self.wanted = ModelSet(embedding=None, chat=None)
        self.folder = folder
        self.files = ProcessFiles(folder, self.wanted.name)
        self.ended = threading.Event()
        token = self.files.new_token()
        self.link = listen(self.files)
        self.process = ModelProcess(
            self.link,
            token,
            HeldModels(lambda: embeddings, lambda: chat),
            idle_seconds,
            lambda code: self.ended.set(),
        )
        self.thread = threading.Thread(target=self.process.run, daemon=True)
        self.thread.start()
        self._clients: list[ModelClient] = []

    def client(self) -> ModelClient:
        """A program that is connected to it."""
        self._clients.append(ModelClient(self.wanted, self.folder))
        return self._clients[-1]

    def close(self) -> None:
        for client in self._clients:
            client.close()
        self.process.close()
        self.thread.join(30)


@pytest.fixture
def in_thread(runtime: Path) -> Iterator[Callable[..., InThread]]:
    """Start a process in a thread with these models."""
    started: list[InThread] = []

    def make(embeddings: Any = None, chat: Any = None, idle_seconds: float = 60.0) -> InThread:
        started.append(InThread(runtime, embeddings, chat, idle_seconds))
        return started[-1]

    yield make
    for one in started:
        one.close()


class RealProcesses:
    """Programs that share real processes; at the end all of these are killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._clients: list[ModelClient] = []

    def client(self, wanted: ModelSet) -> ModelClient:
        """A program that needs these models."""
        self._clients.append(ModelClient(wanted, self.folder))
        return self._clients[-1]

    def pids(self) -> list[int]:
        """Return the processes that work for this folder."""
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                said = (entry / "cmdline").read_bytes().split(b"\0")
                if b"app.model_process" in said and str(self.folder).encode() in said:
                    found.append(int(entry.name))
        return found

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Kill those that there are."""
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def close(self) -> None:
        for client in self._clients:
            client.close()
        self.kill()


@pytest.fixture
def real(runtime: Path) -> Iterator[RealProcesses]:
    """Start real processes, as programs do."""
    processes = RealProcesses(runtime)
    yield processes
    processes.close()
