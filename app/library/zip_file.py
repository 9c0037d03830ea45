"""Documents in one ZIP file, under names that every system unpacks into its own folder."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import BinaryIO

from app.control_characters import line
from app.library.shelf import StoredFile

_BETWEEN = re.compile(r"[/\\]")
_UNFIT = re.compile(r'[\x00-\x1f:*?"<>|]')
# What Windows takes for a device, whatever the ending is.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def packed_name(name: str) -> str:
    """Return a name for a file in an archive: below the folder it is unpacked in, on any system."""
    parts = [_part(part) for part in _BETWEEN.split(name)]
    return "/".join(part for part in parts if part) or "_"


def zipped(files: Sequence[StoredFile]) -> BinaryIO:
    """Return the files as one archive, in memory, as Streamlit has what it sends.

    What is older or newer than a ZIP file can say, 1980 to 2107, gets the nearest date.
    """
    made = io.BytesIO()  # of files Streamlit takes only those that are read, not written
    given: set[str] = set()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for file in files:
            archive.write(file.file, _other(packed_name(file.name), given))
    made.seek(0)
    return made


def _part(part: str) -> str:
    # Windows drops points at the end; what is nothing else, such as "..", leads out of a folder.
    plain = _UNFIT.sub("_", line(part)).rstrip(" .")
    return f"_{plain}" if _DEVICE.fullmatch(plain) else plain


def _other(name: str, given: set[str]) -> str:
    """Return the name, or one like it when it was given already; cases are alike on many disks."""
    path, n, free = PurePosixPath(name), 1, name
    while free.casefold() in given:
        n += 1
        free = str(path.with_name(f"{path.stem} ({n}){path.suffix}"))
    given.add(free.casefold())
    return free
