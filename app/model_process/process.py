"""The process that holds the models: it serves who is connected, and ends when nobody is."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
import time
from collections.abc import Callable

from app.model_process.channel import Channel, ProcessLostError
from app.model_process.fair_queue import FairQueue
from app.model_process.held_models import HeldModels
from app.model_process.process_files import ProcessFiles
from app.model_process.session import Session

log = logging.getLogger(__name__)

# Questions asked one by one with `kb ask` come a minute or two apart, and loading the models takes
# up to 20 s; what a person may need the memory for meanwhile is not worth that wait, after three
# minutes it is.
IDLE_SECONDS = 180.0
_RETIRING_SECONDS = 1.0  # after a program has said that it needs other models from now on
_LOOK = 1.0
_BACKLOG = 64


def listen(files: ProcessFiles) -> socket.socket:
    """Return a socket that listens in the private folder, or else on a loopback port told there."""
    if files.has_sockets:
        link = socket.socket(socket.AF_UNIX)
        files.socket.unlink(missing_ok=True)  # of one that was killed
        link.bind(str(files.socket))
    else:
        link = socket.socket(socket.AF_INET)
        link.bind(("127.0.0.1", 0))
        files.port.write_text(str(link.getsockname()[1]), "ascii")
    link.listen(_BACKLOG)
    return link


class ModelProcess:
    """Serves models to every program of this person that is connected.

    It ends `idle_seconds` after the last of them has gone.
    """

    def __init__(
        self,
        link: socket.socket,
        token: bytes,
        models: HeldModels,
        idle_seconds: float = IDLE_SECONDS,
        end: Callable[[int], object] = os._exit,
    ) -> None:
        """`end` ends the process: at once, as the end of Python waits for libraries' threads."""
        self._link = link
        self._token = token
        self._models = models
        self._turns = FairQueue()
        self._idle_seconds = idle_seconds
        self._end = end
        self._lock = threading.Lock()
        self._connected = 0
        self._retiring = False
        self._quiet_since = time.monotonic()
        self._ended = threading.Event()

    def run(self) -> None:
        """Serve until nobody needs it."""
        threading.Thread(target=self._watch, name="idle", daemon=True).start()
        while not self._ended.is_set():
            try:
                link, _ = self._link.accept()
            except OSError:
                if self._ended.is_set():
                    return
                log.exception("a connection could not be taken")
                time.sleep(_LOOK)
                continue
            with self._lock:
                self._connected += 1
                self._retiring = False
            threading.Thread(target=self._serve, args=(Channel(link),), daemon=True).start()

    def _serve(self, channel: Channel) -> None:
        try:
            channel.greet(self._token)
            Session(channel, self._models, self._turns, self._retire).run()
        except ProcessLostError as error:
            log.warning("a connection was refused: %s", error)
            channel.close()
        finally:
            with self._lock:
                self._connected -= 1
                self._quiet_since = time.monotonic()

    def _retire(self) -> None:
        """End soon after the last has gone, unless somebody else comes."""
        with self._lock:
            self._retiring = True

    def _watch(self) -> None:
        while not self._ended.wait(min(_LOOK, self._idle_seconds)):
            with self._lock:
                quiet = time.monotonic() - self._quiet_since
                most = _RETIRING_SECONDS if self._retiring else self._idle_seconds
                if self._connected == 0 and quiet >= most:
                    self.close()
                    self._end(0)
                    return

    def close(self) -> None:
        """Listen no more; whoever connected at this moment finds the connection closed."""
        self._ended.set()
        with contextlib.suppress(OSError):
            self._link.shutdown(socket.SHUT_RDWR)  # wakes whoever waits in accept
        self._link.close()
