"""Folders and files watched: what changed in them, once it is still."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.folders.names import is_hidden, is_text
from ingest.folders.settling import Settling

_TICK_MS = 500  # between two looks whether something is still by now
_GROUP_MS, _STEP_MS = 400, 50  # changes that come together are told together
_POLL_MS = 2000  # between two looks through folders that the system does not watch


def watch(
    folders: Sequence[Path], files: Sequence[Path], settling: Settling, ended: threading.Event
) -> Iterator[list[Path]]:
    """Yield the paths below folders, and of the files, that have changed and are still by now.

    Twice a second something is yielded, which may be an empty list. Hidden files and lock files of
    Office are left out. It ends when `ended` is set, or a folder cannot be watched any more.
    """
    seen = {file: _stamp(file) for file in files}
    for changed in _events(folders, ended):
        for path in changed:
            for folder in folders:
                if (place := _place(path, folder)) is not None:
                    settling.touch(place)
        for file in files:  # watched itself, one that is written anew and renamed would be lost
            if (stamp := _stamp(file)) != seen[file]:
                seen[file] = stamp
                settling.touch(file)
        yield settling.settled()


def _events(folders: Sequence[Path], ended: threading.Event) -> Iterator[list[Path]]:
    """Yield what the system tells of folders, and empty lists meanwhile."""
    from watchfiles import watch as system_watch  # brings anyio along, which `kb list` need not

    if not folders:
        while not ended.wait(_TICK_MS / 1000):
            yield []
        return
    began = False
    for polling in (None, True):  # the system watches only so many folders
        try:
            for changes in system_watch(
                *folders,
                watch_filter=None,
                debounce=_GROUP_MS,
                step=_STEP_MS,
                stop_event=ended,
                rust_timeout=_TICK_MS,
                yield_on_timeout=True,
                force_polling=polling,
                poll_delay_ms=_POLL_MS,
                ignore_permission_denied=True,
            ):
                began = True
                yield [Path(path) for _, path in changes]
        except FileNotFoundError:  # it has just gone
            return
        except (OSError, RuntimeError):
            if polling or began:
                raise
        else:
            return


def _place(path: Path, folder: Path) -> Path | None:
    """Return what changed as a path below a folder; None if it lies elsewhere or is hidden."""
    for root in (folder, Path(os.path.realpath(folder))):  # some systems tell the latter
        if path.is_relative_to(root) and is_text(str(path)):
            below = path.relative_to(root)
            return None if any(map(is_hidden, below.parts)) else folder / below
    return None


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        seen = file.stat()
    except (OSError, ValueError):
        return None
    return seen.st_size, seen.st_mtime_ns, seen.st_ino
