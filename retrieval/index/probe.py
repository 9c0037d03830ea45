"""A look at a Chroma folder from a process of its own: a damaged one may crash who opens it.

`main` runs in that process with LEDGER FOLDER FINGERPRINT APPLIED; the last line that it prints is
"ok", or what is wrong.
"""

from __future__ import annotations

from pathlib import Path

from retrieval import child_process as child
from retrieval.errors import LibraryError, first_line
from retrieval.index.chroma_index import ChromaIndex
from retrieval.index.equal_texts import first_ids
from retrieval.index.searchable import Vectors, pending, searchable_ids, searchable_of
from retrieval.ledger import Ledger

_CANARIES = 128
_NEAR = 1e-3  # cosine distance of a float32 vector to itself, with room
_SECONDS = 120.0


def probe(ledger: Ledger, folder: Path, fingerprint: str, applied: int) -> str | None:
    """Look at an index from a child process; return what is wrong, None if all is well."""
    try:
        said = child.run(
            "retrieval.index.probe", ledger.path, folder, fingerprint, applied, seconds=_SECONDS
        )
    except LibraryError as error:
        return first_line(error)
    return None if said == "ok" else said


def examine(index: ChromaIndex, ledger: Ledger, fingerprint: str, applied: int) -> str | None:
    """Compare an open index with the ledger; return what is wrong, None if all is well.

    The changes after `applied` may or may not be in it.
    """
    with ledger.read() as db:
        wanted = set(searchable_ids(db, fingerprint))
        open_ = {chunk for _, chunk, _ in pending(db, fingerprint, applied)}
        sure = sorted(set(first_ids(db, fingerprint)) - open_)
        step = max(1, len(sure) // _CANARIES)
        canaries = searchable_of(db, sure[::step][:_CANARIES], fingerprint)
    held = index.ids()
    if missing := len(set(sure) - held):
        return f"{missing} chunks are missing from it"
    if ghosts := len(held - wanted - open_):
        return f"it holds {ghosts} chunks that the library does not have"
    return missed(index, canaries)


def missed(index: ChromaIndex, canaries: Vectors) -> str | None:
    """Search an index for vectors it holds; return how many were not found, None if all is well.

    Any chunk whose vector is equal will do. None may be missed: at our settings every one of
    30,000 was found.
    """
    lost = 0
    for vector in canaries.matrix:
        hits = index.search(vector, 1)
        lost += not hits or 1.0 - hits[0][1] > _NEAR
    return f"{lost} of {len(canaries.ids)} known vectors were not found" if lost else None


def main(arguments: list[str]) -> None:
    """Print whether the index is well."""
    ledger_path, folder, fingerprint, applied = arguments
    child.begin(Path(folder))
    ledger = Ledger(Path(ledger_path))
    try:
        index = ChromaIndex(Path(folder))
        problem = examine(index, ledger, fingerprint, int(applied))
        index.close()
    except Exception as error:
        # Whatever Chroma, its Rust and its SQLite raise: the verdict is the same.
        problem = first_line(error)
    print(problem or "ok")  # noqa: T201
    ledger.close()
