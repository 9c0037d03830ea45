"""A look at a Chroma folder from a process of its own: a damaged one may crash who opens it.

Run as `python -m retrieval.probe LEDGER FOLDER FINGERPRINT APPLIED`; the last line printed is
"ok", or what is wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from retrieval.chroma_index import ChromaIndex
from retrieval.errors import first_line
from retrieval.ledger import Ledger
from retrieval.searchable import Vectors, pending, searchable_ids, searchable_of

_CANARIES = 128
_MISSES = 64  # one missed in so many is damage: at our settings none of 30,000 was
_NEAR = 1e-3  # cosine distance of a float32 vector to itself, with room
_SECONDS = 120
_FOLDER_GROWTH = 1 << 30  # a damaged index was seen to write a file of 61 GB


def probe(ledger: Ledger, folder: Path, fingerprint: str, applied: int) -> str | None:
    """Look at an index from a child process; return what is wrong, None if all is well."""
    command = [sys.executable, "-m", "retrieval.probe", str(ledger.path), str(folder)]
    end, hold = os.pipe()  # which the system closes when this process ends, however it does
    try:
        done = subprocess.run(  # our own module, with paths of our own
            [*command, fingerprint, str(applied)],
            stdin=end,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
            cwd=Path(__file__).parents[1],
        )
    except subprocess.TimeoutExpired:
        return f"it did not answer in {_SECONDS} s"
    finally:
        os.close(end)
        os.close(hold)
    last = done.stdout.strip().rpartition("\n")[2]
    if done.returncode != 0 or not last:
        return f"it crashed the process that opened it (exit code {done.returncode})"
    return None if last == "ok" else last


def examine(index: ChromaIndex, ledger: Ledger, fingerprint: str, applied: int) -> str | None:
    """Compare an open index with the ledger; return what is wrong, None if all is well.

    The changes after `applied` may or may not be in it.
    """
    with ledger.read() as db:
        wanted = set(searchable_ids(db, fingerprint))
        open_ = {chunk for _, chunk, _ in pending(db, fingerprint, applied)}
        sure = sorted(wanted - open_)
        step = max(1, len(sure) // _CANARIES)
        canaries = searchable_of(db, sure[::step][:_CANARIES], fingerprint)
    held = index.ids()
    if missing := len(set(sure) - held):
        return f"{missing} chunks are missing from it"
    if ghosts := len(held - wanted - open_):
        return f"it holds {ghosts} chunks that the library does not have"
    return missed(index, canaries)


def missed(index: ChromaIndex, canaries: Vectors) -> str | None:
    """Search an index for vectors it holds; return how many were not found, None if all is well."""
    lost = 0
    for vector in canaries.matrix:
        hits = index.search(vector, 1)
        lost += not hits or 1.0 - hits[0][1] > _NEAR
    if lost > len(canaries.ids) // _MISSES:
        return f"{lost} of {len(canaries.ids)} known vectors were not found"
    return None


def _limit_files(folder: Path) -> None:
    if sys.platform != "win32":
        import resource

        largest = max((f.stat().st_size for f in folder.rglob("*") if f.is_file()), default=0)
        wanted, hard = largest + _FOLDER_GROWTH, resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))


def _end_with_parent() -> None:
    """Wait for the end of the process that asked: the next owner must find the folder free."""
    os.read(0, 1)  # not through sys.stdin, whose lock would be held at our own end
    os._exit(1)


def main(arguments: list[str]) -> None:
    """Print whether the index is well."""
    ledger_path, folder, fingerprint, applied = arguments
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _limit_files(Path(folder))
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


if __name__ == "__main__":
    main(sys.argv[1:])
