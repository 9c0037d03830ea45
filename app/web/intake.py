"""Files that are uploaded beside the documents that are there: nothing is replaced unasked."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from app.service import KnowledgeBase
from ingest.errors import ReadError
from ingest.folders import safe_path
from retrieval.errors import DiskFullError
from retrieval.library import Record

log = logging.getLogger(__name__)

_UNDER_WAY = ("queued", "reading", "embedding")

Choice = Literal["replace", "both", "skip"]


@dataclass(frozen=True)
class Place:
    """Where an upload goes, and whether something is there.

    `new`: nothing that would be lost; `same`: the same bytes; `other`: other bytes, which may be
    replaced only if somebody says so.
    """

    kind: Literal["new", "same", "other"]
    path: str


@dataclass(frozen=True)
class IntakeOutcome:
    """What became of a file that did not simply go in.

    Refused, renamed, or the same as one that is in the library or still waits to be read. `more` is
    the reason for which it was refused, its new path, or that of the same one.
    """

    kind: Literal["refused", "renamed", "same", "waiting"]
    path: str
    more: str = ""


@dataclass(frozen=True)
class IntakeQuestion:
    """A file whose name is known and whose content is not, kept until somebody decides."""

    path: str
    data: bytes
    collection: str
    number: int  # of its question, which no other gets


@dataclass
class Intake:
    """Takes files in for one browser, and remembers what there is to tell and to ask.

    What was told is forgotten with the next drop, if it was `seen`.
    """

    told: list[IntakeOutcome] = field(default_factory=list)
    asked: list[IntakeQuestion] = field(default_factory=list)
    seen: bool = False
    questions: int = 0  # asked so far

    def take(self, kb: KnowledgeBase, files: Iterable[tuple[str, bytes]], collection: str) -> None:
        """Take in the files of one drop, by their names or paths."""
        there, drop = kb.uploaded(collection), dict[str, str]()
        if self.seen:
            self.told, self.seen = [], False
        for name, data in files:
            if _is_hidden(name):
                continue  # as `kb ingest` leaves it out
            sha256 = hashlib.sha256(data).hexdigest()
            try:
                path = safe_path(name)
            except ReadError as error:
                self.told.append(IntakeOutcome("refused", name, error.reason))
                continue
            found = place(path, sha256, there, drop)
            if found.kind == "same":
                record = None if found.path in drop else there.get(found.path)
                waits = record is not None and record.status in _UNDER_WAY
                self.told.append(IntakeOutcome("waiting" if waits else "same", path, found.path))
            elif found.kind == "other":
                drop[found.path] = sha256
                self._ask(path, data, collection)
            elif self._put(kb, found.path, data, collection):
                drop[found.path] = sha256
                if found.path != path:
                    self.told.append(IntakeOutcome("renamed", path, found.path))

    def _ask(self, path: str, data: bytes, collection: str) -> None:
        """Ask about a file, unless it was dropped before and is being asked about."""
        if any((a.path, a.data, a.collection) == (path, data, collection) for a in self.asked):
            return
        self.asked.append(IntakeQuestion(path, data, collection, self.questions))
        self.questions += 1

    def decide(self, kb: KnowledgeBase, files: Iterable[IntakeQuestion], choice: Choice) -> None:
        """Do with files that were asked about what somebody chose."""
        for one in files:
            if one not in self.asked:  # a second click was faster
                continue
            self.asked.remove(one)
            if choice == "replace":
                self._put(kb, one.path, one.data, one.collection)
            elif choice == "both":
                path = free(one.path, kb.uploaded(one.collection), {})
                if self._put(kb, path, one.data, one.collection):
                    self.told.append(IntakeOutcome("renamed", one.path, path))

    def _put(self, kb: KnowledgeBase, path: str, data: bytes, collection: str) -> bool:
        """Keep a file; note why if it cannot be kept."""
        try:
            kb.upload(path, data, collection)
        except ReadError as error:
            self.told.append(IntakeOutcome("refused", path, error.reason))
            return False
        except (OSError, DiskFullError):
            log.exception("the upload %r could not be stored", path)
            self.told.append(IntakeOutcome("refused", path, "disk"))
            return False
        return True


def place(path: str, sha256: str, there: Mapping[str, Record], drop: Mapping[str, str]) -> Place:
    """Return where an upload goes beside the uploads of its collection, by path.

    `drop` are the SHA-256 of the files that come with it, by the path that each has got: one of
    them is never written over, the next of its name gets a number.
    """
    for taken in _numbered(path):
        record = there.get(taken)
        if taken in drop:
            if drop[taken] == sha256:
                return Place("same", taken)
        elif record is None:
            break
        elif _newest(record) == sha256:
            return Place("new" if record.error else "same", taken)
    if path in drop:
        return Place("new", free(path, there, drop))
    record = there.get(path)
    return Place("new" if record is None or not _holds(record) else "other", path)


def free(path: str, there: Mapping[str, Record], drop: Mapping[str, str]) -> str:
    """Return the path with the first number that nothing has: "a (2).txt"."""
    return next(p for p in _numbered(path) if p not in there and p not in drop)


def _numbered(path: str) -> Iterator[str]:
    yield path
    pure, number = PurePosixPath(path), 2
    while True:
        yield str(pure.with_name(f"{pure.stem} ({number}){pure.suffix}"))
        number += 1


def _newest(record: Record) -> str | None:
    return record.staged or record.sha256


def _holds(record: Record) -> bool:
    """Whether something would be lost by other bytes: text that can be searched, or will be."""
    return bool(record.chunks) or not record.error


def _is_hidden(path: str) -> bool:
    """Whether a file of a folder is hidden or a lock file of Office; one that was named is not."""
    parts = path.split("/")
    return len(parts) > 1 and any(
        part.startswith("~$") or (part.startswith(".") and part.strip(".")) for part in parts
    )
