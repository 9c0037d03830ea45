"""A library held still for a backup: its ledger copied, the bytes it needs kept from removal."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from app.errors import KbError, one_line
from app.library.archive import LEDGER
from app.settings import Settings
from ingest.folders import blob_path
from retrieval.errors import DiskFullError, LibraryError
from retrieval.ledger import require_room
from retrieval.library import Contents

Take = Callable[[Path, Path], Contents]  # copies a ledger, as `retrieval.library.snapshot` does

PREFIX = ".backup-"  # of the names that a backup gives to what it has in hand
_STALE_SECONDS = 86_400.0  # no backup takes a day
_ATTEMPTS = 5  # looks at the library, while documents go faster than their bytes are linked


def sweep(data_dir: Path) -> None:
    """Delete what backups left that were killed."""
    for folder in data_dir.glob(f"{PREFIX}*"):
        if time.time() - folder.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def hold(settings: Settings, work: Path, take: Take) -> Contents:
    """Copy the ledger and link the bytes it needs into a folder, where no removal reaches them.

    A document removed between the two takes its bytes away: then the library is looked at again.
    Bytes that every look misses were lost before.
    """
    lost: set[str] | None = None
    absent: set[str] = set()
    for _ in range(_ATTEMPTS):
        contents = _snapshot(settings, work / LEDGER, take)
        absent = {
            sha
            for sha in contents.blobs
            if not _link(blob_path(settings.blobs_dir, sha), work / sha)
        }
        lost = absent if lost is None else lost & absent
        if not absent:
            break
    if absent != lost:
        raise KbError("documents were removed while their bytes were copied; try again")
    return contents


def _snapshot(settings: Settings, copy: Path, take: Take) -> Contents:
    copy.unlink(missing_ok=True)
    require_room(settings.data_dir, settings.ledger_path.stat().st_size)
    try:
        return take(settings.ledger_path, copy)
    except DiskFullError:
        raise
    except LibraryError as error:
        raise LibraryError(
            f"{str(settings.ledger_path)!r} cannot be backed up: {one_line(error)}; see `kb doctor`"
        ) from error


def _link(blob: Path, link: Path) -> bool:
    """Give the bytes a second name, or copy them where the disk knows no such; False if gone."""
    if link.exists():
        return True
    try:
        link.hardlink_to(blob)
    except OSError:
        if not blob.exists():
            return False
        shutil.copyfile(blob, link)
    return True
