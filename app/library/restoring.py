"""A library taken out of a backup: all of it and as it was, or nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

from app.errors import KbError, UsageError, one_line
from app.library.archive import LEDGER, ArchiveReport, Layout, Member, blob_of, layout, members
from app.settings import Settings
from ingest.folders import blob_path, sync_folder
from retrieval.errors import DiskFullError, LibraryError
from retrieval.ledger import OwnerLock, disk_full, newest_schema, no_space, require_room
from retrieval.library import Contents, adopt, contents, holds_documents

_WORK = ".restore-"
_BLOCK = 1 << 20


class _DamagedError(Exception):
    """The file cannot be what a backup wrote; the message says why."""


def restore(settings: Settings, file: Path) -> ArchiveReport:
    """Make the library of a backup in the data folder of the settings, which must hold none.

    Whoever wrote the file, it is not believed: everything is written beside its place and checked
    first. Raises UsageError when the file is not there or the folder holds a library, KbError when
    the file is no whole backup or another process works in the folder; then nothing is left of it.
    """
    began = time.perf_counter()
    if not file.expanduser().is_file():
        raise UsageError(f"there is no backup {str(file)!r}; check the path")
    owner = OwnerLock(settings.data_dir / "owner.lock")
    try:
        with file.expanduser().open("rb") as archive:
            found = layout(archive)
            if found.manifest.schema > newest_schema():
                raise _DamagedError(
                    f"it was made by a newer Zhiku (schema {found.manifest.schema}); update Zhiku"
                )
            _require_no_library(settings)
            if not owner.acquire():
                raise KbError(
                    f"process {owner.holder()} works in {str(settings.data_dir)!r}; stop it first"
                )
            _require_no_library(settings)  # again: now nobody else makes one
            left = list(settings.data_dir.glob(f"{_WORK}*"))  # by one that was killed
            require_room(settings.data_dir, archive.seek(0, os.SEEK_END))
            with tempfile.TemporaryDirectory(prefix=_WORK, dir=settings.data_dir) as work:
                held = _unpack(archive, found, Path(work))
                _place(Path(work), settings)
            for folder in left:
                shutil.rmtree(folder)
    except DiskFullError:
        raise
    except (_DamagedError, LibraryError, ValueError) as error:
        raise KbError(f"{str(file)!r} cannot be restored: {one_line(error)}") from error
    except OSError as error:
        if no_space(error):
            raise disk_full(settings.data_dir) from error
        raise KbError(f"{str(file)!r} cannot be restored: {error}") from error
    finally:
        owner.release()
    return ArchiveReport(
        file=str(file.expanduser().absolute()),
        data_dir=str(settings.data_dir),
        bytes=file.expanduser().stat().st_size,
        documents=found.manifest.documents,
        chunks=found.manifest.chunks,
        blobs=found.manifest.blobs,
        missing=sorted(held.blobs[m] for m in found.manifest.missing if m in held.blobs),
        sources=list(held.sources),
        seconds=round(time.perf_counter() - began, 3),
    )


def _require_no_library(settings: Settings) -> None:
    blobs = any(f.is_file() for f in settings.blobs_dir.rglob("*"))
    if (blobs and not _interrupted(settings)) or holds_documents(settings.ledger_path):
        raise UsageError(
            f"{str(settings.data_dir)!r} holds a library already; choose an empty KB_DATA_DIR"
        )


def _interrupted(settings: Settings) -> bool:
    """Tell whether a restore was killed between its two last steps: its ledger was not placed."""
    return any(
        (left / LEDGER).is_file() and not (left / "blobs").exists()
        for left in settings.data_dir.glob(f"{_WORK}*")
    )


def _unpack(archive: BinaryIO, found: Layout, work: Path) -> Contents:
    """Write and check every member; return what the ledger holds."""
    manifest = found.manifest
    if _extract(archive, found.ledger, work / LEDGER) != manifest.ledger_sha256:
        raise _DamagedError("its ledger is damaged (another SHA-256 than in the manifest)")
    held = contents(work / LEDGER)
    if (held.schema, held.documents, held.chunks) != (
        manifest.schema,
        manifest.documents,
        manifest.chunks,
    ):
        raise _DamagedError("its ledger is not the one that its manifest describes")
    (work / "blobs").mkdir(mode=0o700)
    _unpack_blobs(archive, found, held, work / "blobs")
    adopt(work / LEDGER)
    return held


def _unpack_blobs(archive: BinaryIO, found: Layout, held: Contents, blobs: Path) -> None:
    """Write the bytes that the ledger needs, each as soon as its header says which they are."""
    wanted = set(held.blobs) - set(found.manifest.missing)
    for member in members(archive, found.end):
        sha256 = blob_of(member.name)
        if sha256 is None or sha256 not in wanted:
            raise _DamagedError("it does not hold the files of its ledger")
        wanted.remove(sha256)
        path = blob_path(blobs, sha256)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if _extract(archive, member, path) != sha256:
            raise _DamagedError(f"the file of {held.blobs[sha256]!r} in it is damaged")
    if wanted:
        raise _DamagedError("it does not hold the files of its ledger; it may be cut short")
    for folder in (*blobs.iterdir(), blobs):
        sync_folder(folder)


def _extract(archive: BinaryIO, member: Member, target: Path) -> str:
    """Write a member's bytes to the disk, for the user alone, and return their SHA-256."""
    digest, left = hashlib.sha256(), member.size
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    archive.seek(member.start)
    with os.fdopen(handle, "wb") as copy:
        while left and (block := archive.read(min(left, _BLOCK))):
            digest.update(block)
            copy.write(block)
            left -= len(block)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest()


def _place(work: Path, settings: Settings) -> None:
    """Put the library in place of an empty one; the ledger last, as it makes the library."""
    ledger = settings.ledger_path
    for leftover in (ledger, Path(f"{ledger}-wal"), Path(f"{ledger}-shm")):
        leftover.unlink(missing_ok=True)
    for folder in (settings.index_dir, settings.blobs_dir):
        if folder.exists():
            shutil.rmtree(folder)
    (work / "blobs").rename(settings.blobs_dir)
    (work / LEDGER).rename(ledger)
    sync_folder(settings.data_dir)
