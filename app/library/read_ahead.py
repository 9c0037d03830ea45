"""Files staged and read by a thread, a few before the one in hand.

Reading happens in processes of its own, which else have nothing to do while passages are embedded
and written, and the other way round.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path
from typing import Self, TypeVar

from ingest.folders import FoundFile, blob_path, open_file, stage
from ingest.limits import Limits
from ingest.sandbox import Parsed

# Files read or being read before their turn, each with all its text in memory: small ones until
# their chunks fill what is embedded at once, so that no batch waits for more of them.
_AHEAD = 2
_SMALL_AHEAD = 16
_SMALL_BYTES = 256 * 1024  # of all of them
_LOOK_SECONDS = 0.2  # between two looks whether somebody wants the work to stop

Tell = Callable[[int, int], None]  # done and total, of bytes or of pages; raises to stop
Read = Callable[[str, str, Tell], Parsed]  # a file of this name, staged under this SHA-256

_T = TypeVar("_T")


class _Unwanted(Exception):
    """Nobody waits for the file any more."""


class FileAhead:
    """A file that is staged and read before its turn, or while somebody waits for it."""

    def __init__(self, file: FoundFile) -> None:
        self.file = file
        self._staged: Future[tuple[str, int]] = Future()
        self._parsed: Future[Parsed] = Future()
        self._step = (0, 0)

    def staged(self, tell: Tell) -> tuple[str, int]:
        """Return the SHA-256 and the size of its bytes; raises what staging them raised.

        `tell` is called five times a second meanwhile, and may raise.
        """
        return self._waited(self._staged, tell)

    def parsed(self, tell: Tell) -> Parsed:
        """Return what was read; raises what reading it raised. `tell` as in `staged`."""
        return self._waited(self._parsed, tell)

    def already(self) -> Parsed | None:
        """Return what was read; None if that is not known yet, or raised an error."""
        parsed = self._parsed
        return parsed.result() if parsed.done() and parsed.exception() is None else None

    def work(self, stage: Callable[[Tell], tuple[str, int]], read: Read, look: Tell) -> None:
        """Stage and read it; for the thread that does that. What `look` raises stops it."""

        def tell(done: int, total: int) -> None:
            look(done, total)
            self._step = (done, total)

        try:
            staged = stage(tell)
            self._step = (0, 0)
            self._staged.set_result(staged)
            self._parsed.set_result(read(self.file.path, staged[0], tell))
        except BaseException as error:  # whoever waits for it raises it
            (self._parsed if self._staged.done() else self._staged).set_exception(error)

    def _waited(self, future: Future[_T], tell: Tell) -> _T:
        while not future.done():
            try:
                return future.result(_LOOK_SECONDS)
            except NotYet:
                if not future.done():  # else it is what the work itself raised
                    tell(*self._step)
        return future.result()


class ReadAhead:
    """Gives files of a folder in their order, each staged and read or about to be.

    Use it in a `with`: at its end the thread, and what it reads, is stopped within half a second.
    """

    def __init__(
        self, root: Path, files: Sequence[FoundFile], blobs: Path, limits: Limits, read: Read
    ) -> None:
        self._root = root
        self._files = files
        self._blobs = blobs
        self._limits = limits
        self._read = read
        self._changed = threading.Condition()
        self._begun = 0  # files that the thread has taken up
        self._given = 0  # files whose turn has come
        self._made: dict[int, FileAhead] = {}  # by place, of those that are only one of the two
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="read-ahead", daemon=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        with self._changed:
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join()

    @property
    def coming(self) -> str:
        """The path of the file whose turn is next."""
        return self._files[self._given].path

    def next(self) -> FileAhead:
        """Return that file, whose place later ones take; with the first of them, work begins."""
        if self._thread.ident is None:
            self._thread.start()
        with self._changed:
            self._given += 1
            self._changed.notify_all()
            return self._at(self._given - 1)

    def waiting(self) -> list[Parsed]:
        """Return what was read of the files whose turn comes later, in their order."""
        with self._changed:
            ahead = [self._made[place] for place in range(self._given, self._begun)]
        return [parsed for one in ahead if (parsed := one.already()) is not None]

    def kept(self, ahead: FileAhead, sha256: str) -> FileAhead:
        """Return a staged file with its bytes in the library, staged and read once more if not.

        Bytes that wait long for their turn may have gone with a document that had the same.
        """
        try:
            os.utime(blob_path(self._blobs, sha256))  # as fresh ones, which nobody drops
        except FileNotFoundError:
            again = FileAhead(ahead.file)
            threading.Thread(target=self._work, args=(again,), daemon=True).start()
            return again
        return ahead

    def _at(self, place: int) -> FileAhead:
        """Return the file at a place, forgotten once it is begun and given. With the lock held."""
        ahead = self._made.get(place) or FileAhead(self._files[place])
        self._made[place] = ahead
        if place < min(self._begun, self._given):
            del self._made[place]
        return ahead

    def _has_room(self) -> bool:
        ahead = self._begun - self._given
        if self._is_over.is_set() or ahead < _AHEAD:
            return True
        sizes = sum(file.size for file in self._files[self._given : self._begun + 1])
        return ahead < _SMALL_AHEAD and sizes <= _SMALL_BYTES

    def _run(self) -> None:
        for place in range(len(self._files)):
            with self._changed:
                self._changed.wait_for(self._has_room)
                if self._is_over.is_set():
                    return
                self._begun += 1
                ahead = self._at(place)
            self._work(ahead)

    def _work(self, ahead: FileAhead) -> None:
        def staged(tell: Tell) -> tuple[str, int]:
            with open_file(self._root, ahead.file.file) as opened:
                return stage(opened, self._blobs, self._limits, tell)

        ahead.work(staged, self._read, self._look)

    def _look(self, _done: int, _total: int) -> None:
        if self._is_over.is_set():
            raise _Unwanted
