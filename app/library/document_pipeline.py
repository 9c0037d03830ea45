"""One document's way from staged bytes to searchable chunks."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence

from app.library.chunk_vectors import ChunkVectors, Others
from app.library.read_ahead import FileAhead, Tell
from app.loaded_models import Models
from app.settings import Settings
from ingest.chunks import SPLITTER
from ingest.document import READER_VERSION, Part, block_row, head_row, line_row
from ingest.errors import ReadError
from ingest.folders import blob_path, is_whole
from ingest.limits import MIB, Limits
from ingest.sandbox import Parsed, PoolClosed, ReadingPool, Request
from llm.errors import ModelError
from retrieval.errors import LibraryError
from retrieval.ledger import VectorTable, disk_full, no_space
from retrieval.library import Library, Record, StoredPart, Version

log = logging.getLogger(__name__)

# How far a document has come: "reading" or "embedding", done and total (pieces; 0 of 0: unknown).
Report = Callable[[str, int, int], None]


class Cancelled(Exception):  # it is no error: somebody wants the work to stop
    """Raised by a `Report` to stop the work; what was done so far is kept."""


class Stopped(Cancelled):
    """Raised by a `Report` when the process ends: the work goes on after the next start."""


class _Withdrawn(Exception):  # nor is this: there is nothing left to do
    """The document was removed, or other bytes came for it, while it was in hand."""


_READER = f"reader {READER_VERSION}"
_WITHOUT_OCR = ", without OCR"  # behind the pipeline of a document with pictures
_ATTEMPTS = 3  # how often a document may be in hand when the process dies


class DocumentPipeline:
    """Reads, splits, embeds and publishes documents whose bytes are staged."""

    def __init__(
        self,
        settings: Settings,
        library: Library,
        vectors: VectorTable,
        models: Models,
        readers: ReadingPool,
        look_seconds: float,
    ) -> None:
        """`look_seconds` lie between two looks whether a document is still wanted."""
        self._settings = settings
        self._library = library
        self._vectors = ChunkVectors(vectors, models, settings.chunk_tokens)
        self._models = models
        self._readers = readers
        self._look_seconds = look_seconds
        self.limits = Limits(
            max_bytes=settings.max_file_mb * MIB, max_seconds=settings.read_seconds
        )

    @property
    def pipeline(self) -> str:
        """What decides the chunks of given bytes: reader, splitter, chunk length, tokenizer."""
        tokenizer = self._models.tokenizer_file.stat().st_size
        chunks = f"splitter {SPLITTER}, {self._settings.chunk_tokens} of {tokenizer}"
        return f"{_READER}, {chunks}"

    def is_current(self, record: Record) -> bool:
        """Tell whether a document needs nothing done: read, embedded with this model, no error.

        What was recognised in pictures stays when that is switched off.
        """
        without = () if self._settings.ocr else (self.pipeline + _WITHOUT_OCR,)
        return (
            record.status == "ready"
            and record.error is None
            and record.staged is None
            and record.pipeline in (self.pipeline, *without)
            and record.fingerprint == self._models.fingerprint
        )

    def is_outdated(self, record: Record) -> bool:
        """Tell whether a document is worth reading again, though its bytes are the same.

        An older reader read it, or its pictures were passed over and no longer are.
        """
        how = record.pipeline or ""
        passed_over = how.endswith(_WITHOUT_OCR) or record.reason == "needs-ocr"
        is_older = bool(how) and not how.startswith(f"{_READER},")
        return is_older or (passed_over and self._settings.ocr)

    def run(
        self,
        record: Record,
        report: Report,
        passwords: Sequence[str] = (),
        ahead: FileAhead | None = None,
        others: Others = tuple,
    ) -> ReadError | None:
        """Read, split, embed and publish a document; one that is locked is tried with passwords.

        What is read `ahead` of its turn is not read again. `others` are read and wait for theirs:
        chunks of them fill up what is embedded at once. Returns why it could not be read, which
        is then noted in the library too. The work ends early when the document is removed, or
        other bytes are staged for it, meanwhile.
        """
        try:
            self._publish(record, self._while_wanted(record, report), passwords, ahead, others)
        except ReadError as error:
            failure = error
        except _Withdrawn:
            self._library.put_back(record.document)  # if it is there: its other bytes wait
            return None
        except (ModelError, LibraryError, Cancelled, KeyboardInterrupt):
            # None of them is the document's fault: it is read again when they are gone.
            self._library.put_back(record.document)
            raise
        except Exception as error:
            if isinstance(error, OSError) and no_space(error):
                raise disk_full(self._settings.data_dir) from error
            # A defect of ours that one document brings out must not hold up the others.
            log.exception("reading %r failed", record.path)
            failure = ReadError("internal", "Zhiku itself failed on it; please report this file")
        else:
            return None
        self._library.give_up(record, failure.reason, failure.stored)
        return failure

    def read(self, name: str, sha256: str, tell: Tell, passwords: Sequence[str] = ()) -> Parsed:
        """Read and split staged bytes; `name` says their kind, `tell` hears of pages.

        Safe for threads: the ledger is not asked. Raises ReadError, Stopped, and what `tell` does.
        """
        request = Request(
            path=str(blob_path(self._settings.blobs_dir, sha256)),
            name=name,
            tokenizer=str(self._models.tokenizer_file),
            max_tokens=self._settings.chunk_tokens,
            limits=self.limits,
            ocr=self._settings.ocr,
            passwords=tuple(passwords),
        )
        try:
            return self._readers.parse(request, tell)
        except PoolClosed as error:  # as the library is
            raise Stopped from error

    def _while_wanted(self, record: Record, report: Report) -> Report:
        """Return a report that also looks, now and then, whether the document is still wanted."""
        looked = -self._look_seconds

        def look(step: str, done: int, total: int) -> None:
            nonlocal looked
            report(step, done, total)
            if (now := time.monotonic()) - looked >= self._look_seconds:
                looked = now
                there = self._library.get(record.document)
                if there is None or there.staged != record.staged:
                    raise _Withdrawn

        return look

    def _publish(
        self,
        record: Record,
        report: Report,
        passwords: Sequence[str],
        ahead: FileAhead | None,
        others: Others,
    ) -> None:
        sha256 = record.staged or record.sha256
        if record.attempts >= _ATTEMPTS:
            raise ReadError("crashed", f"Zhiku ended {record.attempts} times while reading it")
        if sha256 is None:  # it failed before its bytes could be copied
            raise ReadError(
                "vanished", "its bytes are not in the library; ingest the file again", "bytes-lost"
            )
        report("reading", 0, 0)
        self._library.progress(record.document, "reading")
        path = blob_path(self._settings.blobs_dir, sha256)
        # Bytes that lie there for long: what is left of them must not replace what was read before.
        if record.staged is None and not is_whole(path, sha256):
            raise ReadError(
                "vanished",
                "its bytes in the library are lost or damaged; ingest the file again",
                "bytes-lost",
            )

        def tell(done: int, total: int) -> None:
            report("reading", done, total)

        if ahead is None:
            parsed = self.read(record.path, sha256, tell, passwords)
        else:
            parsed = ahead.parsed(tell)
        begun = False

        def look(done: int, total: int) -> None:
            nonlocal begun
            if not begun:
                begun = True
                self._library.progress(record.document, "embedding")
            report("embedding", done, total)

        embedded = self._vectors.store(parsed, look, others)
        version = Version(
            sha256=sha256,
            bytes=path.stat().st_size,
            pipeline=self.pipeline + (_WITHOUT_OCR if parsed.unread else ""),
            fingerprint=self._models.fingerprint,
            title=parsed.title,
            lang=parsed.lang,
            pages=parsed.pages,
            warnings=tuple(parsed.warnings),
            unit=parsed.unit,
            author=parsed.properties.author,
            made=parsed.properties.made,
            changed=parsed.properties.changed,
        )
        report("embedding", len(embedded), len(embedded))
        parts = [_stored(part) for part in parsed.parts]
        self._library.publish(record.document, version, parsed.chunks, embedded, parts)


def _stored(part: Part) -> StoredPart:
    blocks, lines = map(block_row, part.blocks), map(line_row, part.lines)
    return StoredPart(head_row(part), part.text, list(blocks), list(lines))
