"""Files that are uploaded beside the documents that are there: nothing is replaced unasked."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from app.service import KnowledgeBase
from app.web.incoming import Incoming
from app.web.placing import free, place
from ingest.errors import ReadError
from ingest.folders import hash_file, is_hidden, safe_path
from ingest.readers import UnpackedFile, unpack
from retrieval.errors import DiskFullError
from retrieval.library import UNDER_WAY, Record

log = logging.getLogger(__name__)

_FRESH = 1.0  # seconds for which the list of what is there is believed while a batch comes
_BATCHES = 6  # that are remembered, the newest

Choice = Literal["replace", "both", "skip"]


@dataclass(frozen=True)
class IntakeOutcome:
    """What became of a file that did not simply go in.

    Refused, renamed, or the same as one that is in the library or still waits to be read. `more` is
    the reason for which it was refused, its new path, or that of the same one, whose id `document`
    is where that was there before.
    """

    kind: Literal["refused", "renamed", "same", "waiting"]
    path: str
    more: str = ""
    document: str = ""


@dataclass(eq=False)
class Batch:
    """The files that somebody dropped or chose at once, and what became of them.

    `total` is how many there are, with those of archives as soon as they are unpacked. `documents`
    are the ids of those that are in the library now, also of what was there before. `hidden` files
    are left out, `empty` are folders without a file, `unsent` were stopped, `lost` could not be
    sent.
    """

    name: str
    collection: str
    total: int
    attach: bool = False
    added: int = 0
    documents: list[str] = field(default_factory=list)
    told: list[IntakeOutcome] = field(default_factory=list)
    hidden: int = 0
    empty: list[str] = field(default_factory=list)
    unsent: int = 0
    lost: list[str] = field(default_factory=list)
    ended: bool = False
    drop: dict[str, str] = field(default_factory=dict)  # SHA-256 by path, of what came in it
    there: Mapping[str, Record] = field(default_factory=dict)
    looked: float = -_FRESH


@dataclass(frozen=True, eq=False)
class IntakeQuestion:
    """A file whose name is known and whose content is not, kept until somebody decides."""

    path: str
    file: Path
    sha256: str
    batch: Batch
    number: int  # of its question, which no other gets


class Intake:
    """Takes files in for one browser tab, and remembers what there is to tell and to ask."""

    def __init__(self, kb: KnowledgeBase, incoming: Incoming) -> None:
        self.kb = kb
        self.asked: list[IntakeQuestion] = []
        self._incoming = incoming
        self._batches: list[Batch] = []
        self._questions = 0  # asked so far
        # Files come in threads of the server, beside the page, which must not wait for a copy.
        self._putting = threading.Lock()
        self._lock = threading.Lock()

    @property
    def batches(self) -> list[Batch]:
        """What came and is still to be told, the oldest first."""
        with self._lock:
            return list(self._batches)

    def batch(self, name: str, collection: str, total: int, *, attach: bool = False) -> Batch:
        """Return the batch of this name, which begins now if there is none.

        One that begins takes the place of those of its kind that have ended, as they were seen.
        """
        with self._lock:
            for one in self._batches:
                if one.name == name:
                    return one
            new = Batch(name, collection, total, attach)
            kept = [b for b in self._batches if not b.ended or b.attach != attach]
            self._batches = [*kept, new][-_BATCHES:]
            return new

    def dismiss(self, batch: Batch) -> None:
        """Forget a batch that was told."""
        with self._lock:
            self._batches = [one for one in self._batches if one is not batch]

    def refuse(self, batch: Batch, path: str, reason: str) -> None:
        """Note that a file was turned away, for a reason of `ingest.reasons` or `disk`."""
        self._tell(batch, IntakeOutcome("refused", path, reason))

    def take(self, batch: Batch, name: str, file: Path) -> None:
        """Take in a file that has come, by its name or path; nothing is left of the file itself.

        A ZIP archive becomes the files in it. What becomes of it is noted in the batch.
        """
        try:
            if _is_hidden(name):  # as `kb ingest` leaves it out
                batch.hidden += 1
                return
            path = safe_path(name)
            inside = self._unpacked(path, file)
            if inside is None:
                self._put(batch, path, file, hash_file(file)[0])
                return
            batch.total -= 1
            for one in inside:
                if _is_hidden(one.path):
                    batch.hidden += 1
                    continue
                batch.total += 1
                if one.problem is not None:
                    self.refuse(batch, one.path, one.problem.reason)
                else:
                    self._take_inside(batch, one.path, one.data)
        except ReadError as error:
            self.refuse(batch, name, error.reason)
        except (OSError, DiskFullError):
            log.exception("the upload %r could not be stored", name)
            self.refuse(batch, name, "disk")
        finally:
            file.unlink(missing_ok=True)

    def end(
        self,
        batch: Batch,
        *,
        hidden: int = 0,
        empty: Iterable[str] = (),
        unsent: int = 0,
        lost: Iterable[str] = (),
    ) -> None:
        """Note that nothing more comes, and what the browser left out; see `Batch`."""
        if not batch.ended:
            batch.hidden += hidden
            batch.empty += empty
            batch.unsent += unsent
            batch.lost += lost
            batch.ended = True

    def decide(self, files: Iterable[IntakeQuestion], choice: Choice) -> None:
        """Do with files that were asked about what somebody chose."""
        for one in list(files):
            with self._lock:
                if one not in self.asked:  # a second click was faster
                    continue
                self.asked.remove(one)
            try:
                if choice == "replace":
                    self._keep(one.batch, one.path, one.file)
                elif choice == "both":
                    path = free(one.path, self.kb.uploaded(one.batch.collection), {})
                    if self._keep(one.batch, path, one.file):
                        self._tell(one.batch, IntakeOutcome("renamed", one.path, path))
            finally:
                one.file.unlink(missing_ok=True)

    def _unpacked(self, path: str, file: Path) -> Iterator[UnpackedFile] | None:
        if not path.lower().endswith(".zip"):
            return None
        return unpack(file.read_bytes(), path, self.kb.pipeline.limits)

    def _take_inside(self, batch: Batch, path: str, data: bytes) -> None:
        try:
            self._put(batch, safe_path(path), data, hashlib.sha256(data).hexdigest())
        except ReadError as error:
            self.refuse(batch, path, error.reason)

    def _put(self, batch: Batch, path: str, given: bytes | Path, sha256: str) -> None:
        """Put a file in its place, or ask where another of its name is there."""
        with self._putting:
            there = self._there(batch)
            found = place(path, sha256, there, batch.drop)
            if found.kind == "same":
                record = there.get(found.path)
                before = record is not None and found.path not in batch.drop
                waits = before and record is not None and record.status in UNDER_WAY
                if record is not None and record.document not in batch.documents:
                    batch.documents.append(record.document)
                kind: Literal["same", "waiting"] = "waiting" if waits else "same"
                document = record.document if record is not None else ""
                self._tell(batch, IntakeOutcome(kind, path, found.path, document))
            elif found.kind == "other":
                batch.drop[found.path] = sha256
                self._ask(batch, path, given, sha256)
            elif self._keep(batch, found.path, given):
                batch.drop[found.path] = sha256
                if found.path != path:
                    self._tell(batch, IntakeOutcome("renamed", path, found.path))

    def _there(self, batch: Batch) -> Mapping[str, Record]:
        """Return what is in the collection; not read anew for each of many small files."""
        if time.monotonic() - batch.looked >= _FRESH:
            batch.there, batch.looked = self.kb.uploaded(batch.collection), time.monotonic()
        return batch.there

    def _ask(self, batch: Batch, path: str, given: bytes | Path, sha256: str) -> None:
        """Ask about a file, unless it came before and is being asked about."""
        for one in self.asked:
            if (one.path, one.sha256, one.batch.collection) == (path, sha256, batch.collection):
                batch.total -= 1  # it is told there
                return
        held = self._incoming.hold(given)
        with self._lock:
            self.asked.append(IntakeQuestion(path, held, sha256, batch, self._questions))
            self._questions += 1

    def _keep(self, batch: Batch, path: str, given: bytes | Path) -> bool:
        """Put a file into the library; note why if it cannot be."""
        try:
            batch.documents.append(self.kb.upload(path, given, batch.collection))
        except ReadError as error:
            self.refuse(batch, path, error.reason)
            return False
        except (OSError, DiskFullError):
            log.exception("the upload %r could not be stored", path)
            self.refuse(batch, path, "disk")
            return False
        batch.added += 1
        return True

    def _tell(self, batch: Batch, outcome: IntakeOutcome) -> None:
        with self._lock:
            batch.told.append(outcome)


def _is_hidden(path: str) -> bool:
    """Whether a file of a folder is hidden or a lock file of Office; one that was named is not."""
    parts = path.split("/")
    return len(parts) > 1 and any(is_hidden(part) and part.strip(".") for part in parts)
