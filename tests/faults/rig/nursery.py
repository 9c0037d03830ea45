"""Processes that start at once: forks of a server that has all imported and nothing open."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

_HERE = Path(__file__).parents[1]


class Child:
    """A process, and this end of the pipe to it."""

    def __init__(self, process: Any, conn: Connection) -> None:
        self.process = process
        self.conn = conn

    def recv(self, timeout: float = 60) -> Any:
        """The next message. Raises EOFError when the process has died, TimeoutError."""
        if not self.conn.poll(timeout):
            raise TimeoutError(f"process {self.process.pid} said nothing for {timeout} s")
        return self.conn.recv()

    def kill(self) -> None:
        """End it with SIGKILL, whatever it does."""
        self.process.kill()
        self.process.join()

    def join(self, timeout: float = 60) -> int | None:
        """Wait for its end; return its exit code."""
        self.process.join(timeout)
        code: int | None = self.process.exitcode
        return code


class Nursery:
    """Starts functions of this package, the pipe first among their arguments."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["rig.child", "rig.commands", "rig.askers"])
        self._children: list[Child] = []

    def start(self, function: Callable[..., None], *arguments: Any) -> Child:
        """Start a process."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=function, args=(theirs, *arguments))
        with _alone():
            process.start()
        theirs.close()  # so that its death is the end of the file
        self._children.append(Child(process, ours))
        return self._children[-1]

    def close(self) -> None:
        """End whatever still lives."""
        for child in self._children:
            if child.process.is_alive():
                child.kill()
            child.conn.close()
            child.process.close()
        self._children.clear()


@contextmanager
def _alone() -> Iterator[None]:
    """Let a process find this package, and not run again whatever is the main module here.

    That is not pytest for good: the tests of Streamlit's pages put their scripts in its place.
    """
    path = os.pathsep.join(filter(None, (str(_HERE), os.environ.get("PYTHONPATH"))))
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        with mock.patch.dict(os.environ, PYTHONPATH=path):
            yield
    finally:
        sys.modules["__main__"] = main
