"""A Chroma index made from the ledger's vectors, without reading or embedding anything again.

`main` runs in a process of its own with LEDGER FOLDER FINGERPRINT; the last line that it prints is
the number of the last change that the index holds.
"""

from __future__ import annotations

import os
from pathlib import Path

from retrieval import child_process as child
from retrieval.errors import LibraryError
from retrieval.index.chroma_index import ChromaIndex
from retrieval.index.equal_texts import firsts
from retrieval.index.probe import missed
from retrieval.index.searchable import newest_change, some_searchable, stored
from retrieval.ledger import Ledger

# Chroma keeps Python's lock while it adds, and a question waited 2 s while 100,000 were added. More
# than so many are added by a process of its own, which takes a second to start.
_HERE = 2000
_CANARIES = 64  # of its vectors, searched for before it is used
_SECONDS, _PER_SECOND = 120.0, 50  # 1,000 vectors a second were seen on two busy cores


def built(ledger: Ledger, folder: Path, fingerprint: str) -> tuple[ChromaIndex, int]:
    """Build an index in a new folder; return it open, and the last change that it holds.

    Raises LibraryError when it does not find what was put into it, and whatever Chroma raises.
    """
    with ledger.read() as db:
        count, _ = stored(db, fingerprint)
    if count > _HERE:
        seconds = _SECONDS + count / _PER_SECOND
        said = child.run("retrieval.index.build", ledger.path, folder, fingerprint, seconds=seconds)
        index, applied = ChromaIndex(folder), int(said)
    else:
        index, applied = filled(ledger, folder, fingerprint)
    if problem := missed(index, some_searchable(ledger, fingerprint, applied, _CANARIES)):
        index.close()
        raise LibraryError(f"a new vector index does not work: {problem}", "index")
    return index, applied


def filled(ledger: Ledger, folder: Path, fingerprint: str) -> tuple[ChromaIndex, int]:
    """Build an index in this process; return it open, and the last change that it holds."""
    with ledger.read() as db:
        applied = newest_change(db)
        vectors = firsts(db, fingerprint)
    index = ChromaIndex(folder)
    index.add(vectors.ids, vectors.matrix)
    return index, applied


def main(arguments: list[str]) -> None:
    """Build an index and print the last change that it holds."""
    ledger_path, folder, fingerprint = arguments
    child.begin(Path(folder))
    if hasattr(os, "nice"):
        os.nice(5)  # questions go first
    ledger = Ledger(Path(ledger_path))
    index, applied = filled(ledger, Path(folder), fingerprint)
    index.close()
    print(applied)  # noqa: T201
    ledger.close()
