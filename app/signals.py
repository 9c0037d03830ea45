"""Ctrl+C and SIGTERM: said at once, noted in the ledger, ended within two seconds.

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

    def __init__(self, code: int | None = None, grace: float = _GRACE_SECONDS) -> None:
        """`code` is what the process ends with at a signal, without one 130 or 143.

        `grace` are the seconds until it ends whatever is still being done.
        """
        self._code = code
        self._grace = grace
        self._acts: list[Callable[[], None]] = []
        self._acted = threading.Event()
        self._number = 0
        self._saying = threading.Lock()
        self._said = False

    @property
    def code(self) -> int:
        """The exit code for the signal that came; 0 when none did."""
        return self._code_of(self._number) if self._number else 0

    def at_stop(self, act: Callable[[], None]) -> None:
        """Have this done, in another thread, as soon as a signal comes."""
        self._acts.append(act)

    def listen(self) -> None:
        """Listen for signals from now on; for the main thread."""
        self.overhear()
        for number in _SIGNALS:
            # One that was to be ignored, as by `nohup`, still is.
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._interrupt)

    def overhear(self) -> None:
        """Hear of signals in a thread alone; for the main thread of a server, which handles them.

        Its event loop is told of them still.
        """
        heard, told = os.pipe()
        os.set_blocking(told, False)
        others = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
        threading.Thread(
            target=self._wait, args=(heard, others), name="signals", daemon=True
        ).start()

    def stopped(self) -> NoReturn:
        """End the process after a signal that a server has handled, when what is to be done is."""
        self._acted.wait(self._grace)
        sys.stdout.flush()
        os._exit(self._code or 0)

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

    def _code_of(self, number: int) -> int:
        return 128 + number if self._code is None else self._code

    def _wait(self, heard: int, others: int) -> None:
        """Say that it stops, put right what is in hand, and end the process if nobody else does."""
        number = 0
        while number not in _SIGNALS:
            number = os.read(heard, 1)[0]
            if others >= 0:
                with contextlib.suppress(OSError):  # it listens no more, or has heard enough
                    os.write(others, bytes([number]))
        self._say()
        timer = threading.Timer(self._grace, os._exit, (self._code_of(number),))
        timer.daemon = True
        timer.start()
        for act in self._acts:
            with contextlib.suppress(Exception):  # there is nobody left to tell
                act()
        self._acted.set()
