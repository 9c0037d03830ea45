"""The lock of the one process that works on a library; it frees itself when that process ends."""

from __future__ import annotations

import errno
import os
import sys
import threading
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # Windows locks bytes against reading too: one behind the process id

    def _lock(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class OwnerLock:
    """An operating system's lock on a file that holds the owner's process id.

    Not `filelock`: on Windows it locks the first byte, so that nobody else can read the process id
    there; and of release 3.20 and before, whoever tries one empties the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._mutex = threading.Lock()

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._file is not None

    def acquire(self) -> bool:
        """Take the lock without waiting; tell whether this object holds it now.

        In a folder that is read-only nobody gets it.
        """
        with self._mutex:
            if self._file is not None:
                return True
            try:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError as error:
                if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
                    return False  # nobody who may not write there can be the owner
                raise
            file = os.fdopen(handle, "r+b", buffering=0)
            try:
                _lock(file)
            except OSError:
                file.close()
                return False
            file.seek(0)
            file.truncate()
            file.write(str(os.getpid()).encode())
            self._file = file
            return True

    def holder(self) -> int | None:
        """Return the id of the process that holds the lock, None if nobody does."""
        if self.held:
            return os.getpid()
        # Tried with another lock: this one must not seem held to a thread that asks meanwhile.
        other = OwnerLock(self._path)
        if not self._path.exists() or other.acquire():
            other.release()
            return None
        text = self._path.read_bytes().strip()
        return int(text) if text.isdigit() else None

    def release(self) -> None:
        """Let the next one have the lock."""
        with self._mutex:
            if self._file is not None:
                self._file.truncate(0)
                self._file.close()
                self._file = None
