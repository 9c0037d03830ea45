"""Hashes of large files, remembered beside them so that each is read once.

`.verified` is a JSON object: name → {bytes, mtime_ns, sha256}. An entry holds only while the file's
size and time of change are the ones recorded.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

MARKER = ".verified"


class Entry(TypedDict):
    """What was seen when the file was last hashed."""

    bytes: int
    mtime_ns: int
    sha256: str


def sha256_of(path: Path, read: Callable[[int], None] = lambda _: None) -> str:
    """The file's SHA-256 in hex; `read` is told the bytes read so far, every 16 MiB."""
    # Not `hashlib.file_digest`: it tells nobody how far it is in a file of gigabytes.
    digest = hashlib.sha256()
    done = 0
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 24):
            digest.update(chunk)
            done += len(chunk)
            read(done)
    return digest.hexdigest()


def remembered(folder: Path, name: str) -> str | None:
    """The SHA-256 recorded for the file as it is now, None when none is; reads no large file."""
    entry = _load(folder).get(name)
    stat = (folder / name).stat()
    if entry is None or (entry["bytes"], entry["mtime_ns"]) != (stat.st_size, stat.st_mtime_ns):
        return None
    return entry["sha256"]


def known_sha256(folder: Path, name: str) -> str:
    """The file's SHA-256, from the marker or else read and remembered."""
    found = remembered(folder, name)
    if found is None:
        found = sha256_of(folder / name)
        remember(folder, name, found)
    return found


def remember(folder: Path, name: str, sha256: str) -> None:
    """Record the SHA-256 of the file as it is now.

    A folder that cannot be written, such as one shared read-only, is left as it is: its files
    are then hashed again by the next process.
    """
    stat = (folder / name).stat()
    entries = _load(folder)
    entries[name] = Entry(bytes=stat.st_size, mtime_ns=stat.st_mtime_ns, sha256=sha256)
    temporary = folder / f"{MARKER}.{os.getpid()}.tmp"
    with contextlib.suppress(OSError):
        temporary.write_text(json.dumps(entries, indent=1), "utf-8")
        temporary.replace(folder / MARKER)


def _load(folder: Path) -> dict[str, Entry]:
    """The marker's entries; a marker that is missing or damaged holds none."""
    try:
        entries = json.loads((folder / MARKER).read_text("utf-8"))
        return {
            str(name): Entry(
                bytes=int(entry["bytes"]),
                mtime_ns=int(entry["mtime_ns"]),
                sha256=str(entry["sha256"]),
            )
            for name, entry in entries.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
