"""The folder of files that come from browsers, until they are put in or turned away."""

from __future__ import annotations

import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

_ARRIVING, _HELD = "arriving-", "held-"
_LONGEST = {_ARRIVING: 3600.0, _HELD: 86400.0}  # seconds that a file nobody takes in may lie there


class Incoming:
    """Files that arrive, and those that are held until somebody decides about them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self) -> IO[bytes]:
        """Make the file that bytes go to as they come. Raises OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.sweep()
        return self._new(_ARRIVING)

    def hold(self, given: bytes | Path) -> Path:
        """Keep a file that has come, or the bytes of one; return where it lies. Raises OSError."""
        if isinstance(given, Path):
            return given.replace(given.with_name(_HELD + given.name.removeprefix(_ARRIVING)))
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._new(_HELD) as file:
            file.write(given)
            return Path(file.name)

    def sweep(self) -> int:
        """Delete what was left by tabs that were closed and processes that died; return how many.

        Younger ones stay: another process over the same library may be receiving them.
        """
        swept = 0
        for prefix, seconds in _LONGEST.items():
            for file in self._folder.glob(f"{prefix}*"):
                with suppress(FileNotFoundError):  # taken in meanwhile
                    if file.stat().st_mtime < time.time() - seconds:
                        file.unlink()
                        swept += 1
        return swept

    def _new(self, prefix: str) -> IO[bytes]:
        # Not deleted when it is closed, as it is read by its name then.
        return tempfile.NamedTemporaryFile(dir=self._folder, prefix=prefix, delete=False)
