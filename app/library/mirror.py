"""Folders and files made equal to what the library holds of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.library.chunk_vectors import Others
from app.library.document_pipeline import DocumentPipeline
from app.library.mounted import check_mounted
from app.library.order import Order
from app.library.read_ahead import FileAhead, ReadAhead
from app.library.source_of import NEW, require_there, source_of, sources_below, there
from app.library.sync_note import noted, unreachable
from app.results import Failed, IngestReport, Skipped, Warned
from app.settings import Settings
from ingest.errors import ReadError
from ingest.folders import (
    Compared,
    Known,
    Scan,
    blob_path,
    compare,
    empties,
    is_below,
    is_whole,
    scan,
)
from ingest.reasons import REASONS, has_gaps
from retrieval.ledger import disk_full, no_space, require_room
from retrieval.library import Library, Record, Source

# The file in hand, what is done with it, done and total; for progress on a screen.
IngestProgress = Callable[[str, str, int, int], None]
_ROOM = 2  # bytes free on the disk for each byte of the files to read: their copy, text, vectors
_NAME_IT = "it came with a backup; to have it read again, name it once: kb ingest {!r}"
_EMPTIED = (
    "{gone} of {known} documents have gone from it; nothing was removed: `kb ingest --yes` takes"
    " them out, `--keep` keeps them"
)
_TOLD_SECONDS = 0.2  # between two steps of progress while bytes pass


@dataclass
class _Run:
    """What one ingestion was asked for, its report so far, and who hears how far it is.

    `outdated` are the ids of documents that an older reader read.
    """

    order: Order
    dry_run: bool
    report: IngestReport
    progress: IngestProgress
    told: float = field(default_factory=time.monotonic)
    outdated: set[str] = field(default_factory=set)

    def look(self, path: str, done: int, total: int) -> None:
        """Tell how many bytes of a file have passed, unless that was told just now."""
        now = time.monotonic()
        if now - self.told >= _TOLD_SECONDS:
            self.told = now
            self.progress(path, "staging", done, total)


class Mirror:
    """Brings the library to the state of its sources, file by file."""

    def __init__(self, settings: Settings, library: Library, pipeline: DocumentPipeline) -> None:
        self._settings = settings
        self._library = library
        self._pipeline = pipeline

    def run(self, order: Order, dry_run: bool, progress: IngestProgress) -> IngestReport:
        """Do what is ordered: of every source, and of the uploads, where no path is named.

        A file or source that fails is reported and the others go on. Most of a large source is
        taken out only with `yes`.
        """
        began = time.perf_counter()
        report = IngestReport()
        run = _Run(order, dry_run, report, progress)
        for document in order.documents:
            record = self._library.get(document)
            if record is not None:
                self._read_again(record, run)
        for path in order.paths:
            try:
                root = require_there(path)
                self._mirror(*source_of(self._library, root, order.collection, dry_run), run)
            except ReadError as error:
                report.failed.append(Failed(str(path), error.reason, str(error)))
        if not order.paths and not order.documents:
            self._all(run)
        counts = self._library.counts()
        report.documents, report.chunks = counts["documents"], counts["chunks"]
        report.seconds = round(time.perf_counter() - began, 3)
        return report

    def _all(self, run: _Run) -> None:
        for source in self._library.sources():
            if source.kind == "upload":
                records = self._library.records(source=source.id)
                stale = [r for r in records if run.order.again or not self._pipeline.is_current(r)]
                for record in stale:
                    self._read_again(record, run)
                run.report.unchanged += len(records) - len(stale)
                continue
            try:
                if source.restored:
                    raise ReadError("restored", _NAME_IT.format(source.root))
                if there(Path(source.root)) is None:
                    raise unreachable(self._library, source.id)
                self._mirror(source, "", run)
            except ReadError as error:
                run.report.failed.append(Failed(source.root, error.reason, str(error)))

    def _read_again(self, record: Record, run: _Run) -> None:
        """Read a document from its place, or from the library's bytes where nothing is there."""
        source = next(s for s in self._library.sources() if s.id == record.source)
        if source.kind == "upload" or source.restored or not self._has_file(source, record):
            self._read_bytes_again(source, record, run)
            return
        try:
            self._mirror(source, record.path if source.kind == "folder" else "", run)
        except ReadError as error:
            failed = Failed(record.path, error.reason, str(error), record.document)
            run.report.failed.append(failed)

    def _has_file(self, source: Source, record: Record) -> bool:
        root = Path(source.root)
        return there(root if source.kind == "file" else root / record.path) is not None

    def _read_bytes_again(self, source: Source, record: Record, run: _Run) -> None:
        if run.dry_run:
            run.report.updated += 1
            return
        sha256 = record.staged or record.sha256
        blobs = self._settings.blobs_dir
        if run.order.again and sha256 is not None and is_whole(blob_path(blobs, sha256), sha256):
            # The attempts are counted anew, too.
            self._library.stage(source, record.path, sha256, record.bytes or 0)
            record = self._library.get(record.document) or record
        if self._process(record, run):
            run.report.updated += 1
            run.report.reread += not run.order.again and self._pipeline.is_outdated(record)

    def _mirror(self, source: Source, within: str, run: _Run) -> None:
        """Bring a source, or the part of it below `within`, to what lies on the disk; note it."""
        with noted(self._library, source.id, run.report, really=not run.dry_run):
            self._bring(source, within, run)

    def _bring(self, source: Source, within: str, run: _Run) -> None:
        report = run.report
        if source.kind == "folder" and not Path(source.root).is_dir():
            raise ReadError(
                "vanished", "it is no folder any more; nothing of it was removed", "folder-gone"
            )
        found = scan(Path(source.root), within)
        check_mounted(self._library, source, Path(source.root, within), found)
        report.skipped += [Skipped(path, reason) for path, reason in found.skipped]
        known = self._known(source, found.part, run)
        compared = compare(found, known, run.order.keep, self._pipeline.limits, run.look)
        self._tell_failed(source, found, compared, known, run)
        todo = compared.plan
        if run.order.again:
            todo = replace(todo, update=[*todo.update, *todo.unchanged], unchanged=[])
        if empties(todo, known) and not run.order.yes:
            place, gone = str(Path(source.root, within)), len(todo.remove)
            report.failed.append(
                Failed(place, "emptied", _EMPTIED.format(gone=gone, known=len(known)))
            )
            todo = replace(todo, remove=[])
        report.unchanged += len(todo.unchanged)
        if run.dry_run:
            report.added += len(todo.add)
            report.updated += len(todo.update) + len(todo.rename)
            report.removed += len(todo.remove)
            return
        self._library.rename({old.document: file.path for old, file in todo.rename})
        report.updated += len(todo.rename)
        self._library.remove([old.document for old in todo.remove])
        report.removed += len(todo.remove)
        files = {file.path: file for file in found.files}
        add = [files[file.path] for file in todo.add]
        update = [(old, files[file.path]) for old, file in todo.update]
        sizes = [file.size for file in (*add, *(file for _, file in update))]
        require_room(self._settings.data_dir, _ROOM * sum(sizes))
        ordered = [*add, *(file for _, file in update)]
        blobs, read = self._settings.blobs_dir, self._pipeline.read
        with ReadAhead(found.root, ordered, blobs, self._pipeline.limits, read) as ahead:
            for _ in add:
                report.added += self._ingest(source, ahead, run)
            for old, _ in update:
                if self._ingest(source, ahead, run):
                    report.updated += 1
                    report.reread += self._is_reread(old, run)
        if run.order.again:
            for old, _ in todo.rename:
                if record := self._library.get(old.document):
                    self._process(record, run)

    def _is_reread(self, old: Known, run: _Run) -> bool:
        """Tell whether a document was read once more only because its reader is an older one."""
        now = self._library.get(old.document)
        same = now is not None and now.sha256 == old.sha256
        return same and old.document in run.outdated and not run.order.again

    def _known(self, source: Source, part: str, run: _Run) -> list[Known]:
        """Return the documents of a source, or of a part of it, as the plan needs them."""
        records = [
            (r.path, r)
            for r in self._library.records(source=source.id)
            if not part or is_below(r.path, {part})
        ]
        if source.id == NEW:
            records += [
                (below + r.path, r)
                for inner, below in sources_below(
                    self._library, Path(source.root), source.collection
                )
                for r in self._library.records(source=inner.id)
            ]
        run.outdated.update(r.document for _, r in records if self._pipeline.is_outdated(r))
        return [
            Known(r.document, path, r.sha256, r.bytes, self._pipeline.is_current(r))
            for path, r in records
        ]

    def _tell_failed(
        self, source: Source, found: Scan, compared: Compared, known: list[Known], run: _Run
    ) -> None:
        """Report what cannot be read, and note it for the list where no sound version stands."""
        failed = [(file.path, error) for file, error in compared.failed]
        failed += [(path, ReadError(why, REASONS[why])) for path, why in found.unreadable]
        sound = {document.path for document in known if document.current}
        for path, error in failed:
            run.report.failed.append(Failed(path, error.reason, str(error)))
            # A name that is mere bytes cannot stand in the list; a file that cannot be opened just
            # now needs not be read again for that.
            listed = error.reason == "too-large" or path not in sound
            if listed and error.reason != "unsafe-name" and not run.dry_run:
                self._library.fail(source, path, error.reason, error.stored)
        run.report.failed += [
            Failed(path, reason, REASONS[reason]) for path, reason in found.closed
        ]

    def _ingest(self, source: Source, files: ReadAhead, run: _Run) -> bool:
        """Process the next file; return whether it can be searched now."""
        path = files.coming

        def look(done: int, total: int) -> None:
            run.look(path, done, total)

        try:
            run.progress(path, "staging", 0, 0)
            ahead = files.next()
            sha256, _ = ahead.staged(look)
            ahead = files.kept(ahead, sha256)
            sha256, size = ahead.staged(look)
        except OSError as error:
            if no_space(error):
                raise disk_full(self._settings.data_dir) from error
            raise
        except ReadError as error:
            self._library.fail(source, path, error.reason, error.stored)
            run.report.failed.append(Failed(path, error.reason, str(error)))
            return False
        document = self._library.stage(source, path, sha256, size)
        record = self._library.get(document)
        return record is not None and self._process(record, run, ahead, files.waiting)

    def _process(
        self,
        record: Record,
        run: _Run,
        ahead: FileAhead | None = None,
        others: Others = tuple,
    ) -> bool:
        error = self._pipeline.run(
            record, lambda *step: run.progress(record.path, *step), ahead=ahead, others=others
        )
        if error is not None:
            run.report.failed.append(Failed(record.path, error.reason, str(error), record.document))
            return False
        there = self._library.get(record.document)
        if there is None or there.staged is not None:  # it was removed or replaced
            return False
        if has_gaps(there.warnings):
            run.report.warned.append(Warned(there.path, list(there.warnings)))
        return True
