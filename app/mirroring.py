"""Folders and files made equal to what the library holds of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from app.documents import DocumentPipeline
from app.results import Failed, IngestReport, Skipped
from app.settings import Settings
from ingest.errors import ReadError
from ingest.mirror import Known, Present, hash_file, plan, scan
from ingest.reasons import REASONS
from ingest.staging import stage
from retrieval.disk import disk_full, no_space, require_room
from retrieval.library import Library
from retrieval.records import Record, Source

# The file in hand, what is done with it, done and total; for progress on a screen.
Progress = Callable[[str, str, int, int], None]
_ROOM = 2  # bytes free on the disk for each byte of the files to read: their copy, text, vectors
_NEW = -1  # the id of a source that a dry run does not make


class Mirror:
    """Brings the library to the state of its sources, file by file."""

    def __init__(self, settings: Settings, library: Library, pipeline: DocumentPipeline) -> None:
        self._settings = settings
        self._library = library
        self._pipeline = pipeline

    def run(
        self,
        paths: list[Path],
        collection: str,
        keep: bool,
        yes: bool,
        dry_run: bool,
        progress: Progress,
    ) -> IngestReport:
        """Mirror these files and folders, or every source and what waits of the uploads.

        A file or source that fails is reported and the others go on.
        """
        began = time.perf_counter()
        report = IngestReport()
        for path in paths:
            try:
                root = _found(path)
                if root is None:
                    raise ReadError("vanished", "there is no such file or folder; check the path")
                source, within = self._source(root, collection, dry_run)
                self._mirror(source, within, keep, dry_run, report, progress)
            except ReadError as error:
                report.failed.append(Failed(str(path), error.reason, str(error)))
        if not paths:
            self._all(keep, dry_run, report, progress)
        counts = self._library.counts()
        report.documents, report.chunks = counts["documents"], counts["chunks"]
        report.seconds = round(time.perf_counter() - began, 3)
        return report

    def _all(self, keep: bool, dry_run: bool, report: IngestReport, progress: Progress) -> None:
        for source in self._library.sources():
            if source.kind == "upload":
                records = self._library.records(source=source.id)
                stale = [r for r in records if not self._pipeline.is_current(r)]
                for record in stale:
                    report.updated += dry_run or self._process(record, report, progress)
                report.unchanged += len(records) - len(stale)
                continue
            try:
                if _found(Path(source.root)) is None:
                    raise ReadError(
                        "vanished", "the source cannot be reached; nothing of it was removed"
                    )
                self._mirror(source, "", keep, dry_run, report, progress)
            except ReadError as error:
                report.failed.append(Failed(source.root, error.reason, str(error)))

    def _source(self, root: Path, collection: str, dry_run: bool) -> tuple[Source, str]:
        """Return the source for a path, and the part of it that the path is ("" for all).

        A path inside a folder that is a source is a part of that source; a folder that contains
        sources takes them in, so that no file is in the library twice.
        """
        known = [s for s in self._library.sources(collection) if s.kind != "upload"]
        for source in known:
            if root.is_relative_to(source.root):
                within = root.relative_to(source.root).as_posix()
                return source, "" if within == "." else within
        kind = "folder" if root.is_dir() else "file"
        if dry_run:
            return Source(_NEW, collection, kind, str(root)), ""
        outer = self._library.source(collection, kind, str(root))
        for inner, prefix in self._below(root, collection):
            self._library.absorb(inner, outer, prefix)
        return outer, ""

    def _below(self, root: Path, collection: str) -> list[tuple[Source, str]]:
        """Return the sources inside a folder that is none yet, each with its path below it."""
        found = []
        for inner in self._library.sources(collection):
            if inner.kind != "upload" and inner.root != str(root):
                place = Path(inner.root).parent if inner.kind == "file" else Path(inner.root)
                if place.is_relative_to(root):
                    below = place.relative_to(root).as_posix()
                    found.append((inner, "" if below == "." else f"{below}/"))
        return found

    def _mirror(
        self,
        source: Source,
        within: str,
        keep: bool,
        dry_run: bool,
        report: IngestReport,
        progress: Progress,
    ) -> None:
        """Bring one source, or the part of it below `within`, to what lies on the disk."""
        root = Path(source.root, within)
        found = scan(root)
        self._check_mounted(source, root, empty=not found.files and not found.skipped)
        prefix = _prefix(root, within)
        report.skipped += [Skipped(prefix + path, reason) for path, reason in found.skipped]
        report.failed += [
            Failed(prefix + path, reason, REASONS[reason]) for path, reason in found.unreadable
        ]
        files = {prefix + file.path: file.file for file in found.files}
        present, unreadable = _hashed(files, report)
        unreadable += [prefix + path for path, _ in found.unreadable]
        records = {
            r.document: r
            for r in self._library.records(source=source.id)
            if not within or r.path == within or r.path.startswith(f"{within}/")
        }
        known = [
            Known(r.document, r.path, r.sha256, self._pipeline.is_current(r))
            for r in records.values()
        ]
        if source.id == _NEW:
            known += [
                Known(r.document, below + r.path, r.sha256, self._pipeline.is_current(r))
                for inner, below in self._below(root, source.collection)
                for r in self._library.records(source=inner.id)
            ]
        todo = plan(present, known, keep, unreadable)
        report.unchanged += len(todo.unchanged)
        if dry_run:
            report.added += len(todo.add)
            report.updated += len(todo.update) + len(todo.rename)
            report.removed += len(todo.remove)
            return
        self._library.rename({old.document: file.path for old, file in todo.rename})
        report.updated += len(todo.rename)
        self._library.remove([old.document for old in todo.remove])
        report.removed += len(todo.remove)
        sizes = (files[file.path] for file in (*todo.add, *(file for _, file in todo.update)))
        require_room(self._settings.data_dir, _ROOM * sum(map(_size, sizes)))
        for file in todo.add:
            report.added += self._ingest(source, file.path, files[file.path], report, progress)
        for _, file in todo.update:
            report.updated += self._ingest(source, file.path, files[file.path], report, progress)

    def _check_mounted(self, source: Source, root: Path, *, empty: bool) -> None:
        """Raise ReadError for an empty folder on another disk than before: it is not mounted."""
        device = str(root.stat().st_dev)
        if empty and source.device not in (None, device):
            raise ReadError(
                "vanished", "the folder is empty and on another disk than before; is it mounted?"
            )
        if not empty and source.id > 0 and source.device != device:
            self._library.set_device(source, device)

    def _ingest(
        self, source: Source, path: str, file: Path, report: IngestReport, progress: Progress
    ) -> bool:
        """Stage and process one file; return whether it can be searched now."""
        try:
            progress(path, "staging", 0, 0)
            sha256, size = stage(file, self._settings.blobs_dir, self._pipeline.limits)
        except OSError as error:
            if no_space(error):
                raise disk_full(self._settings.data_dir) from error
            raise
        except ReadError as error:
            self._library.fail(source, path, error.reason, str(error))
            report.failed.append(Failed(path, error.reason, str(error)))
            return False
        document = self._library.stage(source, path, sha256, size)
        record = self._library.get(document)
        return record is not None and self._process(record, report, progress)

    def _process(self, record: Record, report: IngestReport, progress: Progress) -> bool:
        error = self._pipeline.run(record, lambda *step: progress(record.path, *step))
        if error is not None:
            report.failed.append(Failed(record.path, error.reason, str(error)))
            return False
        there = self._library.get(record.document)
        return there is not None and there.staged is None  # else it was removed or replaced


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # it has gone since the scan; reading it will say so
        return 0


def _found(path: Path) -> Path | None:
    """Return the absolute path of what is there; None if nothing is, or it cannot be looked at."""
    try:
        root = path.expanduser().absolute()
        return root if root.exists() else None
    except (OSError, RuntimeError):  # a name too long, a closed folder above it, ~nobody
        return None


def _hashed(files: dict[str, Path], report: IngestReport) -> tuple[list[Present], list[str]]:
    """Return the files with the hashes of their bytes, and the paths that could not be read."""
    present, unreadable = [], []
    for path, file in files.items():
        try:
            present.append(Present(path, hash_file(file)[0]))
        except ReadError as error:
            report.failed.append(Failed(path, error.reason, str(error)))
            unreadable.append(path)
    return present, unreadable


def _prefix(root: Path, within: str) -> str:
    """Return what stands before the paths of a scan of a part of a source."""
    part = within if root.is_dir() else within.rpartition("/")[0]
    return f"{part}/" if part else ""
