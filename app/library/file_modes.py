"""The library's files closed to the other users of the machine."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from app.settings import SETTINGS_FILE, Settings
from retrieval.errors import LibraryError

log = logging.getLogger(__name__)

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_FOLDERS = ("blobs", "incoming", "index", "machine", "pages", "profiles")
_FILES = ("ledger.sqlite3", "ledger.sqlite3-wal", "ledger.sqlite3-shm", "owner.lock", SETTINGS_FILE)
_WORK = (".backup-", ".restore-")  # what a backup or a restore has in hand


def close_to_others(settings: Settings) -> None:
    """Make the data folder, or what of ours lies in it, for its owner alone: 0700 and 0600.

    A folder closes all that is below it. What belongs to another user, and links, are left as they
    are, as is a data folder that holds other things too: people may share it on purpose. What
    cannot be changed is left to `kb doctor`, which names it. On Windows nothing is done.
    """
    if os.name != "posix":
        return
    shared = settings.data_dir.is_dir() and not _is_ours_alone(settings.data_dir)
    for path in open_to_others(settings):
        if shared and path == settings.data_dir:
            continue
        try:
            _close(path, follow=path == settings.data_dir)
        except OSError as error:  # a read-only disk, or one without rights
            log.debug("%s stays open to others: %s", path, error)


def open_to_others(settings: Settings) -> list[Path]:
    """Return what of a library other users of the machine may read, enter or exchange."""
    folder = settings.data_dir
    if not folder.is_dir():
        return []
    mode = folder.stat().st_mode
    if not mode & _OTHERS:
        return []
    if _is_ours_alone(folder):
        return [folder]
    exchanged = bool(mode & stat.S_IWOTH) and not mode & stat.S_ISVTX
    return [*([folder] if exchanged else []), *filter(_is_open, _parts(folder))]


def _is_ours_alone(folder: Path) -> bool:
    """Tell whether a folder holds nothing but a library, and is no place for everybody as /tmp."""
    if folder.stat().st_mode & (stat.S_ISVTX | stat.S_IWOTH):
        return False
    return all(
        entry.name in (*_FOLDERS, *_FILES) or entry.name.startswith(_WORK)
        for entry in folder.iterdir()
    )


def _parts(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in (*_FOLDERS, *_FILES))
    yield from (path for start in _WORK for path in folder.glob(f"{start}*"))


def _is_open(path: Path) -> bool:
    try:
        mode = path.lstat().st_mode
    except OSError:  # it is not there
        return False
    return not stat.S_ISLNK(mode) and bool(mode & _OTHERS)


def _close(path: Path, *, follow: bool) -> None:
    """Take the rights of others away, through a handle: the name may be exchanged meanwhile."""
    flags = os.O_RDONLY | os.O_NONBLOCK | (0 if follow else os.O_NOFOLLOW)
    handle = os.open(path, flags)
    try:
        found = os.fstat(handle)
        if found.st_uid == os.geteuid():
            os.fchmod(handle, stat.S_IMODE(found.st_mode) & ~_OTHERS)
    finally:
        os.close(handle)


def require_ledger(settings: Settings) -> None:
    """Raise LibraryError when there are documents' bytes without the ledger that knows them.

    A new ledger would know none of them, and the next `kb ingest` would delete them.
    """
    ledger, blobs = settings.ledger_path, settings.blobs_dir
    if (ledger.exists() and ledger.stat().st_size) or not blobs.is_dir():
        return
    if any(file.is_file() and not file.name.startswith(".") for file in blobs.rglob("*")):
        raise LibraryError(
            f"the ledger {str(ledger)!r} is gone, while files of documents are in {str(blobs)!r};"
            " put it back, or move that folder away and restore a backup or begin anew",
            "ledger-gone",
            ledger=str(ledger),
            folder=str(blobs),
        )
