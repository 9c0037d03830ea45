"""A folder is mirrored: list its files, hash those that need it, plan what to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ingest.errors import ReadError
from ingest.folders.open_file import open_file
from ingest.folders.plan import Known, Plan, Present, is_below, plan
from ingest.folders.scan import FoundFile, Scan
from ingest.folders.staging import hash_open
from ingest.limits import Limits, too_large

# A file's path, how many of its bytes have passed, and its size; what it raises stops the work.
Look = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Compared:
    """What must be done for a folder, and the files that cannot be read with the reason why."""

    plan: Plan
    failed: list[tuple[FoundFile, ReadError]] = field(default_factory=list)


def compare(
    found: Scan, known: Sequence[Known], keep: bool, limits: Limits, look: Look
) -> Compared:
    """Compare what a folder holds with what the library knows of it, as `plan` does.

    Only a file whose size says that its bytes may be known is hashed: one of the size that the
    current document of its path has, or that some document has whose path is gone.
    """
    by_path = {document.path: document for document in known}
    here = {file.path for file in found.files}
    hidden = {path for path, _ in (*found.unreadable, *found.closed)}
    gone = {
        document.bytes
        for document in known
        if document.current and document.path not in here and not is_below(document.path, hidden)
    }
    present, failed = [], []
    for file in found.files:
        before = by_path.get(file.path)
        sizes = gone if before is None else {before.bytes} if before.current else set()
        try:
            sha256 = _looked_at(found, file, file.size in sizes, limits, look)
        except ReadError as error:
            failed.append((file, error))
        else:
            present.append(Present(file.path, sha256))
    hidden |= {file.path for file, _ in failed}
    return Compared(plan(present, known, keep, hidden), failed)


def _looked_at(
    found: Scan, file: FoundFile, may_be_known: bool, limits: Limits, look: Look
) -> str | None:
    look(file.path, 0, file.size)
    if file.size > limits.max_bytes:
        raise too_large(limits)
    with open_file(found.root, file.file) as source:  # tells also whether it may be read
        if not may_be_known:
            return None
        return hash_open(source, limits, lambda done, size: look(file.path, done, size))[0]
