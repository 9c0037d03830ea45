"""Ctrl+C and SIGTERM in a command: said at once, noted in the ledger, ended within two seconds.

Python runs a signal's handler in the main thread, and only between two steps of Python code: while
torch was imported, a batch embedded or a prompt read that came 2 to 8 s late, and a library that
catches everything may swallow the exception. So a thread hears of the signal too.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

_GRACE_SECONDS = 0.8  # for the main thread to end in order: to close the index, so that it is whole
_LINE = b"kb: stopped\n"
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stops:
    """What happens to this process at a signal that asks it to end.

    Example:
        stops = Stops()
        stops.listen()
        stops.at_stop(kb.abandon)
        stops.end(run())
    """

    def __init__(self) -> None:
        self._acts: list[Callable[[], None]] = []
        self._number = 0
        self._saying = threading.Lock()
        self._said = False

    @property
    def code(self) -> int:
        """The exit code of the signal that came, 130 or 143; 0 when none did."""
        return 128 + self._number if self._number else 0

    def at_stop(self, act: Callable[[], None]) -> None:
        """Have this done, in another thread, as soon as a signal comes."""
        self._acts.append(act)

    def listen(self) -> None:
        """Listen for signals from now on; for the main thread."""
        heard, told = os.pipe()
        os.set_blocking(told, False)
        signal.set_wakeup_fd(told, warn_on_full_buffer=False)
        for number in _SIGNALS:
            # One that was to be ignored, as by `nohup`, still is.
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._interrupt)
        threading.Thread(target=self._wait, args=(heard,), name="signals", daemon=True).start()

    def end(self, code: int) -> NoReturn:
        """End the process with this exit code, or at once with that of the signal that came.

        At once, as the end of Python takes torch 2 s more; what is to be closed has been closed.
        """
        if not self._number:
            sys.exit(code)
        self._say()
        sys.stdout.flush()
        os._exit(self.code)

    def _say(self) -> None:
        with self._saying:
            if not self._said:
                self._said = True
                os.write(2, _LINE)  # not through sys.stderr, whose lock the main thread may hold

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        if not self._number:  # once: a second one would break off the closing
            self._number = number
            raise KeyboardInterrupt

    def _wait(self, heard: int) -> None:
        """Say that it stops, put right what is in hand, and end the process if nobody else does."""
        while (number := os.read(heard, 1)[0]) not in _SIGNALS:
            continue
        self._say()
        timer = threading.Timer(_GRACE_SECONDS, os._exit, (128 + number,))
        timer.daemon = True
        timer.start()
        for act in self._acts:
            with contextlib.suppress(Exception):  # there is nobody left to tell
                act()
