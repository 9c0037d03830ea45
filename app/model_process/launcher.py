"""Finds the process that holds a set of models, or starts it."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from filelock import FileLock, Timeout

from app.model_process.channel import Channel, ProcessLostError
from app.model_process.model_set import ModelSet
from app.model_process.process_files import ProcessFiles, require_private
from llm.errors import ModelError
from retrieval.child_process import environment

log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_CONNECT = 5.0  # seconds in which one that lives takes a connection
_START = 60.0  # seconds to start one; Python and its first imports take one on a quiet machine
_LOOK = 0.1
# It lives on when this program ends, a Ctrl+C in this program's terminal is not for it, and it is
# not this program's child: one that was killed would else stay as a zombie.
_SPAWN = """
import subprocess, sys
child = subprocess.Popen(
    [sys.executable, "-m", "app.model_process", *sys.argv[1:]],
    stdout=sys.stderr,
    start_new_session=True,
    creationflags=getattr(subprocess, "DETACHED_PROCESS", 0),
)
print(child.pid)
"""
_LAST = 200  # characters of what one said that could not start


class Launcher:
    """Connects to the one process of this person that holds a set of models."""

    def __init__(self, wanted: ModelSet, folder: Path) -> None:
        """`folder` is that of `runtime_folder`. Raises ModelError when it is not private."""
        require_private(folder)
        self._wanted = wanted
        self.files = ProcessFiles(folder, wanted.name)
        self._was_there = False

    def connect(self) -> Channel:
        """Return a connection; starts the process if there is none. Raises ModelError."""
        channel = self._connected()
        if channel is None:
            try:
                # Several programs that find none start one.
                with FileLock(self.files.lock, timeout=_START, mode=0o600):
                    channel = self._connected() or self._started()
            except Timeout:
                raise _not_started("another program has been starting it for too long") from None
        self._was_there = True
        return channel

    def _connected(self) -> Channel | None:
        """Return a connection to the process that is there, None if there is none."""
        token = self.files.token()
        if token is None:
            return None
        try:
            if self.files.has_sockets:
                link, where = socket.socket(socket.AF_UNIX), str(self.files.socket)
            else:
                link = socket.socket(socket.AF_INET)
                where = ("127.0.0.1", int(self.files.port.read_text("ascii")))  # type: ignore[assignment]
        except (OSError, ValueError):
            return None
        link.settimeout(_CONNECT)
        channel = Channel(link)
        try:
            link.connect(where)
            channel.introduce(token)
        except (OSError, ProcessLostError):
            channel.close()
            return None
        return channel

    def _started(self) -> Channel:
        if self._was_there:
            log.warning("the model process ended unexpectedly; another one is started")
        token = self.files.new_token()
        self.files.port.unlink(missing_ok=True)
        pid = self._spawn(f"{token.decode()}\n{self._wanted.to_json()}")
        ends = time.monotonic() + _START
        while (channel := self._connected()) is None:
            if time.monotonic() > ends or not _lives(pid):
                raise _not_started(self._last_line() or "it ended at once")
            time.sleep(_LOOK)
        return channel

    def _spawn(self, told: str) -> int:
        """Start the process, which reads `told`, as nobody's child; return its id."""
        output = self.files.open_log()
        try:
            done = subprocess.run(
                [sys.executable, "-c", _SPAWN, str(self.files.folder), self.files.socket.stem],
                input=told.encode(), stdout=subprocess.PIPE, stderr=output,
                cwd=_ROOT, env=environment(), timeout=_START, check=True,
            )  # fmt: skip
            return int(done.stdout)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            raise _not_started(self._last_line() or str(error)) from None
        finally:
            os.close(output)

    def _last_line(self) -> str:
        with contextlib.suppress(OSError):
            lines = self.files.log.read_text("utf-8", "replace").strip().splitlines()
            return lines[-1][:_LAST] if lines else ""
        return ""


def _lives(pid: int) -> bool:
    if os.name != "posix":
        return True  # there one can only wait
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _not_started(why: str) -> ModelError:
    return ModelError(
        f"the process that holds the models does not start ({why}); try again, or set "
        "KB_MODEL_PROCESS=off",
        "model-process-start",
        why=why,
    )
