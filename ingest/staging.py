"""Files are copied into the library under the hash of their bytes before anything reads them."""

import hashlib
import io
import os
import re
import stat
import tempfile
import time
import unicodedata
from pathlib import Path
from typing import IO, BinaryIO

from ingest.errors import ReadError, os_error
from ingest.limits import Limits, too_large
from ingest.mirror import hash_file

_BLOCK = 1024 * 1024
# Control characters, line separators, and marks that turn the direction of writing around, with
# which a name can pretend another suffix.
_UNSAFE = re.compile(r"[\\/\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MAX_NAME_BYTES = 255  # what common file systems take
_MAX_PARTS = 16  # 16 names of 255 bytes are the 4,096 that a path may have on Linux


def stage(path: Path, blobs: Path, limits: Limits) -> tuple[str, int]:
    """Copy a file to `blobs/<aa>/<sha256>`; return its SHA-256 and its size in bytes.

    A blob that is there already and whole is kept, and counts as new.
    Raises ReadError: `too-large`, `vanished`, `no-permission`, `unsupported` (no plain file).
    """
    try:
        # Opening a pipe or a device could wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise ReadError("unsupported", "it is not a plain file; leave it out")
        source = path.open("rb")
    except OSError as error:
        raise os_error(error) from error
    with source:
        return _store(source, blobs, limits)


def stage_bytes(data: bytes, blobs: Path, limits: Limits) -> tuple[str, int]:
    """Store the bytes of an upload as `stage` does. Raises ReadError: `too-large`."""
    return _store(io.BytesIO(data), blobs, limits)


def blob_path(blobs: Path, sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return blobs / sha256[:2] / sha256


def is_whole(blob: Path, sha256: str) -> bool:
    """Tell whether a file is there and has this hash; ReadError when it cannot be read."""
    return blob.is_file() and hash_file(blob)[0] == sha256


def sync_folder(folder: Path) -> None:
    """Have the names in a folder written to the disk."""
    if os.name != "posix":  # Windows cannot open folders
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(blobs: Path, kept: set[str], min_age_seconds: float = 3600.0) -> int:
    """Delete the blobs whose hash is not `kept`, and what a killed process left; return how many.

    Younger ones stay: another process may be about to note them in the library.
    """
    oldest = time.time() - min_age_seconds
    swept = 0
    for file in blobs.rglob("*"):
        if file.name not in kept and file.is_file():
            swept += drop(file, oldest)
    return swept


def drop(blob: Path, oldest: float) -> bool:
    """Delete a blob that was last stored before `oldest`, in seconds since 1970."""
    try:
        if blob.stat().st_mtime >= oldest:
            return False
        blob.unlink()
    except FileNotFoundError:  # another process was faster
        return False
    return True


def safe_name(name: str) -> str:
    """The name of an upload in NFC.

    Raises ReadError `unsafe-name` for a path, a name with control characters, an empty or too
    long one.
    """
    name = unicodedata.normalize("NFC", name)
    if _UNSAFE.search(name) or not name.strip(" ."):
        raise ReadError("unsafe-name", "the name is empty, a path or has odd characters; rename it")
    if len(name.encode()) > _MAX_NAME_BYTES:
        raise ReadError("unsafe-name", f"the name is over {_MAX_NAME_BYTES} bytes; shorten it")
    return name


def safe_path(path: str) -> str:
    """The path of an upload in NFC: names as `safe_name` allows them, joined by "/".

    Raises ReadError `unsafe-name`, also when it is too long or has too many parts.
    """
    parts = path.split("/")
    if len(parts) > _MAX_PARTS:
        raise ReadError("unsafe-name", f"it lies over {_MAX_PARTS} folders deep; move it up")
    return "/".join(map(safe_name, parts))


def _store(source: BinaryIO, blobs: Path, limits: Limits) -> tuple[str, int]:
    blobs.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=blobs, prefix=".incoming-", delete=False) as copy:
        temporary = Path(copy.name)
        try:
            sha256, size = _copy(source, copy, limits)
            target = blob_path(blobs, sha256)
            if is_whole(target, sha256):
                os.utime(target)  # so that nobody sweeps it before the library speaks of it
            else:
                copy.flush()
                os.fsync(copy.fileno())
                target.parent.mkdir(exist_ok=True)
                temporary.replace(target)
                sync_folder(target.parent)
                sync_folder(blobs)
        finally:
            temporary.unlink(missing_ok=True)
    return sha256, size


def _copy(source: BinaryIO, copy: IO[bytes], limits: Limits) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := _read(source):
        size += len(block)
        if size > limits.max_bytes:
            raise too_large(limits)
        digest.update(block)
        copy.write(block)
    return digest.hexdigest(), size


def _read(source: BinaryIO) -> bytes:
    try:
        return source.read(_BLOCK)
    except OSError as error:  # the source's disk; an error of our own disk is not the file's fault
        raise os_error(error) from error
