"""One life of the owner: it opens the library, puts it right, says what it sees, and dies."""

import logging
import resource
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import chromadb  # noqa: F401  # loaded before the fork: it takes a second

import app.asking  # noqa: F401  # and this another
from app.service import KnowledgeBase
from rig.kill_points import arm
from rig.library import open_library
from rig.oracle import Seen, digest
from rig.taken_out import take_out

_LARGEST_FILE = 256 << 20  # a damaged Chroma was seen to write a file of 61 GB


@dataclass(frozen=True)
class Life:
    """How a process lives: where, and at which stage it dies in its fatal step."""

    root: Path
    stage: str
    seed: int
    without: str | None = None


@dataclass(frozen=True)
class Opened:
    """What was visible at once, and how many jobs the one before left."""

    seen: Seen
    jobs_left: int


@dataclass(frozen=True)
class Converged:
    """What is there after the library put itself right."""

    seen: Seen
    jobs_left: int
    chunks: int
    misses: int  # visible chunks that their own vector does not find
    ghosts: int  # chunks that Chroma holds and the library does not
    ready: bool  # whether Chroma answered
    trouble: str | None  # why it did not
    built: int  # how often Chroma was built again
    seconds: float


@dataclass(frozen=True)
class KillMe:
    """A wish of the child, so many seconds from now."""

    after: float


def limit_files() -> None:
    """Keep a damaged index from filling the disk; the hard limit stays."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, hard))


def live(conn: Connection, life: Life) -> None:
    """Open, converge, report; then do the steps that come, each acknowledged."""
    limit_files()
    logging.disable()
    if life.without:
        take_out(life.without)
    kb = open_library(life.root)
    conn.send(Opened(look(kb), unfinished(kb)))
    began = time.perf_counter()
    assert kb.own()
    while kb.work():
        pass
    kb.sync()
    conn.send(examined(kb, time.perf_counter() - began))
    for step, paths, fatal in iter(conn.recv, None):
        if fatal:
            arm(life.stage, life.seed, lambda after: conn.send(KillMe(after)))
        do(kb, step, paths)
        conn.send(None)
    kb.close()


def do(kb: KnowledgeBase, step: str, paths: list[str]) -> None:
    """Do one step; when this returns it counts as acknowledged."""
    if step == "ingest":
        kb.ingest([Path(path) for path in paths])
    elif step == "remove":
        kb.remove(paths)
        kb.sync()
    else:
        kb._index.rebuild()


def look(kb: KnowledgeBase) -> dict[str, tuple[str, str]]:
    """What a person sees: the documents that have passages, and a digest of these."""
    return {
        row.path: (str(row.sha256), digest(c.page_content for c in kb.text(row.document)))
        for row in kb.documents()
        if row.chunks
    }


def unfinished(kb: KnowledgeBase) -> int:
    """How many jobs wait or are said to run."""
    return sum(1 for job in kb.jobs() if not job.ended)


def examined(kb: KnowledgeBase, seconds: float) -> Converged:
    """Look for every chunk by its own vector, the way a question does, and for ghosts."""
    seen, index = look(kb), kb._index
    with kb._ledger.read() as db:
        sql = "SELECT c.id FROM chunks c JOIN documents d ON d.version=c.version"
        shown = {row[0] for row in db.execute(sql)}
    vectors = kb._vectors.of_chunks(sorted(shown), kb.models.fingerprint)
    misses = len(shown) - len(vectors)  # chunks without a vector
    for chunk, vector in vectors.items():
        hits = index.search(vector, 4)
        misses += not any(i == chunk and score > 0.999 for i, score in hits)
    held = index._chroma.ids() if index._chroma is not None else set()
    return Converged(
        seen=seen,
        jobs_left=unfinished(kb),
        chunks=len(shown),
        misses=misses,
        ghosts=len(held - shown),
        ready=index.ready,
        trouble=index.trouble,
        built=index.built,
        seconds=seconds,
    )
