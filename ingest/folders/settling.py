"""Paths that changed, held back until nothing writes to them any more."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

_MOST = 100_000  # files of a folder that came at once

State = tuple[int, int] | None  # size in bytes and time of change, None for what is not there


@dataclass
class _Waiting:
    state: State
    since: float


class Settling:
    """Holds changed files and folders until their size and time of change are still for a while."""

    def __init__(self, seconds: float = 2.0, clock: Callable[[], float] = time.monotonic) -> None:
        """`seconds` is how long they must be still, by the `clock`."""
        self._seconds = seconds
        self._clock = clock
        self._waiting: dict[Path, _Waiting] = {}

    def touch(self, path: Path) -> None:
        """Note that a path has changed; of a folder all files in it may have."""
        for one in (path, *_below(path)):
            self._waiting[one] = _Waiting(_state(one), self._clock())

    def settled(self) -> list[Path]:
        """Return the paths that are still, and hold them no longer.

        A folder waits for what lies in it.
        """
        now = self._clock()
        still: set[Path] = set()
        for path, held in self._waiting.items():
            if (state := _state(path)) != held.state:
                self._waiting[path] = _Waiting(state, now)
            elif now - held.since >= self._seconds:
                still.add(path)
        moving = _parents(path for path in self._waiting if path not in still)
        found = sorted(still - moving)
        for path in found:
            del self._waiting[path]
        return found


def _state(path: Path) -> State:
    try:
        seen = path.lstat()
    except (OSError, ValueError):
        return None
    return seen.st_size, seen.st_mtime_ns


def _below(path: Path) -> list[Path]:
    """Return the files below a folder; links are not followed."""
    try:
        if not stat.S_ISDIR(path.lstat().st_mode):
            return []
    except (OSError, ValueError):
        return []
    found: list[Path] = []
    for folder, _, names in os.walk(path):
        found += [Path(folder, name) for name in names]
        if len(found) > _MOST:
            break
    return found[:_MOST]


def _parents(paths: Iterable[Path]) -> set[Path]:
    return {parent for path in paths for parent in path.parents}
