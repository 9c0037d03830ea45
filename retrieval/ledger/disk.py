"""Free space: looked at before work begins, and told from other errors when it ends."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from retrieval.errors import DiskFullError

SPARE = 64 << 20  # bytes that stay free: room for the ledger to note what went wrong


def disk_full(place: Path) -> DiskFullError:
    """Return the error that says where there is no space, and that nothing is lost."""
    return DiskFullError(
        f"the disk of {str(place)!r} is full; nothing was lost: free some space and go on",
        "disk-full",
        place=str(place),
    )


def no_space(error: OSError) -> bool:
    """Tell whether an error says that a disk or a quota is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def is_full(folder: Path) -> bool:
    """Tell whether there is no room for even the smallest file below a folder that is there."""
    return folder.is_dir() and shutil.disk_usage(folder).free < 1 << 20


def require_room(folder: Path, wanted: int) -> None:
    """Raise DiskFullError unless so many bytes, and some to spare, are free below a folder."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < wanted + SPARE:
        raise DiskFullError(
            f"the disk of {str(folder)!r} has {free >> 20} MB free and"
            f" {(wanted + SPARE) >> 20} MB are needed; free some space and try again",
            "disk-short",
            place=str(folder),
            free=free >> 20,
            wanted=(wanted + SPARE) >> 20,
        )
