"""A library taken out of a backup: all of it and as it was, or nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import tempfile
import time
from pathlib import Path

from app.archive import LEDGER, MANIFEST, ArchiveReport, Manifest, blob_of, is_plain
from app.errors import KbError, UsageError, one_line
from app.settings import Settings
from ingest.staging import blob_path, sync_folder
from retrieval.backup import contents, holds_documents, newest_schema
from retrieval.disk import disk_full, no_space, require_room
from retrieval.errors import DiskFullError, LibraryError
from retrieval.owner import OwnerLock

_WORK = ".restore-"
_BLOCK = 1 << 20
_MANIFEST_BYTES = 64 << 20  # 66 bytes for each lost blob, and a few hundred


class _DamagedError(Exception):
    """The file cannot be what a backup wrote; the message says why."""


def restore(settings: Settings, file: Path) -> ArchiveReport:
    """Make the library of a backup in the data folder of the settings, which must hold none.

    Everything is written beside its place and checked first. Raises UsageError when the file is not
    there or the folder holds a library, KbError when the file is no whole backup or another process
    works in the folder; then nothing is left of it.
    """
    began = time.perf_counter()
    if not file.expanduser().is_file():
        raise UsageError(f"there is no backup {str(file)!r}; check the path")
    owner = OwnerLock(settings.data_dir / "owner.lock")
    try:
        with tarfile.open(file.expanduser(), "r:") as tar:
            manifest, members = _members(tar)
            _require_no_library(settings)
            if not owner.acquire():
                raise KbError(
                    f"process {owner.holder()} works in {str(settings.data_dir)!r}; stop it first"
                )
            _require_no_library(settings)  # again: now nobody else makes one
            for left in settings.data_dir.glob(f"{_WORK}*"):  # by one that was killed
                shutil.rmtree(left)
            require_room(settings.data_dir, sum(m.size for m in members.values()))
            with tempfile.TemporaryDirectory(prefix=_WORK, dir=settings.data_dir) as folder:
                missing = _unpack(tar, manifest, members, Path(folder))
                _place(Path(folder), settings)
    except DiskFullError:
        raise
    except (_DamagedError, LibraryError, tarfile.TarError, EOFError, ValueError) as error:
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
        documents=manifest.documents,
        chunks=manifest.chunks,
        blobs=manifest.blobs,
        missing=missing,
        seconds=round(time.perf_counter() - began, 3),
    )


def _members(tar: tarfile.TarFile) -> tuple[Manifest, dict[str, tarfile.TarInfo]]:
    """Return the manifest and the other members by name, none of which is unexpected."""
    found: dict[str, tarfile.TarInfo] = {}
    for member in tar.getmembers():
        expected = member.name in (MANIFEST, LEDGER) or blob_of(member.name)
        if not expected or not is_plain(member) or member.name in found:
            raise _DamagedError(f"{member.name!r} does not belong into a backup")
        found[member.name] = member
    if MANIFEST not in found or LEDGER not in found:
        raise _DamagedError("it is no backup, or it is cut short")
    head = found.pop(MANIFEST)
    stream = tar.extractfile(head)
    if stream is None or head.size > _MANIFEST_BYTES:
        raise _DamagedError("its manifest is not that of a backup")
    manifest = Manifest.from_json(stream.read())
    if manifest.schema > newest_schema():
        raise _DamagedError(
            f"it was made by a newer Zhiku (schema {manifest.schema}); update Zhiku"
        )
    return manifest, found


def _require_no_library(settings: Settings) -> None:
    blobs = any(f.is_file() for f in settings.blobs_dir.rglob("*"))
    if blobs or holds_documents(settings.ledger_path):
        raise UsageError(
            f"{str(settings.data_dir)!r} holds a library already; choose an empty KB_DATA_DIR"
        )


def _unpack(
    tar: tarfile.TarFile, manifest: Manifest, members: dict[str, tarfile.TarInfo], work: Path
) -> list[str]:
    """Write and check every member; return the documents whose bytes the backup never had."""
    (work / "blobs").mkdir()
    if _extract(tar, members[LEDGER], work / LEDGER) != manifest.ledger_sha256:
        raise _DamagedError("its ledger is damaged (another SHA-256 than in the manifest)")
    held = contents(work / LEDGER)
    if (held.schema, held.documents, held.chunks) != (
        manifest.schema,
        manifest.documents,
        manifest.chunks,
    ):
        raise _DamagedError("its ledger is not the one that its manifest describes")
    blobs = {sha: members[name] for name in members if (sha := blob_of(name))}
    if set(held.blobs) - set(manifest.missing) != set(blobs):
        raise _DamagedError("it does not hold the files of its ledger; it may be cut short")
    for sha, member in blobs.items():
        path = blob_path(work / "blobs", sha)
        path.parent.mkdir(exist_ok=True)
        if _extract(tar, member, path) != sha:
            raise _DamagedError(f"the file of {held.blobs[sha]!r} in it is damaged")
    for folder in (*(work / "blobs").iterdir(), work / "blobs"):
        sync_folder(folder)
    return sorted(held.blobs[sha] for sha in manifest.missing if sha in held.blobs)


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> str:
    """Write a member's bytes to the disk and return their SHA-256."""
    stream = tar.extractfile(member)
    if stream is None:
        raise _DamagedError(f"{member.name!r} does not belong into a backup")
    digest = hashlib.sha256()
    with target.open("xb") as copy:
        while block := stream.read(_BLOCK):
            digest.update(block)
            copy.write(block)
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
