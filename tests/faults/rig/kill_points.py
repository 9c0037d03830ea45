"""Where a process is killed: functions of the product wrapped in the process that will die."""

import os
import random
import signal
from collections.abc import Callable
from typing import Any

import app.library.read_ahead
import retrieval.index.vector_index
import retrieval.library.versions
from ingest.sandbox import ReadingPool
from retrieval.index import VectorIndex
from retrieval.index.chroma_index import ChromaIndex
from retrieval.index.index_state import IndexTable
from retrieval.ledger import VectorTable
from retrieval.library import Library
from rig.places import wrap

STAGES = (
    "staged",
    "read",
    "embedded",
    "mid-batch",
    "stored-not-visible",
    "visible-not-cleaned",
    "mid-delete",
    "mid-rebuild",
)
# How long Chroma may go on before the kill: a batch of 200 rows takes 30 ms, one that writes the
# index to the disk 150 ms. Chroma keeps the interpreter's lock meanwhile, so that no thread of the
# same process could do it: the parent does.
_LONGEST = 0.3

KillSoon = Callable[[float], None]  # asks the parent for a kill so many seconds from now


def die(*_: Any) -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(stage: str, seed: int, kill_soon: KillSoon) -> None:
    """Let this process die at a stage, at one of the places that it has, chosen at random."""
    chance = random.Random(seed)  # noqa: S311

    def soon(*_: Any) -> None:
        kill_soon(chance.uniform(0, _LONGEST))

    places: dict[str, list[Callable[[], None]]] = {
        "staged": [
            lambda: _after(app.library.read_ahead, "stage", die),
            lambda: _after(Library, "stage", die),
        ],
        "read": [
            lambda: _before(ReadingPool, "parse", soon),
            lambda: _after(ReadingPool, "parse", die),
        ],
        "embedded": [
            lambda: _before(VectorTable, "put", die),
            lambda: _after(VectorTable, "put", die),
        ],
        "mid-batch": [lambda: _before(ChromaIndex, "add", soon)],
        "stored-not-visible": [
            lambda: _after(retrieval.library.versions, "_delete_chunks", die),
            lambda: _before(retrieval.library.versions, "announce", _die_at_add),
            lambda: _after(retrieval.library.versions, "write_version", die),
        ],
        "visible-not-cleaned": [
            lambda: _after(Library, "publish", die),
            lambda: _before(VectorTable, "sweep", die),
            lambda: _before(VectorIndex, "sync", die),
        ],
        "mid-delete": [
            lambda: _after(retrieval.library.versions, "_delete_chunks", die),
            lambda: _after(retrieval.library.versions, "delete_documents", die),
            lambda: _before(ChromaIndex, "remove", soon),
        ],
        "mid-rebuild": [
            lambda: _before(ChromaIndex, "add", soon),
            lambda: _after(retrieval.index.vector_index, "built", die),
            lambda: _after(IndexTable, "new", die),
            lambda: _before(IndexTable, "drop_others", die),
        ],
    }
    chance.choice(places[stage])()


def _die_at_add(_db: object, op: str, *_: Any) -> None:
    if op == "add":
        die()


def _before(place: Any, name: str, act: Callable[..., None]) -> None:
    wrap((place, name), before=act)


def _after(place: Any, name: str, act: Callable[..., None]) -> None:
    wrap((place, name), after=act)
