"""The probe without a second of imports: in a fork, which still may crash alone.

tests/retrieval/test_index.py and the rest of this suite use the real one.
"""

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

import retrieval.index
import retrieval.index_state
from retrieval.chroma_index import ChromaIndex
from retrieval.ledger import Ledger
from retrieval.probe import examine


def use_forks() -> None:
    """Let this process look at an index from a fork of itself; it has no Chroma open then."""
    for module in (retrieval.index, retrieval.index_state):
        module.probe = _probe  # type: ignore[attr-defined]


def _probe(ledger: Ledger, folder: Path, fingerprint: str, applied: int) -> str | None:
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe()
    process = fork.Process(target=_look, args=(theirs, ledger.path, folder, fingerprint, applied))
    process.start()
    theirs.close()
    process.join(60)
    if process.exitcode != 0 or not ours.poll():
        process.kill()
        return "it crashed the process that opened it"
    found: str | None = ours.recv()
    return found


def _look(conn: Connection, path: Path, folder: Path, fingerprint: str, applied: int) -> None:
    ledger = Ledger(path)
    try:
        index = ChromaIndex(folder)
        problem = examine(index, ledger, fingerprint, applied)
    except Exception as error:  # as in retrieval.probe
        problem = str(error) or type(error).__name__
    conn.send(problem)
