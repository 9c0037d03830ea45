"""What other processes do to the library: commands that ingest, and owners that get stuck."""

import dataclasses
import logging
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ingest.sandbox import Parsed, ReadingPool
from rig.child import examined, limit_files
from rig.library import open_library


def ingest(conn: Connection, root: Path, folders: list[str]) -> None:
    """Be `kb ingest`: send the report as a dictionary, or the error as a string."""
    limit_files()
    logging.disable()
    try:
        kb = open_library(root)
        conn.send("open")
        conn.recv()  # all begin at once
        conn.send(dataclasses.asdict(kb.ingest([root / folder for folder in folders])))
        kb.close()
    except Exception as error:
        conn.send(f"{type(error).__name__}: {error}")


def stick(conn: Connection, root: Path, folder: str, at: int) -> None:
    """Be an owner that ingests and stops for ever while it reads its `at`-th document."""
    limit_files()
    logging.disable()
    real, calls = ReadingPool.parse, iter(range(1, at + 1))

    def parse(pool: ReadingPool, *args: Any) -> Parsed:
        if next(calls) == at:
            conn.send("stuck")
            threading.Event().wait()
        return real(pool, *args)

    ReadingPool.parse = parse  # type: ignore[method-assign]
    open_library(root).ingest([root / folder])


def look(conn: Connection, root: Path) -> None:
    """Be the next owner: say what is there after the library put itself right."""
    limit_files()
    logging.disable()
    kb = open_library(root)
    began = time.perf_counter()
    conn.send(kb.own())
    while kb.work():
        pass
    kb.sync()
    conn.send(examined(kb, time.perf_counter() - began))
    conn.send([(job.status, job.attempts) for job in kb.jobs()])
    kb.close()


def search(conn: Connection, root: Path, question: str) -> None:
    """Ask one question in a process that owns nothing: send the passages, or the error."""
    logging.disable()
    try:
        kb = open_library(root)
        conn.send([hit.page_content for hit in kb.search(question, 3).passages])
        kb.close()
    except Exception as error:
        conn.send(f"{type(error).__name__}: {error}")
