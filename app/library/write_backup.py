"""A library written into one file, while it is used."""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from app.errors import KbError, UsageError
from app.library.archive import FORMAT, LEDGER, MANIFEST, ArchiveReport, Manifest, add, blob_name
from app.library.backup_hold import PREFIX, Take, hold, sweep
from app.settings import Settings
from ingest.folders import hash_file, is_whole, sync_folder
from retrieval.ledger import disk_full, no_space, require_room
from retrieval.library import Contents, snapshot


def backup(
    settings: Settings, file: Path, *, force: bool = False, take: Take = snapshot
) -> ArchiveReport:
    """Write the library as it is at one moment into one file; others may go on using it.

    Bytes that are lost or damaged already are left out and named in the report. `settings.env`,
    models and the index are not part of it. `take` copies the ledger. Raises UsageError for a place
    that cannot be meant, KbError or LibraryError when nothing was written.
    """
    began = time.perf_counter()
    target = _target(settings, file, force)
    try:
        sweep(settings.data_dir)
        with tempfile.TemporaryDirectory(prefix=PREFIX, dir=settings.data_dir) as folder:
            work = Path(folder)
            contents = hold(settings, work, take)
            bad = {sha for sha in contents.blobs if not is_whole(work / sha, sha)}
            manifest = _manifest(work / LEDGER, contents, bad)
            require_room(target.parent, sum(f.stat().st_size for f in work.iterdir()))
            size = _write(target, manifest, work, sorted(set(contents.blobs) - bad))
    except OSError as error:
        if no_space(error):
            raise disk_full(Path(error.filename or target)) from error
        raise KbError(f"{str(file)!r} cannot be written ({error})") from error
    return ArchiveReport(
        file=str(target),
        data_dir=str(settings.data_dir),
        bytes=size,
        documents=contents.documents,
        chunks=contents.chunks,
        blobs=manifest.blobs,
        missing=sorted(contents.blobs[sha] for sha in bad),
        sources=list(contents.sources),
        seconds=round(time.perf_counter() - began, 3),
    )


def _target(settings: Settings, file: Path, force: bool) -> Path:
    target = file.expanduser().absolute()
    if target.is_dir() or not target.parent.is_dir():
        raise UsageError(
            f"{str(file)!r} is no place for a backup; name a file in a folder there is"
        )
    if target.resolve().is_relative_to(settings.data_dir.resolve()):
        raise UsageError(
            f"{str(file)!r} is in the data folder and would be lost with it; choose another place"
        )
    if target.exists() and not force:
        raise UsageError(f"{str(file)!r} is there already; choose another name or give --force")
    return target


def _manifest(ledger: Path, contents: Contents, bad: set[str]) -> Manifest:
    return Manifest(
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        schema=contents.schema,
        documents=contents.documents,
        chunks=contents.chunks,
        ledger_sha256=hash_file(ledger)[0],
        blobs=len(contents.blobs) - len(bad),
        missing=tuple(sorted(bad)),
    )


def _write(target: Path, manifest: Manifest, work: Path, blobs: list[str]) -> int:
    """Write the file under another name, have it on the disk, then rename it; return its size."""
    members = [(LEDGER, work / LEDGER), *((blob_name(sha), work / sha) for sha in blobs)]
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=PREFIX, delete=False) as file:
        temporary = Path(file.name)
        try:
            with tarfile.open(fileobj=file, mode="w") as tar:
                add(tar, MANIFEST, io.BytesIO(manifest.to_json()))
                for name, path in members:
                    with path.open("rb") as data:
                        add(tar, name, data)
            file.flush()
            os.fsync(file.fileno())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    sync_folder(target.parent)
    return target.stat().st_size
