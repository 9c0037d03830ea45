"""What must be done so that the library mirrors a folder."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

_MANY = 20  # documents of a source that are worth a question before most of them go


@dataclass(frozen=True)
class Present:
    """A file of the source as it is now; no hash where its bytes cannot be those of a document."""

    path: str
    sha256: str | None


@dataclass(frozen=True)
class Known:
    """A document that the library has of this source; hash and size are of its bytes.

    `current` is False when it must be processed again though its bytes are the same.
    """

    document: str
    path: str
    sha256: str | None
    bytes: int | None
    current: bool


@dataclass(frozen=True)
class Plan:
    """The steps, each sorted by path; a file and the document that it belongs to go together."""

    add: list[Present] = field(default_factory=list)
    update: list[tuple[Known, Present]] = field(default_factory=list)
    rename: list[tuple[Known, Present]] = field(default_factory=list)
    unchanged: list[tuple[Known, Present]] = field(default_factory=list)
    remove: list[Known] = field(default_factory=list)


def plan(
    files: Sequence[Present],
    known: Sequence[Known],
    keep: bool,
    unreadable: Collection[str] = (),
) -> Plan:
    """Compare the files of a source with what the library knows of it.

    A file with the bytes of a current document whose path is gone is that document, renamed;
    one with the same file name goes first. `keep` removes nothing. Nothing at or below an
    `unreadable` path counts as gone.
    """
    result = Plan()
    here = {file.path for file in files}
    by_path = {document.path: document for document in known}
    gone = [
        document
        for document in sorted(known, key=lambda document: document.path)
        if document.path not in here and not is_below(document.path, unreadable)
    ]
    movable: dict[str, list[Known]] = {}
    for document in gone:
        if document.current and document.sha256:
            movable.setdefault(document.sha256, []).append(document)
    for file in sorted(files, key=lambda file: file.path):
        at_path = by_path.get(file.path)
        if at_path is None:
            moved = _take(movable.get(file.sha256 or "", []), file)
            if moved is None:
                result.add.append(file)
            else:
                result.rename.append((moved, file))
        elif at_path.current and at_path.sha256 == file.sha256:
            result.unchanged.append((at_path, file))
        else:
            result.update.append((at_path, file))
    if not keep:
        renamed = {moved.document for moved, _ in result.rename}
        result.remove.extend(old for old in gone if old.document not in renamed)
    return result


def empties(todo: Plan, known: Sequence[Known]) -> bool:
    """Whether a plan removes so much that the source was rather emptied or synced by half.

    That is more than half of 20 documents or more; fewer are soon put in again.
    """
    return 2 * len(todo.remove) > len(known) >= _MANY


def _take(documents: list[Known], file: Present) -> Known | None:
    """Take the document that the file most likely was: one of its name, else the first."""
    if not documents:
        return None
    name = PurePosixPath(file.path).name
    same = [old for old in documents if PurePosixPath(old.path).name == name]
    taken = (same or documents)[0]
    documents.remove(taken)
    return taken


def is_below(path: str, places: Collection[str]) -> bool:
    """Whether a path is one of these, or lies below one; a set makes it quick."""
    while path:
        if path in places:
            return True
        path = path.rpartition("/")[0]
    return False
