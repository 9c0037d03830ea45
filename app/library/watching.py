"""Sources mirrored as they change."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from app.errors import EXPECTED, KbError, one_line
from app.library.job_runner import report_of, why_ended
from app.library.order import Order
from app.problem import Problem
from app.results import IngestReport, SourceChange
from ingest.folders import Settling, watch
from retrieval.library import Jobs, Library, Record, Source

# Mirrors files and folders into a collection; raises one of EXPECTED.
MirrorPaths = Callable[[Sequence[Path], str], IngestReport]
Tell = Callable[[SourceChange], None]

_RETRY_SECONDS = 10.0  # until what could not be mirrored is tried again
_LOOK_SECONDS = 0.2  # between two looks at a job
_GONE = Problem("it cannot be reached; nothing of it was removed", "source-unreachable")


def sources_of(library: Library) -> list[tuple[Path, str]]:
    """Return the sources that are mirrored, but for those of a backup that nobody named yet."""
    return [
        (Path(s.root), s.collection)
        for s in library.sources()
        if s.kind != "upload" and not s.restored
    ]


def left_to_worker(ask: Callable[[Order], int], jobs: Jobs, ended: threading.Event) -> MirrorPaths:
    """Return what leaves a job for another thread, and waits until it has ended."""

    def mirror(paths: Sequence[Path], collection: str) -> IngestReport:
        number = ask(Order(tuple(paths), collection))
        while not (job := jobs.get(number)).ended:
            if ended.wait(_LOOK_SECONDS):
                raise KbError("it is not watched any more", "not-watched")
        if job.status != "done" or job.result is None:
            raise why_ended(job)
        return report_of(job.result)

    return mirror


class Watching:
    """Watches places of the disk and mirrors what changes in them.

    A place that vanishes is told once, keeps its documents, and is mirrored when it is back.
    """

    def __init__(
        self,
        library: Library,
        mirror: MirrorPaths,
        tell: Tell,
        places: Callable[[], Sequence[tuple[Path, str]]],
        settle_seconds: float = 2.0,
    ) -> None:
        """`places` are asked for again and again: folders and files with their collections."""
        self._library = library
        self._mirror = mirror
        self._tell = tell
        self._places = places
        self._settle_seconds = settle_seconds
        self._due: dict[tuple[Path, str], float] = {}  # places to mirror as a whole, and from when
        self._known: dict[tuple[Path, str], object] = {}  # what each was when it was last looked at
        self._complaints: dict[Path, str] = {}
        self._failures: dict[tuple[Path, str], str] = {}  # told, and skipped: none is told twice

    def run(self, ended: threading.Event) -> None:
        """Mirror the places, and then what changes in them, until `ended` is set."""
        while not ended.is_set():
            there = self._look()
            folders = [path for path, _ in there if path.is_dir()]
            files = [path for path, _ in there if path not in folders]
            settling = Settling(self._settle_seconds)
            # What changes while a place is mirrored is told afterwards: it is watched before.
            for changed in watch(folders, files, settling, ended):
                self._mirror_due()
                if changed:
                    self._follow(changed, there)
                if ended.is_set() or self._look() != there:
                    break
            else:
                ended.wait(1.0)  # a folder has gone while it was looked at

    def _look(self) -> list[tuple[Path, str]]:
        """Return the places that are there, and note those that came, went, or are others now."""
        there = []
        places = list(dict.fromkeys(self._places()))
        for place in places:
            identity = _identity(place[0])
            if identity is None:
                self._complain(place[0], "unreachable", _GONE)
                self._due.pop(place, None)
            else:
                there.append(place)
                if self._known.get(place) != identity:
                    self._due[place] = 0.0
                    self._complaints.pop(place[0], None)
            self._known[place] = identity
        for place in self._known.keys() - set(places):
            del self._known[place]
        return there

    def _mirror_due(self) -> None:
        now = time.monotonic()
        for place in [place for place, when in self._due.items() if when <= now]:
            del self._due[place]
            self._bring(place, [place[0]])

    def _follow(self, changed: Sequence[Path], there: Sequence[tuple[Path, str]]) -> None:
        """Mirror what has changed, place by place."""
        for place in there:
            inside = [path for path in changed if path.is_relative_to(place[0])]
            if inside:
                self._bring(place, _parts(inside, place[0]))

    def _bring(self, place: tuple[Path, str], paths: Sequence[Path]) -> None:
        root, collection = place
        before = self._records(root, collection)
        try:
            report = self._mirror(paths, collection)
        except EXPECTED as error:
            self._complain(root, "failed", one_line(error))
            self._due[place] = time.monotonic() + _RETRY_SECONDS
            return
        self._complaints.pop(root, None)
        for change in _changes(before, self._records(root, collection), report, str(root)):
            file = (root, change.path)
            if change.event not in ("failed", "skipped"):
                self._failures.pop(file, None)
            elif self._failures.get(file) == change.message:
                continue
            else:
                self._failures[file] = change.message
            self._tell(change)

    def _records(self, root: Path, collection: str) -> dict[str, Record]:
        """Return the documents of the sources that a place lies in or holds, by id."""
        sources = [s for s in self._library.sources(collection) if _meets(s, root)]
        return {r.document: r for s in sources for r in self._library.records(source=s.id)}

    def _complain(self, root: Path, event: str, message: str) -> None:
        if self._complaints.get(root) != message:
            self._complaints[root] = message
            self._tell(SourceChange(event, str(root), str(root), message))


def _identity(path: Path) -> object:
    """Return what tells a folder from another at its place; None if there is nothing."""
    try:
        seen = path.stat()
    except (OSError, ValueError):
        return None
    return (seen.st_dev, seen.st_ino) if path.is_dir() else "file"


def _meets(source: Source, root: Path) -> bool:
    if source.kind == "upload":
        return False
    place = Path(source.root)
    return place.is_relative_to(root) or root.is_relative_to(place)


def _parts(changed: Sequence[Path], root: Path) -> list[Path]:
    """Return what to mirror: the files, or where one has gone the folder around all of them.

    So a file that has another name now is known for the same one.
    """
    if all(path.is_file() for path in changed):
        return list(changed)
    common = Path(os.path.commonpath([path if path == root else path.parent for path in changed]))
    while common != root and not common.is_dir():
        common = common.parent
    return [common]


def _changes(
    before: dict[str, Record], after: dict[str, Record], report: IngestReport, root: str
) -> list[SourceChange]:
    """Return what an ingestion changed, by path."""
    found = []
    for document in before.keys() - after.keys():
        found.append(SourceChange("removed", before[document].path, root))
    for document, record in after.items():
        old = before.get(document)
        if old is not None and old.path != record.path:
            found.append(SourceChange("renamed", record.path, root, old.path))
        if not record.error and record.ingested_at and record.status == "ready":
            if old is None or not old.ingested_at:
                found.append(SourceChange("added", record.path, root, _told(record)))
            elif (old.ingested_at, old.sha256) != (record.ingested_at, record.sha256):
                found.append(SourceChange("updated", record.path, root, _told(record)))
    for skipped in report.skipped:
        found.append(SourceChange("skipped", skipped.path, root, skipped.reason))
    for failed in report.failed:
        if failed.reason != "vanished" or Path(failed.path).exists():  # else it is told as removed
            told = Problem(f"{failed.reason}: {failed.message}", failed.reason)
            found.append(SourceChange("failed", failed.path, root, told))
    return sorted(found, key=lambda change: change.path)


def _told(record: Record) -> str:
    return "; ".join(record.warnings)
