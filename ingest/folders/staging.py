"""Files are copied into the library under the hash of their bytes before anything reads them."""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from io import FileIO
from pathlib import Path

from ingest.errors import ReadError, os_error
from ingest.folders.names import nfc
from ingest.limits import Limits, too_large

Tick = Callable[[int, int], None]  # bytes of a file that have passed, and its size

_BLOCK = 1024 * 1024
# Control characters, line separators, and marks that turn the direction of writing around, with
# which a name can pretend another suffix.
_UNSAFE = re.compile(r"[\\/\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MAX_NAME_BYTES = 255  # what common file systems take
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MAX_PARTS = 16  # 16 names of 255 bytes are the 4,096 that a path may have on Linux


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def hash_open(source: FileIO, limits: Limits, tick: Tick = _silent) -> tuple[str, int]:
    """Return the SHA-256 and the size in bytes of a file that `open_file` opened.

    `tick` hears how many bytes have passed, and of how many; what it raises stops the work.
    Raises ReadError: `too-large`, `changed` (while it was read), `vanished`.
    """
    # Not `hashlib.file_digest`: it can neither be stopped nor see that the file changes or grows.
    digest, size = hashlib.sha256(), 0
    for block in _blocks(source, limits, tick):
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size


def stage(source: FileIO, blobs: Path, limits: Limits, tick: Tick = _silent) -> tuple[str, int]:
    """Copy an open file to `blobs/<aa>/<sha256>` and hash it in the same pass, as `hash_open` does.

    A blob that is there already is replaced: that is cheaper than to read whether it is whole.
    """
    return _store(_blocks(source, limits, tick), blobs)


def stage_bytes(data: bytes, blobs: Path, limits: Limits) -> tuple[str, int]:
    """Store the bytes of an upload as `stage` does. Raises ReadError: `too-large`."""
    if len(data) > limits.max_bytes:
        raise too_large(limits)
    return _store([data], blobs)


def is_sha256(text: object) -> bool:
    """Tell whether this is a SHA-256 as we write them: 64 hex digits in lower case."""
    return isinstance(text, str) and _SHA256.fullmatch(text) is not None


def blob_path(blobs: Path, sha256: str) -> Path:
    """Where the bytes with this hash lie.

    Raises ReadError `vanished` for what is no hash: a ledger from elsewhere may hold `/etc/passwd`
    or `../..` in its place, and whatever lies there is not ours to read or delete.
    """
    if not is_sha256(sha256):
        raise ReadError(
            "vanished", f"{sha256[:80]!r} is no SHA-256; ingest the file again", "bytes-lost"
        )
    return blobs / sha256[:2] / sha256


def hash_file(path: Path) -> tuple[str, int]:
    """Return the SHA-256 and the size in bytes of a file of the library's own.

    Raises ReadError: `vanished`, `no-permission`.
    """
    try:
        with path.open("rb", buffering=0) as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
    except OSError as error:
        raise os_error(error) from error


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


def drop_blob(blobs: Path, sha256: str, oldest: float) -> bool:
    """Delete the bytes with this hash as `drop` does; nothing for what is no hash."""
    return is_sha256(sha256) and drop(blob_path(blobs, sha256), oldest)


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
    name = nfc(name)
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


def _store(blocks: Iterable[bytes], blobs: Path) -> tuple[str, int]:
    blobs.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=blobs, prefix=".incoming-", delete=False) as copy:
        temporary = Path(copy.name)
        try:
            for block in blocks:
                digest.update(block)
                copy.write(block)
                size += len(block)
            copy.flush()
            os.fsync(copy.fileno())
            target = blob_path(blobs, digest.hexdigest())
            target.parent.mkdir(mode=0o700, exist_ok=True)
            temporary.replace(target)
            sync_folder(target.parent)
            sync_folder(blobs)
        finally:
            temporary.unlink(missing_ok=True)
    return digest.hexdigest(), size


def _blocks(source: FileIO, limits: Limits, tick: Tick) -> Iterator[bytes]:
    """Yield the bytes of a file that stays as it is meanwhile; ReadError when it does not."""
    before = os.fstat(source.fileno())
    if before.st_size > limits.max_bytes:
        raise too_large(limits)
    source.seek(0)
    done = 0
    while done <= before.st_size and (block := _read(source)):
        done += len(block)
        tick(done, before.st_size)
        yield block
    after = os.fstat(source.fileno())
    if after.st_size > limits.max_bytes:
        raise too_large(limits)
    if done != before.st_size or after.st_mtime_ns != before.st_mtime_ns:
        raise ReadError("changed", "it changed while it was read; ingest it again when it is still")


def _read(source: FileIO) -> bytes:
    try:
        return source.read(_BLOCK)
    except OSError as error:  # the source's disk; an error of our own disk is not the file's fault
        raise os_error(error) from error
