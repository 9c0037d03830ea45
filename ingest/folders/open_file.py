"""Folders and files below a root opened without following a link on the way."""

import errno
import os
import stat
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from ingest.errors import ReadError, os_error

# Windows has none of this: there a path is opened as it is.
_STEPWISE = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_FOLDER = os.O_RDONLY | _NO_LINK | getattr(os, "O_DIRECTORY", 0)
_STEP = _FOLDER | getattr(os, "O_PATH", 0)  # one may pass through what one may not list
# A pipe that was put in the place of a file must not be waited for.
_FILE = os.O_RDONLY | _NO_LINK | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Entry:
    """What a folder holds under a name: mode and size in bytes of itself, not of a link's target.

    `problem` says why these could not be had.
    """

    name: str
    mode: int = 0
    size: int = 0
    problem: ReadError | None = None


def open_file(root: Path, file: Path) -> FileIO:
    """Open a file to read its bytes; a link in its place, or of a folder above it, is refused.

    `root` is trusted and has no link in it; `file` is `root` itself or a path below it.
    Raises ReadError: `vanished`, `no-permission`, `unsupported` (no plain file).
    """
    handle = _open(root, file, _FILE)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ReadError("unsupported", "it is not a plain file; leave it out")
        return FileIO(handle)
    except BaseException:
        os.close(handle)
        raise


def list_folder(root: Path, folder: Path) -> list[Entry]:
    """Return what a folder holds, by name; a link in its place, or above it, is refused.

    `root` and `folder` are as for `open_file`. Raises ReadError: `vanished`, `no-permission`.
    """
    if not _STEPWISE:
        return _entries(folder)
    handle = _open(root, folder, _FOLDER)
    try:
        return _entries(handle)
    finally:
        os.close(handle)


def _entries(folder: int | Path) -> list[Entry]:
    try:
        with os.scandir(folder) as found:
            return sorted((_entry(item) for item in found), key=lambda entry: entry.name)
    except OSError as error:
        raise os_error(error) from error


def _entry(item: os.DirEntry[str]) -> Entry:
    try:
        seen = item.stat(follow_symlinks=False)
    except OSError as error:
        return Entry(item.name, problem=os_error(error))
    return Entry(item.name, seen.st_mode, seen.st_size)


def _open(root: Path, path: Path, flags: int) -> int:
    steps = path.relative_to(root).parts
    try:
        if not (_STEPWISE and steps):
            return os.open(path, flags)
        folder = os.open(root, _STEP)
        try:
            for step in steps[:-1]:
                above, folder = folder, os.open(step, _STEP, dir_fd=folder)
                os.close(above)
            return os.open(steps[-1], flags, dir_fd=folder)
        finally:
            os.close(folder)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ReadError(
                "vanished",
                "a link was put in its place after the folder was looked at; try again",
                "linked",
            ) from error
        raise os_error(error) from error
